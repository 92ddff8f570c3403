"""The applications of the example world, written, judged and decided through the same services as real ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.accounts.models import User
from faubourg.calls import services as calls
from faubourg.calls.enums import PieceKind, Verdict
from faubourg.calls.models import Application, Call
from faubourg.core import clock
from faubourg.demo.cast import PEOPLE
from faubourg.demo.present import build_call, evening
from faubourg.demo.world import World, rows
from faubourg.documents.services import make_pdf
from faubourg.partners.enums import Role

ASKS = (("etat_demande", "etat"), ("agglo_demande", "agglo"), ("ville_demande", "ville"), ("caf_demande", "caf"),
        ("dep_demande", "departement"))  # fmt: skip
STATUTES = Path(__file__).parent / "typst" / "statuts.typ"
INADMISSIBLE = (
    "Le règlement finance des projets pour les habitants des quartiers en majorité, pas l’achat d’équipements."
)
MISSING = "Le relevé d’identité bancaire joint n’est pas lisible. Merci d’en envoyer un nouveau."


@dataclass
class Stage:
    """One call and the days on which things happen in it."""

    call: Call
    handed_in: datetime
    judged: datetime
    decided: datetime


def build_calls(world: World) -> None:
    """The call that is public, the one in committee, the one that is open."""
    today = world.today
    past, table, opened = _stages(world)
    pdf = make_pdf(STATUTES, {"title": "Statuts (exemple)"})
    lines = list(rows("dossiers.csv"))
    for stage, key in ((past, "passe"), (table, "comite"), (opened, "ouvert")):
        mine = [row for row in lines if row["appel"] == key]
        written = [(row, _write(world, stage, row, pdf, late=len(mine) - rank)) for rank, row in enumerate(mine)]
        for row, application in written:
            _instruct(world, stage, row, application)
        if stage is not opened:
            _hold_committee(world, stage, written)
    _tell(world, past, evening(today - timedelta(days=150)))


def _stages(world: World) -> tuple[Stage, Stage, Stage]:
    today, year = world.today, world.today.year

    def stage(code: str, year: int, title: str, *, closes: int, committee: int, start: date) -> Stage:
        end = evening(today + timedelta(days=closes))
        call = build_call(
            world, code=code, year=year, title=title, opens=end - timedelta(days=45, hours=8), closes=end,
            committee=today + timedelta(days=committee), start=start,
        )  # fmt: skip
        handed_in = min(end - timedelta(days=2), clock.now() - timedelta(days=4))
        return Stage(
            call, handed_in, handed_in + timedelta(days=3), evening(today + timedelta(days=min(committee, -1)))
        )

    return (
        stage(f"{year}-printemps", year, f"Appel à projets {year}, printemps (exemple)", closes=-240, committee=-170,
              start=today - timedelta(days=150)),
        stage(f"{year}-automne", year, f"Appel à projets {year}, automne (exemple)", closes=-35, committee=8,
              start=today),
        stage(str(year + 1), year + 1, f"Appel à projets {year + 1} (exemple)", closes=21, committee=95,
              start=date(year + 1, 1, 1)),
    )  # fmt: skip


def signer_of(world: World, body: str) -> User:
    return next(world.people[p.email] for p in PEOPLE if p.body == body and p.role == Role.SIGNER)


def funders(world: World) -> Iterator[tuple[str, User]]:
    """Who writes the opinion of each institution."""
    for person in PEOPLE:
        if person.role == Role.FUNDER:
            yield person.body, world.people[person.email]


def _write(world: World, stage: Stage, row: dict[str, str], pdf: bytes, *, late: int) -> Application:
    """A draft, and its submission unless the world keeps it a draft. ``late``: how many come after this one."""
    signer = signer_of(world, row["porteur"])
    handed_in = stage.handed_in - timedelta(hours=9 * late, minutes=17 * late)
    with clock.at(handed_in - timedelta(days=1)):
        application = calls.start(stage.call, world.bodies[row["porteur"]], by=signer)
        calls.save_fields(application, _fields(world, stage.call, row), by=signer)
        if row["fin"] != "brouillon":
            calls.attach(application, SimpleUploadedFile("statuts.pdf", pdf), PieceKind.STATUTES, by=signer)
    if row["fin"] == "brouillon":
        return application
    with clock.at(handed_in):
        application = calls.submit(application, sworn=True, by=signer)
        calls.send_receipt(application)
        if row["fin"] == "retire":
            calls.withdraw(application, by=signer)
    return application


def _fields(world: World, call: Call, row: dict[str, str]) -> dict[str, str | list[str]]:
    """What the association types; the budget balances by its own funds."""
    asks = {key: int(row[column]) for column, key in ASKS if row[column] != "0"}
    asked = sum(asks.values())
    own = asked // 500 * 100
    total = asked + own + 300
    wages, charges, rent = total // 200 * 100, total // 1000 * 100, 400
    codes = {link.envelope.funder_id: link.envelope.code for link in call.envelopes.select_related("envelope")}
    draft = row["fin"] == "brouillon"
    words = {
        "q-besoin": f"{row['phrase']} Des habitants nous l’ont demandé lors de rencontres dans le quartier.",
        "q-actions": f"{row['titre']} : une séance chaque semaine, deux intervenants et des bénévoles formés.",
        "q-habitants": "" if draft else "Un groupe de huit habitants choisit les dates, les lieux et les invités.",
        "q-indicateurs": ""
        if draft
        else "Le nombre de personnes venues au moins trois fois, et ce qu’elles en disent.",
        "q-droit-commun": "" if draft else "La Ville prête une salle ; une demande est en cours auprès du Département.",
    }
    return {
        "title": row["titre"],
        "summary": row["phrase"],
        "public": row["public"],
        "people_expected": row["attendus"],
        "people_qpv": row["qpv"],
        "starts_on": call.projects_from.isoformat(),
        "ends_on": call.projects_until.isoformat(),
        "objectives": [world.stakes[row["objectif"]].code],
        "neighbourhoods": [place.code for place in world.places_of(row["quartiers"])],
        **words,
        **{f"asked-{codes[world.bodies[key].pk]}": str(euros) for key, euros in asks.items()},
        "b-641": str(wages),
        "b-645": str(charges),
        "b-613": str(rent),
        "b-601": str(total - wages - charges - rent),
        "b-756": "300",
        "b-OWN": "" if draft else str(own),
        "b-864": "1500",
        "b-870": "1500",
    }


def _instruct(world: World, stage: Stage, row: dict[str, str], application: Application) -> None:
    """What the officer does with a submitted application."""
    with clock.at(stage.judged):
        match row["fin"]:
            case "piece":
                calls.ask_for_piece(application, text=MISSING, due_on=world.today + timedelta(days=8), by=world.officer)
            case "non_recevable":
                calls.reject(application, reason=INADMISSIBLE, by=world.officer)
            case "recevable" | "decide" | "notifie":
                calls.admit(application, by=world.officer)


def _hold_committee(world: World, stage: Stage, written: list[tuple[dict[str, str], Application]]) -> None:
    """Opinions, sharing, decisions of one call."""
    judged = [(row, application) for row, application in written if row["fin"] in ("recevable", "decide", "notifie")]
    with clock.at(stage.judged + timedelta(days=10)):
        for rank, (row, application) in enumerate(judged):
            _give_opinions(world, row, application, rank)
        calls.share_opinions(stage.call, by=world.officer)
    with clock.at(stage.decided):
        calls.open_committee(stage.call, by=world.officer)
        for row, application in judged:
            if row["accord"]:
                _decide(world, application, float(row["accord"]))


def _give_opinions(world: World, row: dict[str, str], application: Application, rank: int) -> None:
    lines = {line.envelope.funder_id: line for line in application.lines.select_related("envelope")}
    for place, (key, person) in enumerate(funders(world)):
        line = lines.get(world.bodies[key].pk)
        if line is None or (row["fin"] == "recevable" and key == "caf" and rank % 3 == 0):
            continue
        share = float(row["accord"] or 0.8)
        verdict = (
            Verdict.UNFAVOURABLE if share == 0 else Verdict.RESERVED if (rank + place) % 5 == 0 else Verdict.FAVOURABLE
        )
        reason = {
            Verdict.UNFAVOURABLE: "Le projet ressemble à une action déjà soutenue ; le calendrier n’est pas prêt.",
            Verdict.RESERVED: "Bon projet ; le lieu reste à confirmer.",
        }.get(verdict, "")
        calls.write_opinion(
            application, world.bodies[key], verdict=verdict, reason=reason,
            amounts={line.envelope.code: _share(line.asked_cents, share)}, by=person,
        )  # fmt: skip


def _decide(world: World, application: Application, share: float) -> None:
    for line in application.lines.select_related("envelope"):
        calls.decide(line, _share(line.asked_cents, share), by=world.officer)


def _share(cents: int, share: float) -> int:
    """A part of an amount, in hundreds of euros."""
    return round(cents * share / 10_000) * 10_000


def _tell(world: World, stage: Stage, when: datetime) -> None:
    """Letters, then the public result."""
    with clock.at(when):
        calls.prepare_letters(stage.call, by=world.officer)
        calls.notify(stage.call.applications.filter(state="decided"), by=world.officer)
        calls.announce(stage.call, by=world.officer)
