"""The journal: who did what and when, by codes; whether its chain is whole, when one asks."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.core.http import page_for
from faubourg.desk.forms.journal import JournalFilter
from faubourg.desk.rules import may_read_journal
from faubourg.desk.selectors import entries, never_sent
from faubourg.desk.words import line_of
from faubourg.journal.selectors import head
from faubourg.journal.services import verify

PER_PAGE = 50


@require_safe
@page_for(may_read_journal)
def journal(request: HttpRequest) -> HttpResponse:
    form = JournalFilter(request.GET)
    thing, actor, room = form.wanted()
    page = Paginator(entries(thing=thing, actor=actor, room=room), PER_PAGE).get_page(request.GET.get("page"))
    closed = never_sent(entry.thing for entry in page)
    context = {
        "form": form,
        "page": page,
        "lines": [line_of(entry, closed) for entry in page],
        "is_narrowed": any((thing, actor, room)),
        "head": head(),
        "checked": "verifier" in request.GET,
        "faults": verify() if "verifier" in request.GET else [],
    }
    return render(request, "desk/journal.html", context)
