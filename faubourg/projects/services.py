"""Writes: a project, its years, the money tied to them, the day they become public, their results."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.funding.models import Commitment
from faubourg.journal import services as journal
from faubourg.partners.models import Objective, Organisation
from faubourg.projects.listed import listed_projects
from faubourg.projects.models import Grant, Project, ProjectYear, Result
from faubourg.projects.rules import may_open, may_run
from faubourg.search import services as search
from faubourg.territory.models import Neighbourhood

ROOM = "projects"


def _officer_only(by: User | None) -> None:
    if by is not None and not may_run(by):
        raise NotAllowed("Les projets financés sont tenus par le chargé de mission.")


def _thing(year: ProjectYear) -> str:
    return f"{year.project.code}:{year.year}"


@transaction.atomic
def open_project(
    *, title: str, organisation: Organisation, summary: str = "", is_example: bool = False, by: User | None
) -> Project:
    """What an organisation does, whatever the year. By its own people, the officer or the machine."""
    if by is not None and not may_open(by, organisation):
        raise NotAllowed(f"Vous ne parlez pas pour {organisation}. Rien n’a été créé.")
    if not title.strip():
        raise Refusal("Donnez un titre au projet.", field="title")
    project = Project.objects.create(
        title=title.strip()[:160],
        organisation=organisation,
        summary=summary.strip()[:300],
        is_example=is_example,
    )
    journal.record("open_project", project.code, room=ROOM, by=by)
    return project


@transaction.atomic
def open_year(
    project: Project,
    year: int,
    *,
    objectives: Sequence[Objective],
    neighbourhoods: Sequence[Neighbourhood],
    starts_on: date | None = None,
    ends_on: date | None = None,
    people_expected: int | None = None,
    by: User | None,
) -> ProjectYear:
    """One year of a project: made, or brought up to date when it is there already (same values: no trace)."""
    _officer_only(by)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise Refusal("La fin du projet précède son début.", field="ends_on")
    Project.objects.select_for_update().get(pk=project.pk)
    row = ProjectYear.objects.filter(project=project, year=year).first()
    is_new = row is None
    row = row or ProjectYear(project=project, year=year)
    row.project = project
    moved = _set(row, starts_on=starts_on, ends_on=ends_on, people_expected=people_expected)
    if is_new or moved:
        row.save()
    moved |= _tie(row, objectives, neighbourhoods)
    if is_new or moved:
        journal.record("open_year" if is_new else "change_year", _thing(row), room=ROOM, by=by)
    return row


def _set(row: ProjectYear, **values: object) -> bool:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _tie(row: ProjectYear, objectives: Sequence[Objective], neighbourhoods: Sequence[Neighbourhood]) -> bool:
    """Replace what the year is tied to; says whether anything moved."""
    moved = {one.pk for one in row.objectives.all()} != {one.pk for one in objectives}
    if moved:
        row.objectives.set(objectives)
    if {one.pk for one in row.neighbourhoods.all()} != {one.pk for one in neighbourhoods}:
        row.neighbourhoods.set(neighbourhoods)
        moved = True
    return moved


@transaction.atomic
def grant(project_year: ProjectYear, commitment: Commitment, *, by: User | None) -> Grant:
    """Tie committed money to a year of a project. One commitment pays for one year, once."""
    _officer_only(by)
    commitment.refresh_from_db(fields=["released_at"])
    if commitment.released_at is not None:
        raise Refusal("Cet engagement est libéré : son argent est revenu à l’enveloppe.")
    tied = Grant.objects.filter(commitment=commitment).first()
    if tied is not None and tied.project_year_id == project_year.pk:
        return tied
    if tied is not None:
        raise Refusal("Cet engagement paie déjà un autre projet. Rien n’a été changé.")
    given = Grant.objects.create(project_year=project_year, commitment=commitment)
    amounts = {"granted": commitment.amount_cents}
    journal.record("grant", f"{_thing(project_year)}:{commitment.code}", room=ROOM, amounts=amounts, by=by)
    return given


@transaction.atomic
def ungrant(commitment: Commitment, *, by: User | None) -> None:
    """Untie this money from its project; nothing happens when it is tied to none."""
    _officer_only(by)
    tied = (
        Grant.objects.select_for_update(of=("self",))
        .filter(commitment=commitment)
        .select_related("project_year__project", "commitment")
        .first()
    )
    if tied is None:
        return
    thing = f"{_thing(tied.project_year)}:{tied.commitment.code}"
    amounts = {"granted": tied.commitment.amount_cents}
    tied.delete()
    journal.record("ungrant", thing, room=ROOM, amounts=amounts, by=by)


@transaction.atomic
def announce(years: Iterable[ProjectYear], *, by: User | None) -> int:
    """Make these years public; says how many were not yet."""
    _officer_only(by)
    keys = [year.pk for year in years]
    rows = list(
        ProjectYear.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, announced_at__isnull=True)
        .select_related("project")
        .order_by("pk")
    )
    now = clock.now()
    for row in rows:
        row.announced_at = now
    ProjectYear.objects.bulk_update(rows, ["announced_at"], batch_size=200)
    search.put(*listed_projects({row.project_id for row in rows}))
    for row in rows:
        journal.record("announce", _thing(row), room=ROOM, after="public", by=by)
    return len(rows)


@transaction.atomic
def add_result(
    project_year: ProjectYear,
    *,
    value: Decimal | float | str,
    unit: str,
    text: str,
    measured: str,
    source: str,
    is_headline: bool = False,
    by: User | None,
) -> Result:
    """A figure that a project reached. Its words stand alone; it is never without a date and a source."""
    _officer_only(by)
    said = {"unit": unit, "text": text, "measured": measured, "source": source}
    for field, words in said.items():
        if not words.strip():
            raise Refusal("Un résultat dit son unité, sa phrase, sa date et sa source.", field=field)
    try:
        figure = Decimal(str(value)).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise Refusal(f"« {value} » n’est pas un nombre.", field="value") from None
    result = Result.objects.create(project_year=project_year, value=figure, is_headline=is_headline, **said)
    journal.record("add_result", _thing(project_year), room=ROOM, by=by)
    return result


@transaction.atomic
def rehome(things: dict[str, list[str]], source: Organisation, target: Organisation) -> dict[str, list[str]]:
    """A merge of doubles, or its undoing: these projects are the target's. Journalled by the merge."""
    rows = Project.objects.select_for_update().filter(code__in=things.get("projets", []), organisation=source)
    moved = list(rows.order_by("pk"))
    Project.objects.filter(pk__in=[row.pk for row in moved]).update(organisation=target)
    search.put(*listed_projects({row.pk for row in moved}))
    return {"projets": [row.code for row in moved]}
