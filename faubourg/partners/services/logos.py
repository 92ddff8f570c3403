"""An organisation's logo: a picture drawn again, with the words for who does not see it."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.documents import services as documents
from faubourg.journal import services as journal
from faubourg.partners.models import Organisation
from faubourg.partners.rules import may_manage
from faubourg.partners.services.memberships import ROOM


@transaction.atomic
def set_logo(organisation: Organisation, *, file: UploadedFile, alt: str = "", by: User) -> Organisation:
    """In the place of the one before. ``alt`` says it in words; the name of the organisation when nothing is given.

    Refusals: ``file`` (no PNG, JPEG or WebP picture, broken, too heavy or too large).
    """
    row = _locked(organisation, by)
    former = row.logo
    row.logo = documents.store_logo(file, access=f"partners.logo:{row.code}", by=by)
    row.logo_alt = " ".join(alt.split())[:120] or f"Logo de {row.name}"[:120]
    _write(organisation, row)
    if former is not None:
        documents.remove(former, by=by)
    journal.record("set_logo", row.code, room=ROOM, by=by)
    return row


@transaction.atomic
def remove_logo(organisation: Organisation, *, by: User) -> Organisation:
    row = _locked(organisation, by)
    if row.logo is None:
        raise Refusal("Cet organisme n’a pas de logo.")
    former, row.logo, row.logo_alt = row.logo, None, ""
    _write(organisation, row)
    documents.remove(former, by=by)
    journal.record("remove_logo", row.code, room=ROOM, by=by)
    return row


def _locked(organisation: Organisation, by: User) -> Organisation:
    row = Organisation.objects.select_for_update(of=("self",)).select_related("logo").get(pk=organisation.pk)
    if not may_manage(by, row):
        raise NotAllowed("Un signataire de l’organisme ou le chargé de mission en change le logo.")
    return row


def _write(organisation: Organisation, row: Organisation) -> None:
    row.save(update_fields=["logo", "logo_alt"])
    organisation.logo, organisation.logo_alt = row.logo, row.logo_alt
