"""The applications received: their list, one of them, admissibility, and each funder's own opinion."""

from collections.abc import Iterator
from functools import partial
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from faubourg.calls import selectors, services
from faubourg.calls.enums import ApplicationState
from faubourg.calls.forms.desk import AskForm, FileFilter, OpinionForm, RejectForm, short, wanted_of
from faubourg.calls.models import Application, Call, Opinion
from faubourg.calls.rules import may_give_opinion, may_run_calls, may_see_files
from faubourg.calls.views.desk import call_or_404, error_status, file_or_404, person
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.http import Said, act, act_by_form, act_for, csv_stream, page_for
from faubourg.funding.figures import Asked, grid
from faubourg.funding.models import Envelope
from faubourg.questions.selectors import filled

PER_PAGE = 50
FILTERS = ("q", "etat", "quartier", "objectif", "enveloppe", "tri")


class FilesPaginator(Paginator):
    """Pages of the list: the sums already counted it, its keys alone are walked through to the page wanted."""

    def __init__(self, call: Call, wanted: selectors.Wanted) -> None:
        self.call, self.wanted = call, wanted
        self.known, self.asked_cents, keys = selectors.found_in(call, wanted)
        super().__init__(keys, PER_PAGE)

    @cached_property
    def count(self) -> int:
        return self.known

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        keys: Any = self.object_list[(number - 1) * self.per_page : number * self.per_page]
        return Page(selectors.files_of(self.call, self.wanted, keys), number, self)


