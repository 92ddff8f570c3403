"""Every address of the editors' desk stands behind the house's own door: its library has one too, which is shut."""

import re

import pytest
from django.urls import URLResolver, get_resolver, reverse

from faubourg.partners.enums import Role
from tests.factories.partners import OrganisationFactory, member

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OWN = ("/redaction/account/", "/redaction/logout/")  # lead to one's own profile, and out
SAMPLES = {"int": "1", "string": "x", "str": "x", "slug": "x", "uuid": "0" * 32, "path": "x", "unsigned_int": "1"}


def addresses(entry, prefix="/") -> list[str]:
    """One address for each pattern under this one, with some value for each parameter."""
    pattern = entry.pattern
    made = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        made = made.replace(f"<{kind}:{name}>", SAMPLES.get(kind, "1")).replace(f"<{name}>", "x")
    if "(?" in made or made.startswith("^"):
        made = re.sub(r"\(\?[^)]*\)", "1", made).strip("^$").replace("\\", "").replace(".*", "nulle-part")
    if isinstance(entry, URLResolver):
        return [found for one in entry.url_patterns for found in addresses(one, prefix + made)]
    return [prefix + made]


def desk() -> list[str]:
    found = [entry for entry in get_resolver().url_patterns if isinstance(entry, URLResolver)]
    (whole,) = [entry for entry in found if str(entry.url_patterns[0].pattern) == "redaction/"]
    return sorted(set(addresses(whole)))


def test_no_address_of_the_desk_answers_anybody_else(client):
    door, known = reverse("accounts:sign_in"), desk()
    assert len(known) > 120
    signer = member(Role.SIGNER, OrganisationFactory.create())
    for address in known:
        for send in (client.get, client.post):
            answer = send(address)
            assert answer.status_code in (302, 404), address
            if address not in OWN:
                assert answer["Location"].startswith(door), address
    client.force_login(signer)
    for address in known:
        if address not in OWN:
            assert client.get(address).status_code == 403, address
            assert client.post(address).status_code == 403, address


@pytest.mark.parametrize("name", ["reports/aging-pages/", "reports/site-history/", "test404/", "failwhale/"])
def test_what_nobody_needs_is_shut_for_editors_too(client, home, name):
    assert client.get(f"/redaction/{name}").status_code == 404


def test_one_leaves_by_the_house_s_own_door(client, home):
    assert client.get("/redaction/logout/")["Location"] == reverse("accounts:sign_out")
    assert client.get("/redaction/").status_code == 200


@pytest.mark.parametrize("address", ["/_util/login/", "/documents/1/x.pdf", "/django-admin/", "/admin/", "/cms/"])
def test_the_library_brings_no_door_of_its_own(client, address):
    assert client.get(address).status_code == 404
