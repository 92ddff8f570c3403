"""An organisation's logo, through the browser's door."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from faubourg.core.errors import NotAllowed
from faubourg.documents.models import StoredFile
from faubourg.partners import services
from faubourg.partners.enums import Role
from tests.factories.documents import picture_of
from tests.factories.partners import OrganisationFactory, member, officer
from tests.partners.views.ground import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory.create(name="Roue libre 40")


def address(name: str, organisation) -> str:
    return reverse(f"partners:{name}", args=[organisation.code])


def upload(data: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_logo_is_set_shown_to_everybody_replaced_and_removed(client, house):
    client.force_login(member(Role.SIGNER, house))
    url = address("logo_change", house)
    page = client.post(url, {"file": upload(picture_of((900, 300), "WEBP"))}, follow=True).content.decode()
    first = StoredFile.objects.get()
    assert f'src="{address("logo", house)}?{first.code}" alt="Logo de Roue libre 40"' in page
    client.post(url, {"file": upload(picture_of((90, 30))), "alt": "Une roue terre cuite"})
    assert StoredFile.objects.get() != first
    client.logout()
    shown = client.get(address("logo", house))
    assert {name: shown[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")} == {
        "Content-Type": "image/png", "Content-Disposition": "inline", "Cache-Control": "public, max-age=3600",
    }  # fmt: skip
    assert shown["Content-Security-Policy"].startswith("default-src 'none'")
    assert Image.open(io.BytesIO(shown.content)).size == (90, 30)
    client.force_login(officer())
    assert "Une roue terre cuite" in client.get(url).content.decode()
    assert "Le logo est retiré." in client.post(address("logo_remove", house), follow=True).content.decode()
    assert not StoredFile.objects.exists()
    assert client.get(address("logo", house)).status_code == 404
    assert client.post(address("logo_remove", house)).status_code == 422


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Ce fichier n’est pas une image PNG, JPEG ou WebP"),
        (picture_of((4001, 2)), "Cette image est trop grande"),
        (picture_of((2, 2)) + b"0" * 2_200_000, "Ce logo est trop lourd"),
        (b"", "Ce fichier est vide"),
    ],
    ids=["svg", "large", "heavy", "empty"],
)
def test_logo_refused_beside_its_field(client, house, data, said):
    client.force_login(member(Role.SIGNER, house))
    response = client.post(address("logo_change", house), {"file": upload(data), "alt": "Une roue"})
    [words] = errors(response)["file"]
    assert words.startswith(said)
    assert 'value="Une roue"' in response.content.decode()
    assert not StoredFile.objects.exists()


def test_logo_is_changed_by_its_signers_and_the_officer_alone(client, house):
    for user in (member(Role.MEMBER, house), member(Role.SIGNER), member(Role.FUNDER)):
        with pytest.raises(NotAllowed):
            services.set_logo(house, file=upload(picture_of((2, 2))), by=user)
        with pytest.raises(NotAllowed):
            services.remove_logo(house, by=user)
