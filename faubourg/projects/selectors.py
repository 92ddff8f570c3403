"""Reads: projects and their years, and what the public sees of them."""

from django.db.models import Prefetch, QuerySet

from faubourg.partners.models import Objective, Organisation
from faubourg.projects.models import Grant, Project, ProjectYear, Result
from faubourg.territory.models import Neighbourhood


def live_grants() -> QuerySet[Grant]:
    """Grants whose money is still committed: a released commitment counts nowhere."""
    return (
        Grant.objects.filter(commitment__released_at__isnull=True)
        .select_related("commitment__envelope__funder")
        .order_by("commitment__envelope__year", "commitment__envelope_id", "pk")
    )


def belongings(organisation: Organisation) -> dict[str, list[str]]:
    """What hangs on an organisation here, for a merge of doubles."""
    rows = Project.objects.filter(organisation=organisation).order_by("pk")
    return {"projets": list(rows.values_list("code", flat=True))}


def with_everything(years: QuerySet[ProjectYear]) -> QuerySet[ProjectYear]:
    """Years with what a line and a figure of them show: five queries, whatever their number."""
    return years.select_related("project__organisation").prefetch_related(
        Prefetch("objectives", queryset=Objective.objects.order_by("path", "pk")),
        Prefetch("neighbourhoods", queryset=Neighbourhood.objects.order_by("code")),
        Prefetch("grants", queryset=live_grants()),
        Prefetch("results", queryset=Result.objects.order_by("pk")),
    )


def public_years(
    year: int | None = None,
    objective: Objective | None = None,
    neighbourhood: Neighbourhood | None = None,
) -> QuerySet[ProjectYear]:
    """The years of projects that were made public, newest first, then by title; prefetched.

    ``objective`` takes what stands under it too. A year that was not announced is never among them.
    """
    rows = ProjectYear.objects.filter(announced_at__isnull=False)
    if year is not None:
        rows = rows.filter(year=year)
    if objective is not None:
        branch = Objective.objects.filter(contract=objective.contract_id)
        under = branch.filter(path__startswith=f"{objective.path}.") | branch.filter(pk=objective.pk)
        rows = rows.filter(pk__in=ProjectYear.objects.filter(objectives__in=under).values("pk"))
    if neighbourhood is not None:
        rows = rows.filter(neighbourhoods=neighbourhood)
    return with_everything(rows).order_by("-year", "project__title", "pk")


def announced_years() -> list[int]:
    """The years for which something is public, newest first."""
    rows = ProjectYear.objects.filter(announced_at__isnull=False).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def project_by_code(code: str) -> Project | None:
    return Project.objects.select_related("organisation").filter(code=code).first()


def public_years_of(project: Project) -> QuerySet[ProjectYear]:
    return public_years().filter(project=project)


def projects_of(*organisations: Organisation) -> QuerySet[Project]:
    return Project.objects.filter(organisation__in=organisations).order_by("title", "pk")


def with_public_years(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with their organisation and, in ``shown_years``, their public years, oldest first: two queries."""
    shown = ProjectYear.objects.filter(announced_at__isnull=False).order_by("year")
    return projects.select_related("organisation").prefetch_related(Prefetch("years", shown, to_attr="shown_years"))
