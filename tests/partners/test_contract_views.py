"""The pages of the contract: what is typed comes back with its fault beside it, what is used stays."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.core.cards import menu_for
from faubourg.partners import services
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Contract, Objective, Organisation, Signature
from tests.factories.calls import CallFactory
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory, member, officer, siret
from tests.partners.test_contracts import grown, knot, read

pytestmark = pytest.mark.django_db
YEARS = {"starts_on": "2024-01-01", "ends_on": "31/12/2030"}


@pytest.fixture
def boss(client):
    person = officer()
    client.force_login(person)
    return person


@pytest.fixture
def contract(boss):
    return ContractFactory.create(code="contrat-2024", title="Contrat de ville 2024-2030")


def at(name, *args):
    return reverse(f"partners:{name}", args=args)


def faults(response, form="form") -> dict[str, list[str]]:
    assert response.status_code == 422
    return {field: list(words) for field, words in response.context[form].errors.items()}


def messages(client, url) -> list[str]:
    return [str(one) for one in client.get(url).context["messages"]]


# ------------------------------------------------------------------------------------------------- contracts
def test_the_menu_leads_the_officer_alone_to_the_contract(boss):
    assert "partners:contracts" in [item.url_name for item in menu_for(boss)]
    assert "partners:contracts" not in [item.url_name for item in menu_for(member(Role.FUNDER))]


def test_without_contract_the_page_says_what_one_is_for(client, boss):
    text = client.get(at("contracts")).content.decode()
    assert "Aucun contrat pour l’instant" in text
    assert at("contract_new") in text


@pytest.mark.parametrize("count", [1, 3])
def test_contracts_are_listed_in_four_queries(client, boss, django_assert_num_queries, count):
    for _ in range(count):
        services.sign(grown({"A": {"A1": {}}}), OrganisationFactory.create(), by=None)
    with django_assert_num_queries(4):
        text = client.get(at("contracts")).content.decode()
    assert text.count("En vigueur") == count


def test_contracts_that_are_over_or_to_come_say_so(client, boss):
    ContractFactory.create(starts_on=date(2015, 1, 1), ends_on=date(2023, 12, 31))
    ContractFactory.create(starts_on=date(2031, 1, 1), ends_on=date(2036, 12, 31))
    text = client.get(at("contracts")).content.decode()
    assert ("Terminé" in text, "À venir" in text, "En vigueur" in text) == (True, True, False)


def test_a_contract_is_entered(client, boss):
    response = client.post(at("contract_new"), {"title": "Contrat", "code": "Contrat-2024", **YEARS})
    row = Contract.objects.get()
    assert (response.status_code, response["Location"]) == (302, at("contract", "contrat-2024"))
    assert (row.code, row.title, row.starts_on, row.ends_on) == (
        "contrat-2024", "Contrat", date(2024, 1, 1), date(2030, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": ""}, "title", "Écrivez le titre du contrat."),
        ({"code": "le contrat"}, "code", "Écrivez-le sans espace ni accent, par exemple contrat-2024."),
        ({"code": "nouveau"}, "code", "Ce mot sert déjà à une page. Choisissez par exemple contrat-2024."),
        ({"code": "0612345678"}, "code", "Ce nom ressemble à un numéro de téléphone. Choisissez-en un autre."),
        ({"code": "deja"}, "code", "Le contrat « deja » existe déjà. Choisissez un autre nom."),
        ({"ends_on": "2024-01-01"}, "ends_on", "Le contrat finit avant de commencer. Vérifiez les deux dates."),
        (
            {"ends_on": "31/02/2030"},
            "ends_on",
            "Ce jour n’existe pas ou n’est pas lisible. Écrivez-le ainsi : 12/03/2027.",
        ),
    ],
)
def test_a_contract_refused_keeps_what_was_typed(client, boss, wrong, field, words):
    ContractFactory.create(code="deja")
    response = client.post(at("contract_new"), {"title": "Mon contrat", "code": "c", **YEARS, **wrong})
    assert faults(response) == {field: [words]}
    assert Contract.objects.count() == 1
    assert wrong.get("title", "Mon contrat") in response.content.decode()


def test_title_and_dates_change_and_the_code_stays(client, contract):
    response = client.post(at("contract", "contrat-2024"), {"title": "Autre", "code": "x", **YEARS})
    assert response["Location"] == at("contract", "contrat-2024")
    assert Contract.objects.get().title == "Autre"
    response = client.post(at("contract", "contrat-2024"), {"title": "Autre", **YEARS, "ends_on": "2023-01-01"})
    assert faults(response) == {"ends_on": ["Le contrat finit avant de commencer. Vérifiez les deux dates."]}
    assert "Contrat de ville du" not in response.content.decode()


def test_things_of_another_contract_are_not_found(client, contract):
    row, other = ObjectiveFactory.create(), ContractFactory.create()
    for address in (
        at("contract", "rien"),
        at("objective", "contrat-2024", row.code),
        at("objective", other.code, row.code),
    ):
        assert client.get(address).status_code == 404
    assert client.post(at("signature_remove", "contrat-2024", "O-22222222")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_one_contract_is_read_in_nine_queries(client, contract, django_assert_num_queries, count):
    grown({f"A{i}": {f"B{i}": {}} for i in range(count)}, contract)
    for i in range(count):
        services.sign(contract, OrganisationFactory.create(name=f"Ville {i}", kind="municipality"), by=None)
    with django_assert_num_queries(9):
        text = client.get(at("contract", "contrat-2024")).content.decode()
    assert (text.count("Voir les personnes"), text.count("/objectifs/OBJ-")) == (count, count * 2 + (count - 1) * 2)


# ------------------------------------------------------------------------------------------------- signatories
def test_an_institution_that_is_known_signs_once(client, contract, boss):
    agency = boss.memberships.get().organisation
    asked = {"known-organisation": agency.code, "known-signed_on": "2024-03-19"}
    assert client.post(at("signature_add", "contrat-2024"), asked)["Location"].endswith("/contrat-2024/#signataires")
    row = Signature.objects.get()
    assert (row.organisation, row.signed_on) == (agency, date(2024, 3, 19))
    assert faults(client.post(at("signature_add", "contrat-2024"), asked), "known_form") == {
        "organisation": ["Cette institution a déjà signé, ou n’est pas connue. Choisissez dans la liste."]
    }
    text = client.get(at("contract", "contrat-2024")).content.decode()
    assert "Choisir une institution connue" not in text  # nobody is left to choose
    assert 'name="new-signed_on" value="2024-03-19"' in text  # the day is proposed to the next one


def test_associations_are_not_proposed_as_signatories(client, contract):
    OrganisationFactory.create(name="Roue libre 40")
    assert "Roue libre 40" not in client.get(at("contract", "contrat-2024")).content.decode()


def test_a_new_institution_signs_with_its_nature(client, contract):
    asked = {"new-name": "Ville de Dax", "new-kind": "municipality", "new-siret": siret(1)}
    assert client.post(at("signatory_new", "contrat-2024"), asked).status_code == 302
    row = Signature.objects.select_related("organisation").get()
    assert (row.organisation.name, row.organisation.kind, row.organisation.siret, row.signed_on) == (
        "Ville de Dax", "municipality", siret(1), None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"new-name": ""}, "name", "Écrivez le nom de l’institution."),
        ({"new-kind": ""}, "kind", "Choisissez la nature de l’institution."),
        ({"new-siret": "123"}, "siret", "Un SIRET compte 14 chiffres ; celui-ci en a 3."),
        ({"new-kind": "other"}, "siret", "Donnez au moins un des deux numéros : SIRET ou RNA."),
        (
            {"new-name": "AGGLOMÉRATION"},
            "name",
            "« Agglomération » est déjà connue ici : choisissez-la parmi les institutions connues.",
        ),
    ],
)
def test_a_new_institution_refused_keeps_what_was_typed(client, contract, wrong, field, words):
    asked = {"new-name": "Ville de Dax", "new-kind": "municipality", "new-signed_on": "2024-03-19", **wrong}
    response = client.post(at("signatory_new", "contrat-2024"), asked)
    assert faults(response, "new_form") == {field: [words]}
    assert (Signature.objects.count(), Organisation.objects.count()) == (0, 1)
    assert 'value="2024-03-19"' in response.content.decode()


def test_nobody_enters_an_association_as_a_signatory(client, contract):
    asked = {"new-name": "Roue libre", "new-kind": "association", "new-siret": siret(1)}
    assert "kind" in faults(client.post(at("signatory_new", "contrat-2024"), asked), "new_form")


def test_a_signature_is_taken_back(client, contract):
    city = OrganisationFactory.create(name="Ville", kind=OrganisationKind.MUNICIPALITY)
    services.sign(contract, city, by=None)
    address = at("signature_remove", "contrat-2024", city.code)
    response = client.post(address)
    assert messages(client, response["Location"]) == [
        "La signature de « Ville » est retirée. L’institution reste connue ici."
    ]
    assert client.post(address).status_code == 404


# ------------------------------------------------------------------------------------------------- the tree
def test_the_tree_is_grown_from_its_pages(client, contract):
    client.post(at("objective_add", "contrat-2024"), {"under-title": "Grandir", "under-level": "pilier"})
    top = knot("Grandir")
    text = client.get(at("contract", "contrat-2024")).content.decode()
    assert 'name="under-level" value="pilier"' in text  # its sisters' level is proposed
    response = client.post(at("objective_under", "contrat-2024", top.code), {"under-title": "École"})
    assert response["Location"] == at("objective", "contrat-2024", top.code)
    client.post(at("objective_under", "contrat-2024", knot("École").code), {"under-title": "Lire"})
    assert read(contract) == [("Grandir", "001"), ("École", "001.001"), ("Lire", "001.001.001")]
    assert "Sous «\u00a0École\u00a0»" in client.get(at("objective", "contrat-2024", knot("Lire").code)).content.decode()


def test_an_objective_refused_keeps_what_was_typed(client, contract):
    grown({"A": {}}, contract)
    here = ("contrat-2024", knot("A").code)
    empty = {"title": ["Écrivez l’intitulé de l’objectif."]}
    assert faults(client.post(at("objective_add", "contrat-2024"), {"under-level": "axe"}), "knot_form") == empty
    assert faults(client.post(at("objective_under", *here), {"under-title": " "}), "knot_form") == empty
    assert faults(client.post(at("objective", *here), {"title": "", "level": "axe"})) == empty
    assert read(contract) == [("A", "001")]


def test_an_objective_is_renamed(client, contract):
    grown({"A": {}}, contract)
    row = knot("A")
    response = client.post(at("objective", "contrat-2024", row.code), {"title": "B", "level": "axe"})
    assert response["Location"].endswith(f"/contrat-2024/#{row.code}")
    assert list(Objective.objects.values_list("title", "level", "slug")) == [("B", "axe", "a")]


def test_an_objective_moves_and_the_page_comes_back_to_it(client, contract):
    grown({"A": {}, "B": {}}, contract)
    row = knot("B")
    address = at("objective_move", "contrat-2024", row.code)
    assert client.post(address, {"way": "up"})["Location"].endswith(f"/contrat-2024/#{row.code}")
    assert read(contract) == [("B", "001"), ("A", "002")]
    response = client.post(address, {"way": "up"})
    assert (response.status_code, "déjà le premier" in response.content.decode()) == (422, True)


def test_an_objective_that_is_used_stays(client, contract):
    grown({"A": {}, "B": {}}, contract)
    CallFactory.create(contract=contract, with_objective=False).objectives.add(knot("A"))
    response = client.post(at("objective_remove", "contrat-2024", knot("A").code))
    assert response.status_code == 422
    assert "« A » reste en place : s’y rattachent encore 1 appel à projets." in response.content.decode()
    response = client.post(at("objective_remove", "contrat-2024", knot("B").code))
    assert messages(client, response["Location"]) == ["« B » est retiré."]
    assert "B" not in [title for title, _ in read(contract)]
