"""« Qui finance quoi » : the committee's table, its projected view, and its cells, each decided by itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from faubourg.calls import selectors
from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.forms.desk import DecisionForm
from faubourg.calls.models import Application, Call, FundingLine
from faubourg.calls.rules import may_run_calls, may_see_files, may_see_table
from faubourg.calls.views.desk import call_or_404
from faubourg.core.http import page_for
from faubourg.core.money import format_amount

DECIDABLE = (ApplicationState.ADMISSIBLE, ApplicationState.DECIDED)


@require_safe
@page_for(may_see_table)
def committee(request: HttpRequest, code: str) -> HttpResponse:
    call = call_or_404(request.user, code)
    context = _table(call, writes=_writes(request.user, call))
    context |= {"reads": may_see_files(request.user), "runs": may_run_calls(request.user), "wall": False}
    return render(request, "calls/desk/committee.html", context)


@require_safe
@page_for(may_see_table)
def projected(request: HttpRequest, code: str) -> HttpResponse:
    """The same table read from six metres: no tool, no field; it follows the decisions by itself."""
    call = call_or_404(request.user, code)
    context = _table(call, writes=False) | {"reads": False, "runs": False, "wall": True}
    return render(request, "calls/desk/projected.html", context)


def _writes(user: Any, call: Call) -> bool:
    return may_run_calls(user) and call.state == CallState.COMMITTEE


def _table(call: Call, *, writes: bool) -> dict[str, Any]:
    table = selectors.committee_table(call)
    span = len(table.columns) + 2 + table.shared
    return {"call": call, "table": table, "span": span, "writes": writes, "decidable": DECIDABLE, "form": None}


# ---------------------------------------------------------------------------------------------- one cell
@page_for(may_run_calls)
def decide(request: HttpRequest, code: str, application: str, envelope: str) -> HttpResponse:
    """One cell: its own page without script, a piece of the table with it."""
    line = _line_or_404(call_or_404(request.user, code), application, envelope)
    if request.method != "POST":
        return _cell_page(request, DecisionForm(line=line))
    form = DecisionForm(request.POST, line=line)
    went_through = form.save(by=request.user)
    line = _line_or_404(line.application.call, application, envelope)
    if request.htmx:  # type: ignore[attr-defined]
        return _pieces(request, line, None if went_through else form)
    if not went_through:
        form.line = line
        return _cell_page(request, form)
    messages.success(request, spoken(line))
    return redirect(f"{reverse('calls:committee', args=[code])}#{cell_id(line)}")


def _line_or_404(call: Call, application: str, envelope: str) -> FundingLine:
    line = (
        FundingLine.objects.filter(application__call=call, application__code=application, envelope__code=envelope)
        .filter(application__state__in=selectors.IN_PROGRAMME)
        .select_related("application__organisation", "envelope__funder", "proposal")
        .first()
    )
    if line is None:
        raise Http404("cell")
    line.application.call = call
    return line


def _cell_page(request: HttpRequest, form: DecisionForm) -> HttpResponse:
    line, call = form.line, form.line.application.call
    shared = call.opinions_shared_at is not None
    context = {
        "form": form,
        "line": line,
        "call": call,
        "shared": shared,
        "writes": _writes(request.user, call) and line.application.state in DECIDABLE,
        "proposed_cents": selectors.proposed_on(line) if shared else None,
    }
    status = 409 if form.conflict else 422 if form.errors else 200
    return render(request, "calls/desk/decide.html", context, status=status)


def _pieces(request: HttpRequest, line: FundingLine, form: DecisionForm | None) -> HttpResponse:
    """Only what moved: the cell, its row's total, its column's head, the sum of all, one spoken sentence."""
    call = line.application.call
    table = selectors.committee_table(call, rows=Application.objects.filter(pk=line.application_id))
    column = next(column for column in table.columns if column.envelope.pk == line.envelope_id)
    cell = next(cell for cell in table.rows[0].cells if cell and cell.pk == line.pk)
    context = {
        "call": call,
        "table": table,
        "row": table.rows[0],
        "column": column,
        "line": cell,
        "form": form,
        "writes": _writes(request.user, call),
        "decidable": DECIDABLE,
        "wall": False,
        "spoken": "" if form else spoken(line),
    }
    status = 200 if form is None else 409 if form.conflict else 422
    return render(request, "calls/desk/_pieces.html", context, status=status)


def cell_id(line: FundingLine) -> str:
    return f"case-{line.application.code}-{line.envelope.code}"


def spoken(line: FundingLine) -> str:
    """« CAF : 7 000 € décidés pour « Rugby citoyen », 9 000 € restent. »"""
    left = f"{format_amount(line.envelope.free_cents)} restent"
    what = (
        "case rouverte"
        if line.decided_cents is None
        else f"{format_amount(line.decided_cents)} décidés"
        if line.decided_cents
        else "refusé"
    )
    return f"{line.envelope.short_name} : {what} pour « {line.application.title} », {left}."
