"""A home with N applications, made by bulk inserts: 2 opinions, 2 asked amounts and 5 journal entries each.

The shape is that of the peer's measure (10 000 applications in one call). It goes past the services because it
measures reading; the database's own promises (constraints, triggers) hold all the same.
"""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from benchmarks.site import make_site
from faubourg.accounts.models import User
from faubourg.calls.enums import ApplicationState, CallState, PieceKind, Verdict
from faubourg.calls.models import (
    Application,
    Call,
    CallEnvelope,
    FundingLine,
    InformationRequest,
    Opinion,
    Piece,
    Proposal,
)
from faubourg.calls.standard import STANDARD_QUESTIONS, STANDARD_RULES
from faubourg.core import clock
from faubourg.core.text import fold
from faubourg.documents.models import StoredFile
from faubourg.funding.enums import MoneyKind
from faubourg.funding.models import Budget, BudgetLine, Commitment, Envelope
from faubourg.journal.figures import digest_of
from faubourg.journal.models import GENESIS, Entry, Head
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from faubourg.partners.models import Contract, Membership, Objective, Organisation, Signature
from faubourg.projects.models import Grant, Project, ProjectYear, Result
from faubourg.questions.models import Answer, AnswerSheet, Question, Questionnaire
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood

Row = TypeVar("Row", bound=Model)
PEOPLE = {
    "officer": "mission@exemple.fr",
    "funder": "caf@exemple.fr",
    "elected": "elue@exemple.fr",
    "applicant": "asso@exemple.fr",
}
THEMES = ("Éducation", "Emploi", "Santé", "Culture", "Sport", "Cadre de vie")
WORDS = (
    "Au Gond, l’école signale des enfants qui arrivent sans avoir mangé et qui s’endorment en classe. "
    "Deux habitantes formées iront frapper aux portes avec l’infirmière scolaire. "
) * 4
STATES = (
    *[ApplicationState.ADMISSIBLE] * 11,
    *[ApplicationState.DECIDED] * 4,
    *[ApplicationState.SUBMITTED] * 3,
    ApplicationState.INADMISSIBLE,
    ApplicationState.INFO_REQUESTED,
)
SPARE_DRAFTS = 60  # complete drafts that the measure of a submission hands in


def bulk(rows: Iterable[Row]) -> list[Row]:
    found = list(rows)
    if found:
        type(found[0])._default_manager.bulk_create(found, batch_size=500)  # noqa: SLF001
    return found


@transaction.atomic
def make(size: int) -> None:
    """The whole world. The seed is fixed: two runs measure the same rows."""
    random.seed(7)
    town = _town()
    people = _people(town)
    past, committee, now = (_call(town, year, state) for year, state in CALLS)
    _funded(town, past)
    _applications(town, committee, people, size)
    _drafts(town, now, people)
    _journal(committee, people)
    make_site()


CALLS = ((2026, CallState.ANNOUNCED), (2027, CallState.COMMITTEE), (2028, CallState.PUBLISHED))


class Town:
    """What every application points to."""

    communes: list[Municipality]
    places: list[Neighbourhood]
    geography: Geography
    contract: Contract
    objectives: list[Objective]
    funders: list[Organisation]
    agency: Organisation
    questionnaire: Questionnaire


