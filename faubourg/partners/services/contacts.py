"""Whom to reach in an organisation: kept by it and by the officer, forgotten when nobody confirms it."""

import re
from datetime import timedelta

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.accounts.services import clean_email
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.journal import services as journal
from faubourg.partners.models import Contact, Organisation
from faubourg.partners.rules import may_keep_contacts
from faubourg.partners.services.memberships import ROOM

KEPT = timedelta(days=3 * 365)
MOST_CONTACTS = 20
_PHONE = re.compile(r"0[1-9][0-9]{8}|\+[1-9][0-9]{7,14}|[1-9][0-9]{3}")


@transaction.atomic
def add_contact(
    organisation: Organisation, *, title: str, name: str = "", email: str = "", phone: str = "", by: User
) -> Contact:
    """Refusals, all at once: ``title`` (missing), ``email`` (no address; one of both is needed), ``phone``."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _allow(held, by)
    if held.contacts.count() >= MOST_CONTACTS:
        raise Refusal(f"{MOST_CONTACTS} contacts suffisent : retirez-en un d’abord.")
    contact = Contact(organisation=held, **_clean(title, name, email, phone))
    contact.save()
    journal.record("add_contact", contact.code, room=ROOM, by=by)
    return contact


@transaction.atomic
def change_contact(
    contact: Contact, *, title: str, name: str = "", email: str = "", phone: str = "", by: User
) -> Contact:
    """Changed or not, what is sent again is confirmed: it is kept three more years."""
    row = Contact.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=contact.pk)
    _allow(row.organisation, by)
    for field, value in _clean(title, name, email, phone).items():
        setattr(row, field, value)
    row.checked_on = clock.today()
    row.save()
    journal.record("change_contact", row.code, room=ROOM, by=by)
    return row


@transaction.atomic
def remove_contact(contact: Contact, *, by: User) -> None:
    _allow(contact.organisation, by)
    code = contact.code
    if Contact.objects.filter(pk=contact.pk).delete()[0]:
        journal.record("remove_contact", code, room=ROOM, by=by)


def _allow(organisation: Organisation, by: User) -> None:
    if not may_keep_contacts(by, organisation):
        raise NotAllowed("Les contacts sont tenus par les personnes de l’organisme et le chargé de mission.")


def _clean(title: str, name: str, email: str, phone: str) -> dict[str, str]:
    """What is kept of what was typed; all that is wrong at once."""
    title, name = " ".join(title.split())[:80], " ".join(name.split())[:120]
    phone = re.sub(r"[\s.\-\u00a0\u202f]", "", phone)
    faults = [] if title else [Refusal("Écrivez la fonction : direction, comptabilité…", field="title")]
    if email.strip():
        try:
            email = clean_email(email)
        except Refusal as refusal:
            faults.append(refusal)
    elif not phone:
        faults.append(Refusal("Donnez une adresse électronique ou un téléphone.", field="email"))
    if phone and not _PHONE.fullmatch(phone):
        words = "Ce numéro n’est pas complet. Écrivez-le ainsi : 05 58 56 80 00, ou +33 5 58 56 80 00."
        faults.append(Refusal(words, field="phone"))
    if faults:
        raise Refusals(faults)
    return {"title": title, "name": name, "email": email.strip(), "phone": phone}


# ------------------------------------------------------------------------------------------------- daily
def forget_contacts() -> int:
    """Daily: a contact that nobody has confirmed for three years is no use to anybody."""
    return Contact.objects.filter(checked_on__lt=clock.today() - KEPT).delete()[0]
