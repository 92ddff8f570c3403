"""Entering an organisation that nobody knows yet."""

import pytest
from django.urls import reverse

from faubourg.partners import rules
from faubourg.partners.enums import MembershipState
from faubourg.partners.forms.people import FILE_AGAIN
from faubourg.partners.models import Organisation
from tests.factories.partners import OrganisationFactory, siret
from tests.factories.territory import MunicipalityFactory
from tests.partners.views.ground import errors, paper

pytestmark = pytest.mark.django_db
NEW = {"name": "Les Jardins", "kind": "association", "siret": siret(1), "role": "signer", "title": "présidente"}


def test_open_takes_over_what_was_searched(client, visitor):
    page = client.get(reverse("partners:open"), {"nom": "Les Jardins", "siret": "1"}).content.decode()
    assert 'value="Les Jardins"' in page
    assert 'value="1"' in page


def test_open_with_spaces_in_its_siret_and_claim(client, visitor):
    dax = MunicipalityFactory.create(insee="40088")
    number = siret(1)
    typed = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
    sent = {**NEW, "siret": typed, "municipality": "40088", "proof": paper()}
    response = client.post(reverse("partners:open"), sent, follow=True)
    assert "Les Jardins est inscrit et votre demande est envoyée." in response.content.decode()
    one = Organisation.objects.get()
    assert (one.siret, one.municipality) == (number, dax)
    assert visitor.memberships.get().state == MembershipState.CLAIMED
    assert not rules.may_work_for(visitor, one)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"siret": "123 456"}, ["siret"]),
        ({"siret": "12345678901234"}, ["siret"]),
        ({"siret": "", "rna": ""}, ["siret"]),
        ({"rna": "W12"}, ["rna"]),
        ({"siret": "1", "rna": "2"}, ["siret", "rna"]),
        ({"name": " "}, ["name"]),
        ({"kind": "state"}, ["kind"]),
        ({"kind": "forged"}, ["kind"]),
        ({"role": "officer"}, ["role"]),
        ({"municipality": "99999"}, ["municipality"]),
        ({"proof": None}, ["proof"]),
        ({"name": "", "siret": "1", "rna": "2", "proof": None}, ["name", "proof", "siret", "rna"]),
    ],
)
def test_open_faults_beside_their_field_and_typed_values_kept(client, visitor, wrong, fields):
    sent = {**NEW, "proof": paper(), **wrong}
    sent = {name: value for name, value in sent.items() if value is not None}
    response = client.post(reverse("partners:open"), sent)
    expected = fields if "proof" in fields else [*fields, "proof"]
    assert list(errors(response)) == expected
    page = response.content.decode()
    for name in ("name", "siret", "rna", "title"):
        typed = str(sent.get(name, "")).strip()
        assert not typed or f'value="{typed}"' in page or f'value="{sent[name]}"' in page
    assert not Organisation.objects.exists()


def test_open_known_siret_gives_nothing_but_the_way_to_join(client, visitor):
    known = OrganisationFactory.create(name="Théâtre", siret=siret(1))
    response = client.post(reverse("partners:open"), {**NEW, "proof": paper()})
    assert errors(response) == {
        "siret": ["Ce numéro est déjà celui de « Théâtre ». Cherchez cet organisme, puis demandez à le rejoindre."],
        "proof": [FILE_AGAIN],
    }
    assert not visitor.memberships.exists()
    assert not rules.may_work_for(visitor, known)