def _town() -> Town:
    town = Town()
    town.communes = bulk(
        Municipality(insee=f"40{n:03d}", name=f"Commune {n}", siren=f"2{n:08d}", population=1_000 * n)
        for n in range(1, 21)
    )
    town.geography = Geography.objects.create(
        code="2024", name="Quartiers 2024", valid_from=date(2024, 1, 1), source="ANCT", licence="Licence Ouverte 2.0"
    )
    town.places = bulk(
        Neighbourhood(
            code=f"QN0400{n}M", name=f"Quartier {n}", slug=f"quartier-{n}", geography=town.geography,
            municipality=town.communes[0], area_ha="31.5", outline=[[_ring(n)]],
        )
        for n in range(1, 4)
    )  # fmt: skip
    bulk(
        KeyFigure(
            neighbourhood=place, indicator="population", edition=2022, value=1_200, outline_of=town.geography,
            source="Insee, 2022",
        )
        for place in town.places
    )  # fmt: skip
    town.contract = Contract.objects.create(
        code="contrat-2024", title="Contrat de ville", starts_on=date(2024, 1, 1), ends_on=date(2030, 12, 31)
    )
    town.objectives = bulk(
        Objective(contract=town.contract, level="enjeu", title=theme, slug=f"enjeu-{n}", path=f"{n:03d}")
        for n, theme in enumerate(THEMES, start=1)
    )
    kinds = {
        "Préfecture": OrganisationKind.STATE,
        "Agglomération": OrganisationKind.AGGLOMERATION,
        "CAF": OrganisationKind.SOCIAL_BODY,
        "Département": OrganisationKind.DEPARTMENT,
        "Ville": OrganisationKind.MUNICIPALITY,
    }
    town.funders = [_organisation(name, kind) for name, kind in kinds.items()]
    town.agency = town.funders[1]
    bulk(Signature(contract=town.contract, organisation=one) for one in town.funders)
    town.questionnaire = Questionnaire.objects.create(title="Questions")
    bulk(Question(questionnaire=town.questionnaire, position=n, **row) for n, row in enumerate(STANDARD_QUESTIONS))
    return town


def _ring(number: int) -> list[list[float]]:
    """A square of about 300 metres near Dax."""
    west, south = -1.06 + number / 100, 43.70
    return [[west, south], [west + 0.004, south], [west + 0.004, south + 0.003], [west, south + 0.003], [west, south]]


def _organisation(name: str, kind: str, **more: Any) -> Organisation:
    one = Organisation(name=name, kind=kind, **more)
    one.save()
    return one


def _people(town: Town) -> dict[str, User]:
    people = {
        role: User.objects.create(email=email, first_name="Nom", last_name=role.title(), password="!")  # noqa: S106  nobody enters with a password
        for role, email in PEOPLE.items()
    }
    association = _organisation("Association exemple", OrganisationKind.ASSOCIATION, municipality=town.communes[0])
    places = (
        ("officer", Role.OFFICER, town.agency),
        ("funder", Role.FUNDER, town.funders[2]),
        ("elected", Role.ELECTED, town.funders[4]),
        ("applicant", Role.SIGNER, association),
    )
    bulk(
        Membership(
            user=people[who], organisation=where, role=role, state=MembershipState.CONFIRMED,
            decided_at=clock.now(), starts_on=date(2024, 1, 1),
        )
        for who, role, where in places
    )  # fmt: skip
    return people


def _call(town: Town, year: int, state: str) -> Call:
    today = clock.now()
    opens, closes = {
        CallState.PUBLISHED: (today - timedelta(days=10), today + timedelta(days=21)),
        CallState.COMMITTEE: (today - timedelta(days=90), today - timedelta(days=30)),
        CallState.ANNOUNCED: (today - timedelta(days=500), today - timedelta(days=400)),
    }[CallState(state)]
    call = Call.objects.create(
        code=str(year), year=year, title=f"Appel à projets {year}", summary="Une phrase.", rules_text=STANDARD_RULES,
        opens_at=opens, closes_at=closes, projects_from=date(year, 1, 1), projects_until=date(year, 12, 31),
        contact_email="contrat@exemple.fr", state=state, contract=town.contract, geography=town.geography,
        questionnaire=town.questionnaire, committee_on=closes.date() + timedelta(days=60),
        announced_at=closes if state == CallState.ANNOUNCED else None,
        opinions_shared_at=None if state == CallState.PUBLISHED else closes + timedelta(days=20),
    )  # fmt: skip
    call.objectives.set(town.objectives)
    envelopes = bulk(
        Envelope(
            funder=funder, kind=MoneyKind.EARMARKED if n < 2 else MoneyKind.ORDINARY, year=year,
            short_name=funder.name, amount_cents=100_000_000_00,
        )
        for n, funder in enumerate(town.funders)
    )  # fmt: skip
    bulk(CallEnvelope(call=call, envelope=envelope, position=n) for n, envelope in enumerate(envelopes))
    return call


def _envelopes(call: Call) -> list[Envelope]:
    return [link.envelope for link in call.envelopes.select_related("envelope").order_by("position")]


