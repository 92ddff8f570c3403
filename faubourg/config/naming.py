"""`faubourg officer`: the first person of an installation, named from the machine and let in by a printed link."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from faubourg.config.words import Stop
from faubourg.core.errors import Refusal


def name_officer(email: str, *, first_name: str = "", last_name: str = "") -> int:
    """Make this person an officer of the agglomeration of the settings. Again, it only gives a fresh link."""
    try:
        with transaction.atomic():
            person, agency = _named(email, first_name, last_name)
            token = import_module("faubourg.accounts.services").mint_link(person)
    except Refusal as refusal:
        raise Stop(f"{refusal.message} Rien n’a été écrit.") from refusal
    print(f"{person.name} <{person.email}> conduit le contrat de ville pour {agency}.")
    print(f"Pour entrer, ce lien sert une fois, pendant {settings.SIGN_IN_LINK_MINUTES} minutes :")
    print(f"  {settings.BASE_URL}{reverse('accounts:link', args=[token])}")
    return 0


def _named(email: str, first_name: str, last_name: str) -> tuple[Any, Any]:
    person = import_module("faubourg.accounts.services").person_for(
        email, first_name=first_name, last_name=last_name, by=None
    )
    services, enums = import_module("faubourg.partners.services"), import_module("faubourg.partners.enums")
    agency = import_module("faubourg.partners.selectors").agency()
    if agency is None:
        kind = enums.OrganisationKind.AGGLOMERATION
        agency = services.open_organisation(name=settings.TOWN["agency"], kind=kind, by=None)
    services.appoint(person, agency, enums.Role.OFFICER, by=None)
    return person, agency
