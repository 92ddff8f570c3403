"""Finding one's organisation."""

import pytest
from django.urls import reverse

from faubourg.partners.enums import MembershipState, Role
from tests.factories.partners import MembershipFactory, OrganisationFactory
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_find_by_name_without_accents(client, visitor):
    OrganisationFactory.create(name="Théâtre de l’Été")
    page = client.get(reverse("partners:find"), {"q": "theatre ete"}).content.decode()
    assert "Théâtre de l’Été" in page
    assert "1 organisme trouvé" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Parler pour un organisme"), ("x", "au moins deux lettres"), ("cirque", "Aucun organisme trouvé"),
     ("x" * 161, "Parler pour un organisme")],
)  # fmt: skip
def test_find_nothing_says_what_to_do(client, visitor, typed, said):
    assert said in client.get(reverse("partners:find"), {"q": typed}).content.decode()


@pytest.mark.parametrize(
    ("typed", "carried"), [("Cœur & Été", "?nom=C%C5%93ur+%26+%C3%89t%C3%A9"), ("800 000 1", "?siret=800+000+1")]
)
def test_find_carries_what_was_typed_on_to_the_new_organisation(client, visitor, typed, carried):
    page = client.get(reverse("partners:find"), {"q": typed}).content.decode()
    assert f'href="{reverse("partners:open")}{carried}"' in page.replace("&amp;", "&")


def test_find_says_where_one_stands(client, visitor):
    for name, state, role in (
        ("École A", MembershipState.CONFIRMED, Role.SIGNER),
        ("École B", MembershipState.CLAIMED, Role.MEMBER),
        ("École C", MembershipState.REFUSED, Role.MEMBER),
    ):
        one = OrganisationFactory.create(name=name)
        MembershipFactory.create(user=visitor, organisation=one, state=state, role=role)
    page = client.get(reverse("partners:find"), {"q": "ecole"}).content.decode()
    assert page.count("Demander à le rejoindre") == 1
    assert page.count("Demande en attente") == 1
    assert page.count("signataire</span>") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_find_query_count(client, visitor, django_assert_num_queries, count):
    dax = MunicipalityFactory.create()
    for _ in range(count):
        OrganisationFactory.create(name="École", municipality=dax)
    with django_assert_num_queries(5):  # session, person, her roles, the organisations, her claims
        client.get(reverse("partners:find"), {"q": "ecole"})
