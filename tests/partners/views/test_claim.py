"""Asking to speak for an organisation, with the same attacks through the browser's door."""

import pytest
from django.urls import reverse

from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.forms.people import FILE_AGAIN
from faubourg.partners.models import Membership
from tests.factories.partners import OrganisationFactory, member, officer
from tests.partners.views.ground import PDF, errors, paper

pytestmark = pytest.mark.django_db
NO_PROOF = "Joignez un justificatif : sans lui, personne ne peut vérifier votre demande."


def test_claim_with_proof_waits(client, visitor):
    organisation = OrganisationFactory.create()
    url = reverse("partners:claim", args=[organisation.code])
    assert "personne chargée du contrat de ville" in client.get(url).content.decode()
    response = client.post(url, {"role": "signer", "title": "trésorière", "proof": paper()}, follow=True)
    assert response.redirect_chain == [(reverse("partners:mine"), 302)]
    assert f"Votre demande pour {organisation} est envoyée." in response.content.decode()
    assert visitor.memberships.get().state == MembershipState.CLAIMED
    assert client.get(reverse("partners:organisation", args=[organisation.code])).status_code == 403


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"role": "signer"}, {"proof": [NO_PROOF]}),
        ({"proof": PDF}, {"role": ["Choisissez votre rôle."], "proof": [FILE_AGAIN]}),
        (
            {"role": "officer", "proof": PDF},
            {
                "role": ["Ce rôle ne se demande pas ici. Choisissez un des deux rôles proposés."],
                "proof": [FILE_AGAIN],
            },
        ),
        ({"role": "signer", "proof": b""}, {"proof": ["Ce fichier est vide. Choisissez-en un autre."]}),
    ],
)  # fmt: skip
def test_claim_faults_beside_their_field(client, visitor, sent, said):
    if "proof" in sent:
        sent = {**sent, "proof": paper(sent["proof"])}
    organisation = OrganisationFactory.create()
    response = client.post(reverse("partners:claim", args=[organisation.code]), {**sent, "title": "Présidente"})
    assert errors(response) == said
    assert 'value="Présidente"' in response.content.decode()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (paper(b"MZ\x90\x00 a program", "recepisse.pdf"), "Ce fichier s’appelle .pdf mais contient"),
        (paper(b"MZ\x90\x00 a program", "recepisse.exe"), "Les fichiers .exe ne sont pas acceptés"),
        (paper(b"%PDF-1.4\n" + b"0" * 10_500_000), "Ce fichier est trop lourd"),
    ],
    ids=["lies", "type", "heavy"],
)
def test_claim_file_that_will_not_do(client, visitor, file, words):
    organisation = OrganisationFactory.create()
    response = client.post(
        reverse("partners:claim", args=[organisation.code]), {"role": "signer", "title": "Présidente", "proof": file}
    )
    [said] = errors(response)["proof"]
    assert said.startswith(words)
    assert 'value="Présidente"' in response.content.decode()
    assert not Membership.objects.exists()


@pytest.mark.parametrize("role", ["officer", "funder", "elected", "council", "company"])
def test_claim_forged_role_through_the_form(client, visitor, role):
    organisation = OrganisationFactory.create()
    member(Role.SIGNER, organisation)
    response = client.post(reverse("partners:claim", args=[organisation.code]), {"role": role, "proof": paper()})
    assert list(errors(response)) == ["role", "proof"]
    assert not visitor.memberships.exists()


def test_claim_forged_fields_are_ignored(client, visitor):
    organisation = OrganisationFactory.create()
    sent = {
        "role": "signer", "proof": paper(), "state": "confirmed", "user": officer().pk, "decided_at": "2026-01-01",
        "organisation": OrganisationFactory.create().pk,
    }  # fmt: skip
    client.post(reverse("partners:claim", args=[organisation.code]), sent)
    row = Membership.objects.get(organisation=organisation)
    assert (row.user, row.state, row.decided_at) == (visitor, MembershipState.CLAIMED, None)


def test_claim_twice_through_the_form(client, visitor):
    organisation = OrganisationFactory.create()
    url = reverse("partners:claim", args=[organisation.code])
    client.post(url, {"role": "signer", "proof": paper()})
    response = client.post(url, {"role": "member", "proof": paper()})
    assert list(errors(response)) == ["__all__", "proof"]
    assert Membership.objects.count() == 1


def test_claim_where_a_signer_lives_needs_no_proof(client, visitor):
    organisation = OrganisationFactory.create()
    member(Role.SIGNER, organisation)
    url = reverse("partners:claim", args=[organisation.code])
    assert "par un signataire de cet organisme" in client.get(url).content.decode()
    client.post(url, {"role": "member"})
    assert visitor.memberships.get().proof is None
