"""The draft under the pen: a page for each step, a field at a time, files, the signature."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.models import User
from faubourg.calls import services
from faubourg.calls.draft import meant_in, read_marks
from faubourg.calls.enums import ApplicationState
from faubourg.calls.forms.applicant import (
    PIECES,
    SEND,
    SUMMARY,
    Step,
    StepPage,
    field_sent,
    page_sent,
    step_after,
    step_named,
    their_words,
)
from faubourg.calls.models import Application
from faubourg.calls.rules import is_open, may_submit
from faubourg.calls.selectors import draft_by_code
from faubourg.calls.tracking import Summary
from faubourg.calls.views._found import own
from faubourg.core import clock
from faubourg.core.errors import Conflict, NotAllowed, Refusal, Refusals
from faubourg.core.http import signed_in
from faubourg.partners.enums import Role
from faubourg.partners.selectors import people_of

SIGNED_OUT = "Vous n’êtes plus connecté. Votre texte reste dans cette page : entrez de nouveau dans un autre onglet."


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of the draft: GET shows it, POST saves it whole and goes on."""
    where = step_named(step)
    if where is None:
        raise Http404
    if request.method == "POST" and not request.user.is_authenticated:
        return render(request, "calls/applicant/signed_out.html", {"typed": _texts_of(request)}, status=401)
    return _edit(request, code, where)


@signed_in
def _edit(request: HttpRequest, code: str, where: Step) -> HttpResponse:
    application = own(request, code, draft_by_code)
    if request.method == "POST":
        return _save(request, application, where)
    if application.state != ApplicationState.DRAFT:
        messages.info(request, "Ce dossier ne change plus : le voici tel qu’il est.")
        return redirect("calls:application", application.code)
    return _draw(request, StepPage(application, where, strict="corriger" in request.GET))


def _save(request: HttpRequest, application: Application, where: Step) -> HttpResponse:
    values = page_sent(application, where, request.POST)
    corrected = request.POST.get("correct", "")
    offer = meant_in(corrected, values.get(corrected, ""))
    values |= {corrected: offer} if offer else {}
    seen = request.POST.get("seen")
    try:
        services.save_fields(
            application,
            values,
            by=cast(User, request.user),
            seen=None if seen is None else read_marks(seen),
            version=_number(request.POST.get("version")),
        )
    except Refusal as refusal:
        return _draw(request, StepPage(application, where, typed=values, refusal=refusal), status=_status(refusal))
    return _way_on(request, application.code, where, corrected=corrected if offer else "")


def _way_on(request: HttpRequest, code: str, where: Step, *, corrected: str) -> HttpResponse:
    """The next step, or the same one at the place that needs a look."""
    unreadable = StepPage(own(request, code, draft_by_code), where).is_unreadable
    place = corrected or (SUMMARY if unreadable else "")
    if place:
        return redirect(f"{reverse('calls:edit', args=[code, where.slug])}#{place}")
    return redirect("calls:edit", code, (where if "recalculate" in request.POST else step_after(where)).slug)


def _draw(request: HttpRequest, page: StepPage, *, status: int = 200) -> HttpResponse:
    application = page.application
    context = {"page": page, "application": application, "is_open": is_open(application.call)}
    if page.step is SEND:
        may_sign = may_submit(request.user, application)
        context |= {
            "summary": Summary(application, page.contents),
            "may_sign": may_sign,
            "signers": [] if may_sign else people_of(application.organisation, Role.SIGNER),
        }
    return render(request, f"calls/applicant/step_{page.step.template}.html", context, status=status)


@require_POST
def autosave(request: HttpRequest, code: str) -> JsonResponse:
    """One field, sent by the page's script. Answers what is wrong with it, or what another window wrote first."""
    if not request.user.is_authenticated:
        return JsonResponse({"problem": SIGNED_OUT}, status=401)
    name, sent = request.POST.get("name", ""), request.POST
    value = field_sent(name, sent.get("value", ""))
    try:
        saved = services.save_field(
            code,
            name,
            value,
            by=request.user,
            seen=field_sent(name, sent["seen"]) if "seen" in sent else None,
            version=_number(sent.get("version")),
        )
    except Application.DoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        answer = {"problem": refusal.message}
        if isinstance(refusal, Conflict):
            answer |= {"theirs": refusal.current, "said": their_words(refusal)}
        return JsonResponse(answer, status=_status(refusal))
    meant = meant_in(name, value)
    return JsonResponse({"problem": saved.problem, "meant": meant, "version": saved.version, "saved_at": _hour()})


@require_POST
@signed_in
def attach(request: HttpRequest, code: str) -> HttpResponse:
    """A file for the draft; what is wrong with it stands beside its field."""
    application = own(request, code, draft_by_code)
    upload, kind = request.FILES.get("file"), request.POST.get("kind", "")
    try:
        if upload is None:
            raise Refusal("Choisissez d’abord un fichier.", field="file")
        services.attach(application, upload, kind, by=cast(User, request.user))
    except NotAllowed:
        raise
    except Refusal as refusal:
        page = StepPage(application, PIECES, typed={"kind": kind}, refusal=refusal)
        return _draw(request, page, status=_status(refusal))
    messages.success(request, f"« {upload.name} » est joint au dossier.")
    return redirect("calls:edit", application.code, PIECES.slug)


@require_POST
@signed_in
def detach(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """Take a file out of the draft."""
    application = own(request, code, draft_by_code)
    found = next((piece for piece in application.pieces.select_related("file") if piece.file.code == file), None)
    if found is None:
        messages.info(request, "Ce fichier était déjà retiré.")
    else:
        name = found.file.name
        services.detach(found, by=cast(User, request.user))
        messages.success(request, f"« {name} » est retiré du dossier.")
    return redirect("calls:edit", application.code, PIECES.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Sign and hand in; everything that is missing is said at once, each with the way to its field."""
    if request.method != "POST":
        return redirect("calls:edit", own(request, code).code, SEND.slug)
    try:
        services.submit(code, sworn="sworn" in request.POST, by=cast(User, request.user))
    except Application.DoesNotExist:
        raise Http404 from None
    except NotAllowed:
        raise
    except Refusal as refusal:
        application = own(request, code, draft_by_code)
        if application.reference:  # a second click: the first one went through
            messages.info(request, refusal.message)
            return redirect("calls:application", application.code)
        return _draw(request, StepPage(application, SEND, refusal=refusal), status=_status(refusal))
    return redirect("calls:sent", code)


def _hour() -> str:
    return time_format(timezone.localtime(clock.now()))


def _status(refusal: Refusal) -> int:
    """403 for what is not allowed, 409 for two windows, 422 for what is wrong."""
    if isinstance(refusal, NotAllowed):
        return 403
    items = refusal.items if isinstance(refusal, Refusals) else [refusal]
    return 409 if any(isinstance(item, Conflict) for item in items) else 422


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _texts_of(request: HttpRequest) -> list[str]:
    """What a person had typed in a page whose session had died, to be copied."""
    hidden = {"csrfmiddlewaretoken", "seen", "version"}
    return [text for name, texts in request.POST.lists() if name not in hidden for text in texts if len(text) > 2]
