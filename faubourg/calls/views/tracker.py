"""After the submission: the confirmation, the answer to a request, the way out, papers and pieces."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.accounts.models import User
from faubourg.calls import services
from faubourg.calls.enums import ApplicationState, PaperKind
from faubourg.calls.forms.applying import AnswerForm
from faubourg.calls.rules import may_read_paper, may_withdraw
from faubourg.calls.views._found import own, readable
from faubourg.calls.workflow import APPLICATION
from faubourg.core.errors import NotAllowed
from faubourg.core.http import signed_in
from faubourg.documents.services import download


@require_safe
@signed_in
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """« Votre dossier est déposé »: the reference, the receipt, what comes next."""
    application = own(request, code)
    if not application.reference:
        return redirect("calls:application", application.code)
    receipt = next((paper for paper in application.papers.all() if paper.kind == PaperKind.RECEIPT), None)
    return render(request, "calls/applicant/sent.html", {"application": application, "receipt": receipt})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The missing piece and the words that go with it."""
    application = own(request, code)
    asked = next((row for row in application.requests.all() if row.answered_at is None), None)
    if asked is None:
        messages.info(request, "Aucune pièce n’est demandée pour ce dossier, ou votre organisme a déjà répondu.")
        return redirect("calls:application", application.code)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AnswerForm(*sent, application=application)
    if request.method == "POST" and form.save(by=request.user):
        messages.success(request, "Votre réponse est envoyée. La chargée de mission est prévenue.")
        return redirect("calls:application", application.code)
    context = {"application": application, "asked": asked, "form": form}
    return render(request, "calls/applicant/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the application back, after a page that says what it means."""
    application = own(request, code)
    if not may_withdraw(request.user, application):
        raise NotAllowed("Seule une personne signataire de l’organisme peut retirer un dossier déposé.")
    if request.method == "POST":
        services.withdraw(application, by=cast(User, request.user))
        messages.success(request, f"Le dossier {application.reference or 'en brouillon'} est retiré.")
        return redirect("calls:mine")
    context = {"application": application, "may": APPLICATION.may("withdraw", application.state)}
    context["is_draft"] = application.state == ApplicationState.DRAFT
    return render(request, "calls/applicant/withdraw.html", context)


@require_safe
@signed_in
def piece(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A file of the application, for those who may read the application."""
    application = readable(request, code)
    found = next((row for row in application.pieces.select_related("file") if row.file.code == file), None)
    if found is None:
        raise Http404
    return download(found.file)


@require_safe
@signed_in
def paper(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """The receipt or the decision letter, for those who may read it already."""
    application = readable(request, code)
    found = next((row for row in application.papers.all() if row.file.code == file), None)
    if found is None:
        raise Http404
    if not may_read_paper(request.user, found):
        raise NotAllowed("Cette lettre n’est pas encore envoyée.")
    return download(found.file)
