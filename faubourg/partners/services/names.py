"""Schemes and institutions change their names; their years do not: what they were called is kept."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.journal import services as journal
from faubourg.partners.listed import listed_organisation
from faubourg.partners.models import Organisation, OrganisationName, Signature
from faubourg.partners.rules import may_manage
from faubourg.partners.services.memberships import ROOM
from faubourg.partners.services.organisations import faults_of_name
from faubourg.search import services as search


@transaction.atomic
def rename_organisation(organisation: Organisation, *, name: str, valid_from: date, by: User | None) -> Organisation:
    """Another name since a day. The former one stays: in the search, and under the contracts signed before that day.

    Refusals: ``name`` (empty, too long, the same), ``valid_from`` (to come, or before the last change).
    """
    row = _locked(organisation, by)
    name = _checked(name, row)
    last = row.names.last()
    if valid_from > clock.today():
        raise Refusal("Ce jour est à venir. Changez le nom quand le nouveau vaudra.", field="valid_from")
    if last is not None and last.valid_from is not None and valid_from <= last.valid_from:
        raise Refusal(f"Le nom d’aujourd’hui vaut depuis le {last.valid_from:%d/%m/%Y}.", field="valid_from")
    if last is None:
        OrganisationName.objects.create(organisation=row, name=row.name)
    OrganisationName.objects.create(organisation=row, name=name, valid_from=valid_from)
    before = Q(signed_on__lt=valid_from) | Q(signed_on__isnull=True, contract__starts_on__lt=valid_from)
    Signature.objects.filter(before, organisation=row, name_then="").update(name_then=row.name)
    return _write(organisation, row, name, "rename_organisation", by)


@transaction.atomic
def correct_name(organisation: Organisation, *, name: str, by: User | None) -> Organisation:
    """A slip of the hand in the name of today: nothing of it is remembered."""
    row = _locked(organisation, by)
    name = _checked(name, row)
    last = row.names.last()
    if last is not None:
        last.name = name
        last.save()
    return _write(organisation, row, name, "correct_name", by)


def _locked(organisation: Organisation, by: User | None) -> Organisation:
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if by is not None and not may_manage(by, row):
        raise NotAllowed("Un signataire de l’organisme ou le chargé de mission en change le nom.")
    return row


def _checked(name: str, row: Organisation) -> str:
    name = " ".join(name.split())
    faults = faults_of_name(name)
    if faults:
        raise Refusals(faults)
    if name == row.name:
        raise Refusal("C’est déjà son nom.", field="name")
    return name


def _write(organisation: Organisation, row: Organisation, name: str, verb: str, by: User | None) -> Organisation:
    row.name = organisation.name = name
    row.save(update_fields=["name"])
    search.put(listed_organisation(row))
    search.rebuild_soon()  # its projects and applications are found by its name
    journal.record(verb, row.code, room=ROOM, by=by)
    return row
