"""Contracts, their amendments, signatures and objectives."""

from datetime import date

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.partners.models import Amendment, Contract, Objective, Organisation, Signature
from faubourg.partners.rules import is_officer
from faubourg.partners.services.memberships import ROOM


def _officer_only(by: User | None) -> None:
    if by is not None and not is_officer(by):
        raise NotAllowed("Le contrat est tenu par le chargé de mission.")


@transaction.atomic
def open_contract(
    *,
    code: str,
    title: str,
    starts_on: date,
    ends_on: date,
    summary: str = "",
    source: str = "",
    is_example: bool = False,
    by: User | None,
) -> Contract:
    """A new *contrat de ville*. ``code`` is read in addresses: ``contrat-2015``."""
    _officer_only(by)
    if ends_on <= starts_on:
        raise Refusal("Le contrat finit avant de commencer. Vérifiez les deux dates.", field="ends_on")
    if Contract.objects.filter(code=code).exists():
        raise Refusal(f"Le contrat « {code} » existe déjà.", field="code")
    contract = Contract.objects.create(
        code=code, title=title, starts_on=starts_on, ends_on=ends_on, summary=summary, source=source,
        is_example=is_example,
    )  # fmt: skip
    journal.record("open_contract", contract.code, room=ROOM, by=by)
    return contract


@transaction.atomic
def amend(
    contract: Contract, *, title: str, signed_on: date, new_end: date | None = None, by: User | None
) -> Amendment:
    """A signed change; with ``new_end`` the contract binds until that day."""
    _officer_only(by)
    row = Contract.objects.select_for_update().get(pk=contract.pk)
    if new_end is not None and new_end <= row.starts_on:
        raise Refusal("La nouvelle fin précède le début du contrat.", field="new_end")
    amendment = Amendment.objects.create(contract=row, title=title, signed_on=signed_on, new_end=new_end)
    if new_end is not None:
        row.ends_on = contract.ends_on = new_end
        row.save(update_fields=["ends_on"])
    journal.record("amend", row.code, room=ROOM, by=by)
    return amendment


@transaction.atomic
def sign(
    contract: Contract,
    organisation: Organisation,
    signed_on: date | None = None,
    name_then: str = "",
    *,
    by: User | None,
) -> Signature:
    """One organisation under the contract, once. ``name_then``: what it was called on that day."""
    _officer_only(by)
    signature, _ = Signature.objects.update_or_create(
        contract=contract,
        organisation=organisation,
        defaults={"signed_on": signed_on, "name_then": name_then},
    )
    journal.record("sign", f"{contract.code}:{organisation.code}", room=ROOM, by=by)
    return signature


@transaction.atomic
def add_objective(
    contract: Contract,
    *,
    title: str,
    level: str,
    slug: str,
    parent: Objective | None = None,
    summary: str = "",
    icon: str = "",
    by: User | None,
) -> Objective:
    """One more knot of the tree, after its sisters. ``level`` is free: pilier, axe, enjeu."""
    _officer_only(by)
    Contract.objects.select_for_update().get(pk=contract.pk)
    if parent is not None and parent.contract_id != contract.pk:
        raise Refusal("Cet objectif appartient à un autre contrat.", field="parent")
    if Objective.objects.filter(contract=contract, slug=slug).exists():
        raise Refusal(f"Un objectif « {slug} » existe déjà dans ce contrat.", field="slug")
    rank = Objective.objects.filter(contract=contract, parent=parent).count() + 1
    path = f"{parent.path}.{rank:03d}" if parent is not None else f"{rank:03d}"
    objective = Objective.objects.create(
        contract=contract,
        parent=parent,
        level=level,
        title=title,
        slug=slug,
        path=path,
        summary=summary,
        icon=icon,
    )
    journal.record("add_objective", objective.code, room=ROOM, by=by)
    return objective
