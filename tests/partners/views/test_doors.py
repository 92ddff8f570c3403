"""The pages of organisations: who comes in."""

import pytest
from django.urls import reverse

from faubourg.core.cards import menu_for
from faubourg.partners.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, member, officer
from tests.partners.views.ground import with_proof

pytestmark = pytest.mark.django_db


def test_pages_anonymous_is_led_to_the_door_and_back(client):
    row = with_proof()
    for name, code in (
        ("find", None), ("open", None), ("mine", None), ("claims", None), ("claim", row.organisation.code),
        ("organisation", row.organisation.code), ("appoint", row.organisation.code), ("decide", row.code),
        ("proof", row.code), ("end", row.code),
    ):  # fmt: skip
        url = reverse(f"partners:{name}", args=[code] if code else [])
        response = client.get(url)
        assert (response.status_code, response.url) == (302, f"{reverse('accounts:sign_in')}?next={url}")


def test_pages_unknown_code_is_not_found(client, visitor):
    client.force_login(officer())
    for name in ("claim", "organisation", "appoint", "decide", "proof", "end"):
        assert client.get(reverse(f"partners:{name}", args=["X-22222222"])).status_code == 404


def test_pages_each_role_sees_its_own(client):
    organisation = OrganisationFactory.create()
    signer, colleague = member(Role.SIGNER, organisation), member(Role.MEMBER, organisation)
    asker = with_proof(organisation=organisation)
    orphan = with_proof()
    people = {
        "officer": officer(), "signer": signer, "member": colleague, "claimant": asker.user,
        "funder": member(Role.FUNDER), "resident": UserFactory.create(),
    }  # fmt: skip
    pages = {
        "claims": reverse("partners:claims"),
        "organisation": reverse("partners:organisation", args=[organisation.code]),
        "appoint": reverse("partners:appoint", args=[organisation.code]),
        "decide": reverse("partners:decide", args=[asker.code]),
        "decide orphan": reverse("partners:decide", args=[orphan.code]),
        "proof": reverse("partners:proof", args=[asker.code]),
        "proof orphan": reverse("partners:proof", args=[orphan.code]),
        "end": reverse("partners:end", args=[asker.code]),
    }
    seen = {}
    for who, user in people.items():
        client.force_login(user)
        seen[who] = {page for page, url in pages.items() if client.get(url).status_code == 200}
    assert seen == {
        "officer": set(pages) - {"end"},
        "signer": {"claims", "organisation", "decide", "proof"},
        "member": {"organisation"},
        "claimant": {"proof", "end"},
        "funder": set(),
        "resident": set(),
    }


def test_pages_that_only_show_take_no_post(client):
    row = with_proof()
    client.force_login(row.user)
    for name, code in (
        ("find", None), ("mine", None), ("claims", None), ("organisation", row.organisation.code), ("proof", row.code),
    ):  # fmt: skip
        assert client.post(reverse(f"partners:{name}", args=[code] if code else [])).status_code == 405


def test_menu_by_role():
    def labels(user):
        return [item.label for item in menu_for(user) if item.url_name.startswith("partners:")]

    assert labels(officer()) == ["Le contrat de ville", "Organismes"]
    assert labels(member(Role.SIGNER)) == ["Notre organisme"]
    assert labels(member(Role.MEMBER)) == ["Notre organisme"]
    assert labels(UserFactory.create()) == ["Notre organisme"]
    assert labels(member(Role.FUNDER)) == []