def _funded(town: Town, call: Call) -> None:
    """Last year's 64 projects with their grants and results: what the public pages show."""
    association = _organisation("Association d’hier", OrganisationKind.ASSOCIATION)
    projects = bulk(Project(title=f"Projet {n:02d}", organisation=association, summary=WORDS[:90]) for n in range(64))
    years = bulk(
        ProjectYear(project=one, year=call.year, people_expected=40, announced_at=clock.now()) for one in projects
    )
    for n, year in enumerate(years):
        year.objectives.set([town.objectives[n % 6]])
        year.neighbourhoods.set(town.places[: n % 3 + 1])
    commitments = bulk(
        Commitment(envelope=_pick(call, n), thing=one.code, amount_cents=2_000_00 + n * 100)
        for n, one in enumerate(projects)
    )
    bulk(Grant(project_year=year, commitment=commitment) for year, commitment in zip(years, commitments, strict=True))
    bulk(
        Result(
            project_year=year, value=12, unit="enfants", text="12 enfants suivis", measured="2026", source="bilan",
            is_headline=n < 3,
        )
        for n, year in enumerate(years[:6])
    )  # fmt: skip


_picked: dict[int, list[Envelope]] = {}


def _pick(call: Call, number: int) -> Envelope:
    envelopes = _picked.setdefault(call.pk, []) or _picked[call.pk]
    if not envelopes:
        envelopes.extend(_envelopes(call))
    return envelopes[number % len(envelopes)]


def _filled(
    town: Town, call: Call, owners: list[Organisation], author: User, count: int
) -> tuple[list[Application], list[Project]]:
    """Complete applications, still drafts: answers, a balanced budget, two amounts asked, one piece."""
    sheets = bulk(AnswerSheet(questionnaire=town.questionnaire) for _ in range(count))
    budgets = bulk(Budget() for _ in range(count))
    projects = bulk(
        Project(title=f"Atelier vélo {call.year}-{n:05d}", organisation=owners[n % len(owners)], summary=WORDS[:120])
        for n in range(count)
    )
    made = bulk(
        Application(
            call=call, organisation=project.organisation, project=project, title=project.title,
            folded=fold(project.title), summary=project.summary,
            people_expected=60, people_qpv=45, public="enfants de 6 à 11 ans",
            starts_on=date(call.year, 2, 1), ends_on=date(call.year, 11, 30), answers=sheet, budget=budget,
            made_by=author.code, saved_at=clock.now(), version=12,
        )
        for project, sheet, budget in zip(projects, sheets, budgets, strict=True)
    )  # fmt: skip
    questions = list(town.questionnaire.questions.all())
    bulk(Answer(sheet=sheet, question=question, text=WORDS, value=WORDS) for sheet in sheets for question in questions)
    lines = (
        ("601", 4_000_00),
        ("613", 1_200_00),
        ("641", 7_800_00),
        ("645", 1_000_00),
        ("756", 5_000_00),
        ("70", 2_000_00),
    )
    bulk(
        BudgetLine(budget=budget, account=account, amount_cents=cents) for budget in budgets for account, cents in lines
    )
    bulk(
        FundingLine(application=one, envelope=_pick(call, n + k), asked_cents=cents)
        for n, one in enumerate(made)
        for k, cents in ((0, 4_000_00), (2, 3_000_00))
    )
    many = Application.objectives.through, Application.neighbourhoods.through
    bulk(many[0](application=one, objective=town.objectives[n % 6]) for n, one in enumerate(made))
    bulk(many[1](application=one, neighbourhood=town.places[n % 3]) for n, one in enumerate(made))
    files = bulk(
        StoredFile(
            access=f"calls.application:{one.code}", name="statuts.pdf", content_type="application/pdf", size=1_000,
            sha256="0" * 64, blob=f"00/{one.code}",
        )
        for one in made
    )  # fmt: skip
    bulk(Piece(application=one, kind=PieceKind.STATUTES, file=file) for one, file in zip(made, files, strict=True))
    return made, projects