# ---------------------------------------------------------------------------------------------- the list
@require_safe
@page_for(may_see_files)
def desk_list(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    envelopes = selectors.call_envelopes(call)
    form = FileFilter(request.GET, call=call, envelopes=envelopes)
    wanted = form.wanted()
    files = FilesPaginator(call, wanted)
    page = files.get_page(request.GET.get("page"))
    states = selectors.states_of(call)
    context = {
        "call": call,
        "form": form,
        "wanted": wanted,
        "page": page,
        "count": files.count,
        "asked_cents": files.asked_cents,
        "states": [(value, label, states[value]) for value, label in ApplicationState.choices if value in states],
        "received": sum(states.values()),
        "kept": kept(request.GET),
        "reads": True,
        "runs": may_run_calls(request.user),
    }
    return render(request, "calls/desk/files.html", context)


def kept(data: QueryDict) -> str:
    """The filters of the address, to be carried from the list to a file and on to its neighbours."""
    bare = QueryDict(mutable=True)
    for name in FILTERS:
        if data.get(name):
            bare[name] = data.get(name, "")
    return f"?{bare.urlencode()}" if bare else ""


@require_safe
@page_for(may_see_files)
def csv(request: HttpRequest, code: str) -> HttpResponse:
    """Exactly what the list shows, all pages, row by row (constant memory). Counts of opinions, never their words."""
    call = call_or_404(request.user, code)
    envelopes = selectors.call_envelopes(call)
    wanted = FileFilter(request.GET, call=call, envelopes=envelopes).wanted()
    header = [
        "référence", "état", "projet", "organisme", "SIRET", "commune", "quartiers", "déposé le",
        *(f"demandé, {short(envelope)}" for envelope in envelopes), "demandé en tout", "avis écrits", "avis attendus",
    ]  # fmt: skip
    name = f"dossiers-{call.code}-{clock.today():%Y-%m-%d}.csv"
    return cast(HttpResponse, csv_stream(name, header, _csv_rows(call, wanted, envelopes)))


def _csv_rows(call: Call, wanted: selectors.Wanted, envelopes: list[Envelope]) -> Iterator[list[Any]]:
    rows: Any = selectors.files_of(call, wanted).prefetch_related("lines")
    for row in rows.iterator(chunk_size=500):
        asked = {line.envelope_id: line.asked_cents for line in row.lines.all()}
        organisation = row.organisation
        town = organisation.municipality.name if organisation.municipality else ""
        yield [
            row.reference, row.get_state_display(), row.title, organisation.name, organisation.siret, town,
            ", ".join(place.name for place in row.neighbourhoods.all()),
            row.submitted_at.astimezone(clock.PARIS).strftime("%d/%m/%Y %H:%M") if row.submitted_at else "",
            *(_plain(asked.get(envelope.pk, 0)) for envelope in envelopes),
            _plain(row.asked_cents), row.written, row.expected,
        ]  # fmt: skip


def _plain(cents: int) -> str:
    """« 1234,50 »: an amount as a spreadsheet in France counts it."""
    return f"{cents // 100}" + (f",{cents % 100:02d}" if cents % 100 else "")


# ---------------------------------------------------------------------------------------------- one file
@require_safe
@page_for(may_see_files)
def desk_application(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, file_or_404(request.user, code, wanted_of(request.GET)))


def _page(
    request: HttpRequest,
    application: Application,
    *,
    reject_form: RejectForm | None = None,
    ask_form: AskForm | None = None,
    opinion_form: OpinionForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    user, call = request.user, application.call
    opinions = selectors.opinions_seen_by(user, application)
    runs = may_run_calls(user)
    files = selectors.papers_of(application)
    rows = [Asked(short(line.envelope), line.asked_cents) for line in application.lines.all()]
    context = {
        "application": application,
        "call": call,
        "runs": runs,
        "answers": filled(application.answers),
        "grid": grid(application.budget, rows),
        "files": files,
        "aims": selectors.aims_of(application),
        "deeds": selectors.deeds_with_names(application, user),
        "others": [(one, _proposals(application, one)) for one in opinions if not may_give_opinion(user, one.funder)],
        "panels": opinion_panels(user, application, opinions, opinion_form),
        "reject_form": reject_form or RejectForm(application=application),
        "ask_form": ask_form or AskForm(application=application),
        "refusal": refusal,
        "kept": kept(request.GET),
    }
    faults = refusal or any(form and form.errors for form in (reject_form, ask_form, opinion_form))
    return render(request, "calls/desk/file.html", context, status=error_status(faults))


def _proposals(application: Application, opinion: Opinion) -> list[tuple[str, int]]:
    """What an opinion that this person may see proposes: (envelope, cents)."""
    lines = [line for line in application.lines.all() if line.envelope.funder_id == opinion.funder_id]
    seen = [(short(line.envelope), line.seen_cents) for line in lines]  # type: ignore[attr-defined]
    return [row for row in seen if row[1] is not None]


def opinion_panels(
    user: Any, application: Application, opinions: list[Opinion], bad: OpinionForm | None
) -> list[OpinionForm]:
    """One form for each institution of this person that is asked for money here (R-INS-01)."""
    written = {opinion.funder_id: opinion for opinion in opinions}
    lines: dict[Any, list[Any]] = {}
    for line in application.lines.all():
        if may_give_opinion(user, line.envelope.funder):
            lines.setdefault(line.envelope.funder, []).append(line)
    return [
        bad
        if bad and bad.funder == funder
        else OpinionForm(application=application, funder=funder, lines=own, opinion=written.get(funder.pk))
        for funder, own in lines.items()
    ]


# ---------------------------------------------------------------------------------------------- what is done with it
def _by_form(
    request: HttpRequest, application: Application, name: str, form: Any, said: Said, anchor: str = ""
) -> HttpResponse:
    """What a form of the file's page asks; refused, it stands there again under its name."""
    to = _address(request, application) + anchor
    return act_by_form(request, form, lambda bad: _page(request, application, **{name: bad}), said, to)


def _address(request: HttpRequest, application: Application) -> str:
    """The file's, with the filters of the list that led to it."""
    return reverse("calls:desk_application", args=[application.code]) + kept(request.GET)


@act_for(may_run_calls)
def admit(request: HttpRequest, code: str) -> HttpResponse:
    application = file_or_404(request.user, code, wanted_of(request.GET))
    said = "Le dossier est recevable : les financeurs peuvent écrire leur avis."
    deed = partial(services.admit, application, by=person(request))
    return act(request, deed, lambda no: _page(request, application, refusal=no), said, _address(request, application))


@act_for(may_run_calls)
def reject(request: HttpRequest, code: str) -> HttpResponse:
    application = file_or_404(request.user, code, wanted_of(request.GET))
    form = RejectForm(request.POST, application=application)
    said = "Le dossier n’est pas recevable. L’association reçoit le motif."
    return _by_form(request, application, "reject_form", form, said)


@act_for(may_run_calls)
def ask_for_piece(request: HttpRequest, code: str) -> HttpResponse:
    application = file_or_404(request.user, code, wanted_of(request.GET))
    form = AskForm(request.POST, application=application)
    said = "La pièce est demandée. L’association reçoit un courrier."
    return _by_form(request, application, "ask_form", form, said)


@act_for(may_see_files)
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    application = file_or_404(request.user, code, wanted_of(request.GET))
    own = selectors.opinions_seen_by(request.user, application)
    empty = opinion_panels(request.user, application, own, None)
    chosen = next((panel for panel in empty if panel.funder.code == request.POST.get("funder")), None)
    if chosen is None:
        raise NotAllowed("Vous n’écrivez pas l’avis de ce financeur. Rien n’a été écrit.")
    form = OpinionForm(request.POST, application=application, funder=chosen.funder, lines=chosen.lines)
    said = f"Votre avis pour {chosen.funder} est enregistré."
    return _by_form(request, application, "opinion_form", form, said, "#avis")
