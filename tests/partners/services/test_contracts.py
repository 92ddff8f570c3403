"""A contract, its amendments, its signatures and its tree."""

from datetime import date

import pytest

from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners import services
from faubourg.partners.enums import Role
from faubourg.partners.models import Amendment, Objective
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, deeds

pytestmark = pytest.mark.django_db


def test_open_contract_amend_and_sign():
    boss = officer()
    contract = services.open_contract(
        code="contrat-2015",
        title="Contrat de ville 2015-2020",
        starts_on=date(2015, 7, 10),
        ends_on=date(2020, 12, 31),
        by=boss,
    )
    services.amend(contract, title="Protocole", signed_on=date(2019, 7, 1), new_end=date(2022, 12, 31), by=boss)
    services.amend(contract, title="Annexe", signed_on=date(2020, 1, 1), by=boss)
    contract.refresh_from_db()
    assert contract.ends_on == date(2022, 12, 31)
    assert list(Amendment.objects.values_list("title", "new_end")) == [
        ("Protocole", date(2022, 12, 31)), ("Annexe", None),
    ]  # fmt: skip
    employment = OrganisationFactory.create(name="France Travail")
    services.sign(contract, employment, date(2015, 7, 10), "Pôle emploi", by=boss)
    services.sign(contract, employment, date(2015, 7, 10), "Pôle emploi", by=boss)
    assert [str(one) for one in contract.signatures.all()] == ["Pôle emploi"]
    assert [verb for verb, *_ in deeds("contrat-2015")] == ["open_contract", "amend", "amend"]


def test_contract_refusals():
    asked = {"code": "c", "title": "C", "starts_on": date(2024, 1, 1), "ends_on": date(2030, 1, 1)}
    contract = services.open_contract(**asked, by=None)
    for wrong, field in (({}, "code"), ({"code": "d", "ends_on": date(2024, 1, 1)}, "ends_on")):
        with pytest.raises(Refusal) as no:
            services.open_contract(**{**asked, **wrong}, by=None)
        assert no.value.field == field
    with pytest.raises(Refusal) as no:
        services.amend(contract, title="A", signed_on=TODAY, new_end=date(2023, 1, 1), by=None)
    assert no.value.field == "new_end"


def test_contract_is_kept_by_the_officer_alone():
    contract, user = ContractFactory.create(), member(Role.FUNDER)
    asked = {"code": "c", "title": "C", "starts_on": date(2024, 1, 1), "ends_on": date(2030, 1, 1)}
    for attempt in (
        lambda: services.open_contract(**asked, by=user),
        lambda: services.amend(contract, title="A", signed_on=TODAY, by=user),
        lambda: services.sign(contract, OrganisationFactory.create(), by=user),
        lambda: services.add_objective(contract, title="O", level="axe", slug="o", by=user),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_add_objective_grows_the_tree_in_order():
    contract = ContractFactory.create()

    def add(slug: str, parent: Objective | None = None) -> Objective:
        return services.add_objective(contract, title=slug, level="axe", slug=slug, parent=parent, by=None)

    first, second = add("a"), add("b")
    assert [add("a1", first).path, add("a2", first).path, add("b1", second).path] == ["001.001", "001.002", "002.001"]
    with pytest.raises(Refusal) as no:
        add("a")
    assert no.value.field == "slug"
    with pytest.raises(Refusal) as no:
        add("c", ObjectiveFactory.create())
    assert no.value.field == "parent"
