"""Reads: the applicant's side. Who may see what is found, the view asks of the rules."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from faubourg.calls.enums import NEVER_LIVED, ApplicationState
from faubourg.calls.models import Application, Call, Paper, Piece
from faubourg.calls.selectors.applications import with_everything
from faubourg.partners.models import Organisation
from faubourg.projects.models import Project, ProjectYear
from faubourg.projects.selectors import projects_of, with_public_years


def application_by_code(code: str) -> Application | None:
    """One application with all that its applicant's pages show."""
    rows = with_everything(Application.objects.filter(code=code)).select_related("call__contract")
    papers = Prefetch("papers", Paper.objects.select_related("file").order_by("pk"))
    return rows.prefetch_related(papers, "requests__pieces__file").first()


def draft_by_code(code: str) -> Application | None:
    """One application with what every step of a draft reads; a step reads what it alone shows by itself."""
    rows = Application.objects.filter(code=code).select_related(
        "organisation__municipality", "call__contract", "call__geography", "call__questionnaire", "answers", "budget"
    )
    return rows.prefetch_related("lines", "budget__lines").first()


def is_chosen(application: Application) -> tuple[bool, bool, bool]:
    """Has it an objective, a neighbourhood, a piece? One query for the three."""
    mine = {"application": OuterRef("pk")}
    return (
        Application.objects.filter(pk=application.pk)
        .values_list(
            Exists(Application.objectives.through.objects.filter(**mine)),
            Exists(Application.neighbourhoods.through.objects.filter(**mine)),
            Exists(Piece.objects.filter(**mine)),
        )
        .get()
    )


def applications_of(organisations: list[Organisation]) -> QuerySet[Application]:
    """What these organisations wrote, the last touched first."""
    return (
        Application.objects.filter(organisation__in=organisations)
        .select_related("organisation", "call")
        .prefetch_related("lines")
        .order_by("-call__closes_at", "-pk")
    )


def drafts_of(call: Call, organisations: list[Organisation]) -> QuerySet[Application]:
    """The drafts that these organisations have begun for this call."""
    return (
        Application.objects.filter(call=call, organisation__in=organisations, state=ApplicationState.DRAFT)
        .select_related("organisation")
        .order_by("-saved_at", "-pk")
    )


def projects_to_continue(call: Call, organisations: list[Organisation]) -> QuerySet[Project]:
    """What these organisations led in former years and do not carry on yet in this call. Two queries.

    A project is known by the call that it was handed in for, or by a year that is public: a decision that nobody
    has been told shows nowhere.
    """
    mine = Application.objects.filter(project=OuterRef("pk")).exclude(state__in=NEVER_LIVED)
    handed_in = mine.exclude(state=ApplicationState.DRAFT).filter(call__year__lt=call.year)
    public = ProjectYear.objects.filter(project=OuterRef("pk"), announced_at__isnull=False, year__lt=call.year)
    rows = projects_of(*organisations).filter(Exists(handed_in) | Exists(public))
    return with_public_years(rows.exclude(Exists(mine.filter(call=call))))
