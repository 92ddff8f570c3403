"""Pages of those who apply: what they have written, how to begin, one application."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from faubourg.calls import selectors
from faubourg.calls.draft import Contents
from faubourg.calls.enums import ApplicationState
from faubourg.calls.forms.applicant import FIRST, SEND, StepPage
from faubourg.calls.forms.applying import ContinueForm, StartForm
from faubourg.calls.models import Application
from faubourg.calls.rules import is_open, may_read_paper, may_withdraw
from faubourg.calls.services.drafting import closed_words
from faubourg.calls.tracking import Summary, standing, timeline
from faubourg.calls.views._found import readable
from faubourg.calls.workflow import APPLICATION
from faubourg.core.http import signed_in
from faubourg.partners.enums import Role
from faubourg.partners.rules import may_sign_for, may_work_for
from faubourg.partners.selectors import own_memberships, people_of, speaks_for


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """« Nos demandes »: what waits for us first, then the rest; the open calls."""
    organisations = speaks_for(request.user)
    rows = [standing(row) for row in selectors.applications_of(organisations)] if organisations else []
    context = {
        "organisations": organisations,
        "ours": [row for row in rows if row.waits_for_us],
        "others": [row for row in rows if not row.waits_for_us],
        "calls": selectors.open_calls(),
    }
    return render(request, "calls/applicant/mine.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def apply_start(request: HttpRequest, call: str) -> HttpResponse:
    """Whose application it will be; the drafts already begun and the projects of former years come first."""
    found = get_object_or_404(selectors.public_calls(), code=call)
    organisations = speaks_for(request.user)
    projects = list(selectors.projects_to_continue(found, organisations)) if organisations else []
    sent = request.POST if request.method == "POST" else None
    form = StartForm(None if "project" in request.POST else sent, call=found, organisations=organisations)
    again = ContinueForm(sent if "project" in request.POST else None, call=found, projects=projects)
    for one in (form, again):
        if one.is_bound and one.save(by=request.user):
            return redirect("calls:edit", one.result.code, FIRST.slug)
    context = {
        "again": again,
        "projects": projects,
        "call": found,
        "closed": "" if is_open(found) else closed_words(found),
        "form": form,
        "organisations": organisations,
        "asked": [] if organisations else own_memberships(request.user),
        "drafts": selectors.drafts_of(found, organisations) if organisations else [],
    }
    return render(request, "calls/applicant/start.html", context, status=422 if form.errors or again.errors else 200)


@signed_in
@require_safe
def application(request: HttpRequest, code: str) -> HttpResponse:
    """A draft: its steps. A submitted application: where it stands."""
    found = readable(request, code)
    if not may_work_for(request.user, found.organisation):
        return redirect("calls:desk_application", found.code)
    if found.state == ApplicationState.DRAFT:
        return _overview(request, found)
    deeds = list(selectors.deeds_of(found))
    context = {
        "application": found,
        "standing": standing(found),
        "timeline": timeline(found, deeds),
        "summary": Summary(found, Contents(found)),
        "is_notified": found.state == ApplicationState.NOTIFIED,
        "papers": [paper for paper in found.papers.all() if may_read_paper(request.user, paper)],
        "request_open": next((row for row in found.requests.all() if row.answered_at is None), None),
        "answered": [row for row in found.requests.all() if row.answered_at],
        "may_withdraw": APPLICATION.may("withdraw", found.state) and may_withdraw(request.user, found),
    }
    return render(request, "calls/applicant/tracker.html", context)


def _overview(request: HttpRequest, found: Application) -> HttpResponse:
    context = {
        "application": found,
        "page": StepPage(found, SEND),
        "is_open": is_open(found.call),
        "may_sign": may_sign_for(request.user, found.organisation),
        "signers": people_of(found.organisation, Role.SIGNER),
    }
    return render(request, "calls/applicant/overview.html", context)
