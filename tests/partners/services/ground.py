"""Claims as their tests make them and read them again."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.journal.models import Entry
from faubourg.notifications.models import Mail
from faubourg.partners import services
from faubourg.partners.enums import Role
from faubourg.partners.models import Membership, Organisation
from tests.factories.accounts import UserFactory

TODAY = date(2026, 11, 23)


def paper(content: bytes = b"%PDF-1.4\n1 0 obj\n%%EOF\n", name: str = "recepisse.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def ask(organisation: Organisation, by=None, role: str = Role.SIGNER, proof="given") -> Membership:
    upload = paper() if proof == "given" else proof
    return services.claim(organisation, role=role, proof=upload, by=by or UserFactory.create())


def deeds(thing: str) -> list[tuple[str, str, str, str]]:
    rows = Entry.objects.filter(thing=thing).order_by("number")
    return list(rows.values_list("verb", "before", "after", "actor"))


def mails() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("kind", "to"))
