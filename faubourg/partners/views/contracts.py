"""Pages: the contracts, one of them with its signatories and its tree, one knot of the tree. The officer's."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.http import page_for
from faubourg.partners import selectors, services
from faubourg.partners.forms.contracts import (
    ContractForm,
    NewObjectiveForm,
    NewSignatoryForm,
    ObjectiveForm,
    SignatureForm,
)
from faubourg.partners.models import Contract, Objective
from faubourg.partners.rules import may_keep_contract

page_and_post = require_http_methods(["GET", "HEAD", "POST"])


def _contract(code: str) -> Contract:
    found = selectors.contract_by_code(code)
    if found is None:
        raise Http404("contract")
    return found


def _objective(code: str, objective: str) -> Objective:
    found = selectors.objective_of(_contract(code), objective)
    if found is None:
        raise Http404("objective")
    return found


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _back(contract: Contract, place: str) -> HttpResponse:
    return redirect(f"{reverse('partners:contract', args=[contract.code])}#{place}")


# ------------------------------------------------------------------------------------------------- contracts
@require_safe
@page_for(may_keep_contract)
def contracts(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/contracts.html", {"contracts": selectors.contracts_with_counts()})


@page_and_post
@page_for(may_keep_contract)
def contract_new(request: HttpRequest) -> HttpResponse:
    form = ContractForm(_sent(request))
    if form.is_bound and form.save(by=_by(request)):
        messages.success(request, "Le contrat est enregistré. Dites qui l’a signé, puis ce qu’il vise.")
        return redirect("partners:contract", form.result.code)
    return render(request, "partners/contract_new.html", {"form": form}, status=422 if form.errors else 200)


@page_and_post
@page_for(may_keep_contract)
def contract(request: HttpRequest, code: str) -> HttpResponse:
    found = _contract(code)
    if request.method != "POST":
        return _page(request, found)
    form = ContractForm(request.POST, contract=found)
    if form.save(by=_by(request)):
        messages.success(request, "Le titre et les dates sont enregistrés.")
        return redirect("partners:contract", found.code)
    return _page(request, found, form=form)


def _page(request: HttpRequest, contract: Contract, *, refusal: Refusal | None = None, **sent: Any) -> HttpResponse:
    """The contract as it stands, with what was sent and its faults in their places."""
    signatures = list(selectors.signatures_of(contract))
    knots = selectors.tree(selectors.objectives_of(contract))
    last = signatures[-1] if signatures else None
    level = knots[-1].objective.level if knots else ""
    context = {
        "contract": contract,
        "amendments": contract.amendments.all(),
        "signatures": signatures,
        "knots": knots,
        "refusal": refusal,
        "form": sent.get("form") or ContractForm(contract=contract),
        "known_form": sent.get("known_form") or SignatureForm(contract=contract, last=last),
        "new_form": sent.get("new_form") or NewSignatoryForm(contract=contract, last=last),
        "knot_form": sent.get("knot_form") or NewObjectiveForm(contract=contract, level=level),
    }
    return render(request, "partners/contract.html", context, status=422 if sent or refusal else 200)


# ------------------------------------------------------------------------------------------------- signatories
def _added(request: HttpRequest, contract: Contract, said: str, place: str, **sent: Any) -> HttpResponse:
    """Write the one form that was sent, and go back to its place; or the page with its faults."""
    (form,) = sent.values()
    if not form.save(by=_by(request)):
        return _page(request, contract, **sent)
    messages.success(request, f"« {form.result} » {said}")
    return _back(contract, place)


@require_POST
@page_for(may_keep_contract)
def signature_add(request: HttpRequest, code: str) -> HttpResponse:
    found = _contract(code)
    form = SignatureForm(request.POST, contract=found)
    return _added(request, found, "a signé.", "signataires", known_form=form)


@require_POST
@page_for(may_keep_contract)
def signatory_new(request: HttpRequest, code: str) -> HttpResponse:
    found = _contract(code)
    form = NewSignatoryForm(request.POST, contract=found)
    return _added(request, found, "est connue ici et a signé.", "signataires", new_form=form)


@require_POST
@page_for(may_keep_contract)
def signature_remove(request: HttpRequest, code: str, organisation: str) -> HttpResponse:
    found = _contract(code)
    row = selectors.signatures_of(found).filter(organisation__code=organisation).first()
    if row is None:
        raise Http404("signature")
    services.unsign(row, by=_by(request))
    messages.success(request, f"La signature de « {row} » est retirée. L’institution reste connue ici.")
    return _back(found, "signataires")


# ------------------------------------------------------------------------------------------------- objectives
@require_POST
@page_for(may_keep_contract)
def objective_add(request: HttpRequest, code: str) -> HttpResponse:
    """At the top of the tree."""
    found = _contract(code)
    form = NewObjectiveForm(request.POST, contract=found)
    return _added(request, found, "est ajouté.", "objectifs", knot_form=form)


@page_and_post
@page_for(may_keep_contract)
def objective(request: HttpRequest, code: str, objective: str) -> HttpResponse:
    """One knot: its words, what stands under it, and its removal."""
    found = _objective(code, objective)
    if request.method != "POST":
        return _knot(request, found)
    form = ObjectiveForm(request.POST, objective=found)
    if not form.save(by=_by(request)):
        return _knot(request, found, form=form)
    messages.success(request, f"« {form.result} » est enregistré.")
    return _back(found.contract, found.code)


def _knot(request: HttpRequest, objective: Objective, *, refusal: Refusal | None = None, **sent: Any) -> HttpResponse:
    under = list(objective.children.order_by("path"))
    fresh = NewObjectiveForm(
        contract=objective.contract, parent=objective, level=under[-1].level if under else ""
    )  # fmt: skip
    context = {
        "contract": objective.contract,
        "objective": objective,
        "under": under,
        "refusal": refusal,
        "form": sent.get("form") or ObjectiveForm(objective=objective),
        "knot_form": sent.get("knot_form") or fresh,
    }
    return render(request, "partners/objective.html", context, status=422 if sent or refusal else 200)


@require_POST
@page_for(may_keep_contract)
def objective_under(request: HttpRequest, code: str, objective: str) -> HttpResponse:
    found = _objective(code, objective)
    form = NewObjectiveForm(request.POST, contract=found.contract, parent=found)
    if not form.save(by=_by(request)):
        return _knot(request, found, knot_form=form)
    messages.success(request, f"« {form.result} » est ajouté sous « {found} ».")
    return redirect("partners:objective", code, objective)


@require_POST
@page_for(may_keep_contract)
def objective_move(request: HttpRequest, code: str, objective: str) -> HttpResponse:
    found = _objective(code, objective)
    deed = lambda: services.move_objective(found, request.POST.get("way", ""), by=_by(request))  # noqa: E731
    refusal = _refused(deed)
    return _page(request, found.contract, refusal=refusal) if refusal else _back(found.contract, found.code)


@require_POST
@page_for(may_keep_contract)
def objective_remove(request: HttpRequest, code: str, objective: str) -> HttpResponse:
    found = _objective(code, objective)
    refusal = _refused(lambda: services.remove_objective(found, by=_by(request)))
    if refusal:
        return _knot(request, found, refusal=refusal)
    messages.success(request, f"« {found} » est retiré.")
    return _back(found.contract, "objectifs")


def _refused(deed: Callable[[], Any]) -> Refusal | None:
    """The service's no, to be said on the page where one is."""
    try:
        deed()
    except NotAllowed:
        raise
    except Refusal as refusal:
        return refusal
    return None
