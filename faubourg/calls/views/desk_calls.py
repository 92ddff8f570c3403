"""The calls on the desk: their list, their writing, their money, and the acts that move them on."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from faubourg.calls import selectors, services
from faubourg.calls.enums import CallState
from faubourg.calls.forms.desk import CallForm, EnvelopeForm, ResizeForm, call_form
from faubourg.calls.models import Call
from faubourg.calls.rules import is_open, may_run_calls, may_see_files, may_see_table
from faubourg.calls.views.desk import call_or_404, envelope_or_404, error_status, person
from faubourg.core import money
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.http import Said, act, act_by_form, act_for, page_for
from faubourg.core.templatetags.faubourg import at_hour
from faubourg.funding.models import Envelope


@require_safe
@page_for(may_see_table)
def desk_calls(request: HttpRequest) -> HttpResponse:
    calls = selectors.with_counts(selectors.calls_seen_by(request.user))
    return render(
        request,
        "calls/desk/calls.html",
        {"calls": calls, "runs": may_run_calls(request.user), "reads": may_see_files(request.user)},
    )


@page_for(may_run_calls)
def call_new(request: HttpRequest) -> HttpResponse:
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.save(by=person(request)):
        messages.success(request, "L’appel est en préparation. Ajoutez ses enveloppes, relisez-le, puis publiez-le.")
        return redirect("calls:call_edit", form.result.code)
    return render(request, "calls/desk/call_new.html", {"form": form}, status=error_status(form.errors))


@page_for(may_see_table)
def call_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The officer's workshop; a reading page for those who pay and those who are elected."""
    call = call_or_404(request.user, code)
    if request.method != "POST":
        return _page(request, call)
    if not may_run_calls(request.user):
        raise NotAllowed("Seule la chargée de mission change un appel. Rien n’a été changé.")
    form = call_form(call, request.POST)
    if form.save(by=person(request)):
        messages.success(request, "L’appel est enregistré.")
        return redirect("calls:call_edit", call.code)
    return _page(request, call, form=form)


def _page(
    request: HttpRequest,
    call: Call,
    *,
    form: Any = None,
    money_form: EnvelopeForm | None = None,
    resize_form: ResizeForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    runs = may_run_calls(request.user)
    form = form or (call_form(call) if runs else None)
    money_form = money_form or (EnvelopeForm(call=call) if runs else None)
    rows = [(e, _resize(e, resize_form) if runs else None) for e in selectors.call_envelopes(call)]
    context = {
        "call": call,
        "runs": runs,
        "reads": may_see_files(request.user),
        "form": form,
        "money_form": money_form,
        "envelopes": rows,
        "total_cents": sum(envelope.amount_cents for envelope, _ in rows),
        "refusal": refusal,
        "states": selectors.states_of(call),
        "readings": selectors.readings_of([call]).get(call.pk, []),
        "objectives": call.objectives.order_by("path"),
        "path": path_of(call),
        "is_open": is_open(call),
    }
    faults = refusal or any(one and one.errors for one in (form, money_form, resize_form))
    return render(request, "calls/desk/call.html", context, status=error_status(faults))


def _resize(envelope: Any, bad: ResizeForm | None) -> ResizeForm:
    return bad if bad and bad.envelope.pk == envelope.pk else ResizeForm(envelope=envelope)


def path_of(call: Call) -> list[tuple[str, str, str]]:
    """Where the call stands, for a timeline: (state, title, note)."""
    order = list(CallState)
    at = order.index(CallState(call.state))
    shared = bool(call.opinions_shared_at)
    rows = [
        ("Préparation", "", at > 0),
        ("Dépôt des dossiers", f"clos le {at_hour(call.closes_at)}", at > 1 or (at == 1 and not is_open(call))),
        ("Recevabilité et avis", "avis partagés" if shared else "chaque financeur écrit le sien", shared),
        ("Comité", f"{call.committee_on:%d/%m/%Y}" if call.committee_on else "", at > 2),
        ("Résultats publics", at_hour(call.announced_at), at > 2),
    ]
    first_open = next((i for i, row in enumerate(rows) if not row[2]), None)
    return [("done" if row[2] else "now" if i == first_open else "todo", row[0], row[1]) for i, row in enumerate(rows)]


# ---------------------------------------------------------------------------------------------- its money
def _by_form(request: HttpRequest, call: Call, name: str, form: Any, said: Said) -> HttpResponse:
    """What a form of the call's page asks; refused, it stands there again under its name."""
    return act_by_form(request, form, lambda bad: _page(request, call, **{name: bad}), said, _address(call))


@act_for(may_run_calls)
def envelope_add(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    form = EnvelopeForm(request.POST, call=call)
    return _by_form(request, call, "money_form", form, "L’enveloppe « {} » est ajoutée.".format)


@act_for(may_run_calls)
def envelope_resize(request: HttpRequest, code: str, envelope: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    form = ResizeForm(request.POST, envelope=envelope_or_404(call, envelope))
    return _by_form(request, call, "resize_form", form, _resized)


def _resized(envelope: Envelope) -> str:
    return f"« {envelope} » passe à {money.format_amount(envelope.amount_cents)}."


@act_for(may_run_calls)
def envelope_remove(request: HttpRequest, code: str, envelope: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    found = envelope_or_404(call, envelope)
    return _act(request, call, partial(services.remove_envelope, call, found), "L’enveloppe est retirée.")


# ---------------------------------------------------------------------------------------------- its moves
def _act(request: HttpRequest, call: Call, deed: Callable[..., Any], said: Said) -> HttpResponse:
    """One act, then back to the call; a refusal is said at the top of its page."""
    by = person(request)
    return act(request, lambda: deed(by=by), lambda no: _page(request, call, refusal=no), said, _address(call))


def _address(call: Call) -> str:
    return reverse("calls:call_edit", args=[call.code])


@act_for(may_run_calls)
def call_publish(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    said = f"L’appel est publié. Il ouvre le {at_hour(call.opens_at)}."
    return _act(request, call, partial(services.publish, call), said)


@act_for(may_run_calls)
def share_opinions(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    said = "Les avis sont partagés : financeurs, élus et vous les lisez tous."
    return _act(request, call, partial(services.share_opinions, call), said)


@act_for(may_run_calls)
def open_committee(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    said = "Le comité est ouvert : les montants s’écrivent dans la table."
    return _act(request, call, partial(services.open_committee, call), said)


@act_for(may_run_calls)
def announce(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    return _act(request, call, partial(services.announce, call), "Les résultats sont publics.")
