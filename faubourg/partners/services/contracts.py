"""Contracts, their amendments and signatures."""

from datetime import date

from django.db import IntegrityError, transaction

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.journal.rules import LooksPersonalError, check_word
from faubourg.partners.listed import listed_contracts, listed_themes
from faubourg.partners.models import Amendment, Contract, Organisation, Signature
from faubourg.partners.rules import may_keep_contract
from faubourg.partners.selectors import institution_named, name_on
from faubourg.partners.services.memberships import ROOM
from faubourg.partners.services.organisations import open_organisation
from faubourg.search import services as search


def keeper_only(by: User | None) -> None:
    if by is not None and not may_keep_contract(by):
        raise NotAllowed("Le contrat est tenu par le chargé de mission.")


def _check(title: str, starts_on: date, ends_on: date) -> str:
    """The title as it is kept."""
    title = " ".join(title.split())
    if not title:
        raise Refusal("Écrivez le titre du contrat.", field="title")
    if ends_on <= starts_on:
        raise Refusal("Le contrat finit avant de commencer. Vérifiez les deux dates.", field="ends_on")
    return title


def find_again() -> None:
    """Contracts and themes are few, and what several contracts name alike stands under the newest: all are compared."""
    search.settle("contract", listed_contracts())
    search.settle("theme", listed_themes())
    search.rebuild_soon()


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
    keeper_only(by)
    title = _check(title, starts_on, ends_on)
    try:
        check_word("a contract's code", code)
        with transaction.atomic():
            contract = Contract.objects.create(
                code=code, title=title, starts_on=starts_on, ends_on=ends_on, summary=summary, source=source,
                is_example=is_example,
            )  # fmt: skip
    except LooksPersonalError:
        raise Refusal("Ce nom ressemble à un numéro de téléphone. Choisissez-en un autre.", field="code") from None
    except IntegrityError:
        raise Refusal(f"Le contrat « {code} » existe déjà. Choisissez un autre nom.", field="code") from None
    find_again()
    journal.record("open_contract", contract.code, room=ROOM, by=by)
    return contract


@transaction.atomic
def change_contract(contract: Contract, *, title: str, starts_on: date, ends_on: date, by: User | None) -> Contract:
    """Another title, other dates. The code stays: addresses and the journal hold it."""
    keeper_only(by)
    row = Contract.objects.select_for_update().get(pk=contract.pk)
    wanted = {"title": _check(title, starts_on, ends_on), "starts_on": starts_on, "ends_on": ends_on}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        find_again()
        journal.record("change_contract", row.code, room=ROOM, by=by)
    return row


@transaction.atomic
def amend(
    contract: Contract, *, title: str, signed_on: date, new_end: date | None = None, by: User | None
) -> Amendment:
    """A signed change; with ``new_end`` the contract binds until that day."""
    keeper_only(by)
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
    keeper_only(by)
    if not name_then and signed_on is not None:
        name_on_that_day = name_on(organisation, signed_on)
        name_then = "" if name_on_that_day == organisation.name else name_on_that_day
    signature, _ = Signature.objects.update_or_create(
        contract=contract,
        organisation=organisation,
        defaults={"signed_on": signed_on, "name_then": name_then},
    )
    journal.record("sign", f"{contract.code}:{organisation.code}", room=ROOM, by=by)
    return signature


@transaction.atomic
def sign_as_new(
    contract: Contract, *, name: str, kind: str, siret: str = "", signed_on: date | None = None, by: User | None
) -> Signature:
    """An institution that the house does not know yet enters it by its signature, both or neither."""
    keeper_only(by)
    known = institution_named(name)
    if known is not None:
        raise Refusal(f"« {known} » est déjà connue ici : choisissez-la parmi les institutions connues.", field="name")
    organisation = open_organisation(name=name, kind=kind, siret=siret, by=by)
    return sign(contract, organisation, signed_on, by=by)


@transaction.atomic
def unsign(signature: Signature, *, by: User | None) -> None:
    """Take back a signature that was entered by mistake. The institution stays known."""
    keeper_only(by)
    row = Signature.objects.select_for_update(of=("self",)).select_related("contract", "organisation")
    found = row.filter(pk=signature.pk).first()
    if found is None:
        return
    thing = f"{found.contract.code}:{found.organisation.code}"
    found.delete()
    journal.record("unsign", thing, room=ROOM, by=by)
