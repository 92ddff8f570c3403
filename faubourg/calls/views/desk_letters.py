"""The decision letters: made, read, sent; deciding and notifying are two acts."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from faubourg.calls import selectors, services
from faubourg.calls.forms.desk import NotifyForm
from faubourg.calls.models import Call, Paper
from faubourg.calls.rules import may_run_calls
from faubourg.calls.views.desk import call_or_404, error_status, person
from faubourg.core.errors import Refusal
from faubourg.core.http import act, act_by_form, act_for, page_for
from faubourg.core.templatetags.faubourg import plural


@require_safe
@page_for(may_run_calls)
def letters(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, call_or_404(request.user, code))


def _page(
    request: HttpRequest, call: Call, *, form: NotifyForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    ready = selectors.ready_letters(call)
    leaving = [letter.application for letter in ready if not letter.has_nobody]
    states = selectors.states_of(call)
    context: dict[str, Any] = {
        "call": call,
        "ready": ready,
        "to_prepare": selectors.decided_without_letter(call).count(),
        "leaving": leaving,
        "form": form or NotifyForm(applications=leaving, initial={"dossier": [row.code for row in leaving]}),
        "refusal": refusal,
        "notified": states.get("notified", 0),
        "undecided": sum(states.get(state, 0) for state in ("submitted", "info_requested", "admissible")),
    }
    faults = refusal or (form and form.errors)
    return render(request, "calls/desk/letters.html", context, status=error_status(faults))


@act_for(may_run_calls)
def prepare_letters(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    deed = partial(services.prepare_letters, call, by=person(request))
    return act(request, deed, lambda no: _page(request, call, refusal=no), _prepared, _address(call))


def _prepared(made: list[Paper]) -> str:
    said = plural(len(made), "lettre est prête,lettres sont prêtes")
    return f"{said}. Rien n’est parti : relisez avant d’envoyer."


@act_for(may_run_calls)
def notify(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    form = NotifyForm(request.POST, applications=list(selectors.decided_with_letter(call)))
    return act_by_form(request, form, lambda bad: _page(request, call, form=bad), _notified, _address(call))


def _notified(count: int) -> str:
    return f"{plural(count, 'dossier est notifié,dossiers sont notifiés')} : les lettres partent."


def _address(call: Call) -> str:
    return reverse("calls:letters", args=[call.code])
