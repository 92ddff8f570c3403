"""The pages of organisations, as their tests go about in them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.documents.services import store
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.models import Membership
from tests.factories.partners import MembershipFactory

PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def paper(content: bytes = PDF, name: str = "recepisse.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def with_proof(**values) -> Membership:
    row = MembershipFactory.create(state=MembershipState.CLAIMED, role=Role.SIGNER, **values)
    row.proof = store(PDF, name="recepisse.pdf", access=f"partners.membership:{row.code}", by=None)
    row.save()
    return row


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {field: list(words) for field, words in response.context["form"].errors.items()}
