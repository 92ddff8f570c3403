"""`faubourg officer`: the first person of an installation, named from the machine and let in by a printed link."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from faubourg.config.starting import missing_migrations
from faubourg.config.words import Stop
from faubourg.core.errors import Refusal


def name_officer(email: str, *, name: str = "", organisation: str = "") -> int:
    """Make this person an officer of the agglomeration. Again, it only gives a fresh link."""
    if missing_migrations():
        raise Stop("La base n’est pas prête : lancez d’abord faubourg manage migrate")
    try:
        with transaction.atomic():
            person, agency = _named(email, name, organisation)
            token = import_module("faubourg.accounts.services").mint_link(person)
    except Refusal as refusal:
        raise Stop(f"{refusal.message} Rien n’a été écrit.") from refusal
    print(f"{person.name} <{person.email}> conduit le contrat de ville pour {agency}.")
    print(f"Pour entrer, ce lien sert une fois, pendant {settings.SIGN_IN_LINK_MINUTES} minutes :")
    print(f"  {settings.BASE_URL}{reverse('accounts:link', args=[token])}")
    return 0


def _named(email: str, name: str, organisation: str) -> tuple[Any, Any]:
    first, _, last = " ".join(name.split()).partition(" ")
    accounts, partners = import_module("faubourg.accounts.services"), import_module("faubourg.partners.services")
    person = accounts.person_for(email, first_name=first, last_name=last, by=None)
    agency = _agency(" ".join(organisation.split()))
    partners.appoint(person, agency, import_module("faubourg.partners.enums").Role.OFFICER, by=None)
    return person, agency


def _agency(name: str) -> Any:
    """The institution of this name, else the one that runs the contract; made when the house knows none."""
    selectors, enums = import_module("faubourg.partners.selectors"), import_module("faubourg.partners.enums")
    known = selectors.institution_named(name) if name else selectors.agency()
    if known is not None:
        return known
    other = selectors.agency()
    if other is not None:
        raise Refusal(f"« {name} » n’est pas connue ici ; l’agglomération inscrite est « {other} ».")
    opens = import_module("faubourg.partners.services").open_organisation
    return opens(name=name or settings.TOWN["agency"], kind=enums.OrganisationKind.AGGLOMERATION, by=None)