def _applications(town: Town, call: Call, people: dict[str, User], size: int) -> None:
    """The call in committee: every state, two opinions each, one fifth decided."""
    with_voice = list(Organisation.objects.filter(name="Association exemple"))
    owners = with_voice + [
        _organisation(
            f"Association {n:05d}", OrganisationKind.ASSOCIATION, municipality=town.communes[n % 20],
        )
        for n in range(max(size // 5, 5))
    ]  # fmt: skip
    made, _ = _filled(town, call, owners, people["applicant"], size)
    for n, one in enumerate(made):
        one.state = STATES[n % len(STATES)]
        one.reference = f"AAP-{call.year}-{n + 1:05d}"
        one.submitted_at = one.sworn_at = call.closes_at - timedelta(minutes=n)
        one.sworn_by = people["applicant"].code
        if one.state == ApplicationState.INADMISSIBLE:
            one.inadmissible_reason = "Hors du territoire."
        if one.state == ApplicationState.DECIDED:
            one.decided_at = clock.now()
    fields = ["state", "reference", "submitted_at", "sworn_at", "sworn_by", "inadmissible_reason", "decided_at"]
    Application.objects.bulk_update(made, fields, batch_size=200)
    Call.objects.filter(pk=call.pk).update(last_rank=size)
    bulk(
        InformationRequest(
            application=one, text="Il manque les statuts signés.", due_on=clock.today() + timedelta(days=9),
            asked_at=clock.now(), asked_by=people["officer"].code,
        )
        for one in made
        if one.state == ApplicationState.INFO_REQUESTED
    )  # fmt: skip
    _opinions(call, made, people)
    _decide(made)


def _opinions(call: Call, made: list[Application], people: dict[str, User]) -> None:
    by_application: dict[int, list[FundingLine]] = {}
    for line in FundingLine.objects.filter(application__call=call).select_related("envelope").order_by("pk"):
        by_application.setdefault(line.application_id, []).append(line)
    pairs = [(one, line) for one in made for line in by_application[one.pk]]
    opinions = bulk(
        Opinion(
            application=one, funder_id=line.envelope.funder_id, author=people["funder"].code, written_at=clock.now(),
            verdict=Verdict.FAVOURABLE if n % 3 else Verdict.RESERVED, reason="" if n % 3 else "Trop court.",
        )
        for n, (one, line) in enumerate(pairs)
    )  # fmt: skip
    bulk(
        Proposal(opinion=opinion, line=line, proposed_cents=line.asked_cents // 2)
        for opinion, (_, line) in zip(opinions, pairs, strict=True)
    )


def _decide(made: list[Application]) -> None:
    decided = {one.pk: one.code for one in made if one.state == ApplicationState.DECIDED}
    lines = [
        line
        for line in FundingLine.objects.filter(application__call=made[0].call).order_by("pk")
        if line.application_id in decided
    ]
    commitments = bulk(
        Commitment(envelope_id=line.envelope_id, thing=decided[line.application_id], amount_cents=line.asked_cents // 2)
        for line in lines
    )
    for line, commitment in zip(lines, commitments, strict=True):
        line.decided_cents, line.decided_at, line.commitment = commitment.amount_cents, clock.now(), commitment
    FundingLine.objects.bulk_update(lines, ["decided_cents", "decided_at", "commitment"], batch_size=200)


def _drafts(town: Town, call: Call, people: dict[str, User]) -> None:
    owner = Organisation.objects.get(name="Association exemple")
    _filled(town, call, [owner], people["applicant"], SPARE_DRAFTS)


def _journal(call: Call, people: dict[str, User]) -> None:
    """Five deeds for each application, chained as the room itself chains them."""
    codes = list(call.applications.order_by("pk").values_list("code", flat=True))
    deeds = ("start", "save", "submit", "admit", "opine")
    number, previous, entries = 0, GENESIS, []
    begun = datetime.now(UTC) - timedelta(days=100)
    for code in codes:
        for verb in deeds:
            number += 1
            entry = Entry(
                number=number, at=begun + timedelta(minutes=number), actor=people["officer"].code, room="calls",
                verb=verb, thing=code, before="", after="", amounts={}, previous=previous,
            )  # fmt: skip
            entry.digest = previous = digest_of(entry)
            entries.append(entry)
    bulk(entries)
    Head.objects.create(pk=1, number=number, digest=previous)
