"""The outbox: what was written, what leaves, what could not; read before it goes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from faubourg.core.http import act_for, page_for
from faubourg.desk.rules import may_read_post
from faubourg.desk.selectors import mails_by_state
from faubourg.notifications import selectors, services
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail

PER_PAGE = 50
KINDS = {
    MailState.HELD: "warn",
    MailState.QUEUED: "info",
    MailState.SENT: "ok",
    MailState.FAILED: "bad",
    MailState.DROPPED: "none",
}


def _mail_or_404(code: str) -> Mail:
    found = selectors.mail_by_code(code)
    if found is None:
        raise Http404("mail")
    return found


def _officer(request: HttpRequest) -> Any:
    """Whoever came through this room's door."""
    return request.user


@require_safe
@page_for(may_read_post)
def outbox(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("etat", "")
    state = wanted if wanted in MailState.values else None
    counts = mails_by_state()
    page = Paginator(selectors.outbox(state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(mail, KINDS[MailState(mail.state)]) for mail in page],
        "state": state,
        "tabs": [(value, label, counts.get(value, 0)) for value, label in MailState.choices],
        "total": sum(counts.values()),
    }
    return render(request, "desk/outbox.html", context)


@require_safe
@page_for(may_read_post)
def mail(request: HttpRequest, code: str) -> HttpResponse:
    found = _mail_or_404(code)
    context = {
        "mail": found,
        "kind": KINDS[MailState(found.state)],
        "enclosures": list(enumerate(found.enclosures.all())),
    }
    return render(request, "desk/mail.html", context)


@require_safe
@page_for(may_read_post)
def enclosure(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """An enclosure, always to be saved: the browser never opens it as a page of this site."""
    found = selectors.enclosure(_mail_or_404(code), place)
    if found is None:
        raise Http404("enclosure")
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@act_for(may_read_post)
def retry(request: HttpRequest, code: str) -> HttpResponse:
    """Only what failed: a letter that is held leaves by its own room's act, with its decision."""
    found = _mail_or_404(code)
    services.retry(found, by=_officer(request))
    messages.success(request, f"Le courriel pour {found.to} repart.")
    return redirect("desk:mail", found.code)


@act_for(may_read_post)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    found = _mail_or_404(code)
    if found.state != MailState.FAILED:
        messages.error(request, "Seul un courriel non remis s’abandonne ici. Rien n’a été changé.")
        return redirect("desk:mail", found.code)
    services.drop(found, by=_officer(request))
    messages.success(request, f"Le courriel pour {found.to} est abandonné.")
    return redirect("desk:mail", found.code)
