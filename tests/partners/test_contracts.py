"""The contract and its tree as their keeper changes them: nothing used is lost, no two knots share a place."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.uses import uses_of
from faubourg.journal.models import Entry
from faubourg.partners import services
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Contract, Objective, Organisation, Signature
from faubourg.partners.selectors import contracts_with_counts, tree, unsigned_institutions
from tests.factories.calls import CallFactory, full_draft
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory, member, officer
from tests.factories.projects import ProjectYearFactory

pytestmark = pytest.mark.django_db
SIGNED = date(2024, 3, 19)


def deeds() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("verb", flat=True))


def grown(shape: dict, contract: Contract | None = None, parent: Objective | None = None) -> Contract:
    """``{"A": {"A1": {}}, "B": {}}`` as a tree of objectives."""
    contract = contract or ContractFactory.create()
    for title, under in shape.items():
        knot = services.add_objective(contract, title=title, parent=parent, by=None)
        grown(under, contract, knot)
    return contract


def read(contract: Contract) -> list[tuple[str, str]]:
    return list(Objective.objects.filter(contract=contract).order_by("path").values_list("title", "path"))


def knot(title: str) -> Objective:
    return Objective.objects.select_related("contract").get(title=title)


# ------------------------------------------------------------------------------------------------- the contract
def test_change_contract_is_written_once():
    boss, contract = officer(), ContractFactory.create(code="contrat-2024")
    wanted = {"title": "Contrat  de ville du Grand Dax", "starts_on": date(2024, 3, 19), "ends_on": date(2031, 1, 1)}
    for _ in range(2):
        services.change_contract(contract, **wanted, by=boss)
    contract.refresh_from_db()
    assert (contract.code, contract.title, contract.starts_on, contract.ends_on) == (
        "contrat-2024", "Contrat de ville du Grand Dax", date(2024, 3, 19), date(2031, 1, 1),
    )  # fmt: skip
    assert deeds() == ["change_contract"]


@pytest.mark.parametrize(("wrong", "field"), [({"title": "  "}, "title"), ({"ends_on": date(2024, 1, 1)}, "ends_on")])
def test_change_contract_refusals(wrong, field):
    contract = ContractFactory.create()
    wanted = {"title": "C", "starts_on": date(2024, 1, 1), "ends_on": date(2030, 12, 31), **wrong}
    with pytest.raises(Refusal) as no:
        services.change_contract(contract, **wanted, by=None)
    assert (no.value.field, deeds()) == (field, [])


def test_a_code_that_the_journal_could_not_hold_is_refused_in_words():
    with pytest.raises(Refusal, match="numéro de téléphone") as no:
        services.open_contract(
            code="c-0612345678", title="C", starts_on=SIGNED, ends_on=date(2030, 1, 1), by=None
        )  # fmt: skip
    assert (no.value.field, Contract.objects.count()) == ("code", 0)


def test_a_contract_and_an_objective_without_title_are_refused_by_the_database():
    for broken in (lambda: ContractFactory.create(title=""), lambda: ObjectiveFactory.create(title="")):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


# ------------------------------------------------------------------------------------------------- signatories
def test_a_new_institution_is_entered_by_its_signature():
    boss, contract = officer(), ContractFactory.create(code="c")
    row = services.sign_as_new(
        contract, name="Ville de Dax", kind=OrganisationKind.MUNICIPALITY, signed_on=SIGNED, by=boss
    )
    assert (row.organisation.name, row.organisation.kind, row.signed_on) == ("Ville de Dax", "municipality", SIGNED)
    assert deeds() == ["open_organisation", "sign"]


def test_an_institution_that_is_known_is_not_entered_twice():
    contract = ContractFactory.create()
    OrganisationFactory.create(name="Ville de Dax", kind=OrganisationKind.MUNICIPALITY)
    OrganisationFactory.create(name="Les Amis du Sablar")
    with pytest.raises(Refusal, match="« Ville de Dax » est déjà connue") as no:
        services.sign_as_new(contract, name="ville de dax", kind=OrganisationKind.STATE, by=None)
    assert (no.value.field, Signature.objects.count(), Organisation.objects.count()) == ("name", 0, 2)
    services.sign_as_new(contract, name="Les amis du Sablar", kind=OrganisationKind.COUNCIL, by=None)


def test_both_the_institution_and_its_signature_or_neither():
    with pytest.raises(Refusal) as no:
        services.sign_as_new(ContractFactory.create(), name="Ville", kind="kingdom", by=None)
    assert (no.value.items[0].field, Organisation.objects.count()) == ("kind", 0)


def test_a_signature_is_taken_back_once_and_the_institution_stays():
    boss, contract = officer(), ContractFactory.create(code="c")
    city = OrganisationFactory.create(name="Ville", kind=OrganisationKind.MUNICIPALITY)
    row = services.sign(contract, city, SIGNED, by=boss)
    agency = boss.memberships.get().organisation
    assert list(unsigned_institutions(contract)) == [agency]
    for _ in range(2):
        services.unsign(Signature(pk=row.pk), by=boss)
    assert list(unsigned_institutions(contract)) == [agency, city]
    assert deeds() == ["sign", "unsign"]


# ------------------------------------------------------------------------------------------------- the tree
def test_levels_are_free_words_and_addresses_are_made():
    contract = ContractFactory.create()
    one = services.add_objective(contract, title="Réussir à l’école", level=" pilier ", by=None)
    other = services.add_objective(contract, title="Réussir à l’école", by=None)
    sign = services.add_objective(contract, title="!!!", parent=one, by=None)
    assert [(row.level, row.slug, row.path) for row in (one, other, sign)] == [
        ("pilier", "reussir-a-lecole", "001"), ("", "reussir-a-lecole-2", "002"), ("", "objectif", "001.001"),
    ]  # fmt: skip
    with pytest.raises(Refusal) as no:
        services.add_objective(contract, title="  ", by=None)
    assert no.value.field == "title"


def test_change_objective_keeps_its_address():
    boss, row = officer(), services.add_objective(ContractFactory.create(), title="Emploi", by=None)
    for _ in range(2):
        services.change_objective(row, title="L’emploi", level="axe", by=boss)
    row.refresh_from_db()
    assert (row.title, row.level, row.slug) == ("L’emploi", "axe", "emploi")
    assert deeds() == ["add_objective", "change_objective"]


def test_a_knot_moves_with_all_that_stands_under_it():
    contract = grown({"A": {"A1": {"A1a": {}}, "A2": {}}, "B": {"B1": {}}, "C": {}})
    grown({"A": {}})  # of another contract: not moved
    services.move_objective(knot("B"), "up", by=None)
    assert read(contract) == [
        ("B", "001"), ("B1", "001.001"), ("A", "002"), ("A1", "002.001"), ("A1a", "002.001.001"), ("A2", "002.002"),
        ("C", "003"),
    ]  # fmt: skip
    services.move_objective(knot("A1"), "down", by=None)
    assert read(contract)[2:6] == [("A", "002"), ("A2", "002.001"), ("A1", "002.002"), ("A1a", "002.002.001")]
    assert [one.objective.title for one in tree(contract.objectives.all())] == ["B", "A", "C"]


@pytest.mark.parametrize(
    ("title", "way", "words"),
    [("A", "up", "déjà le premier"), ("B", "down", "déjà le dernier"), ("A", "left", "« monter » ou « descendre »")],
)
def test_a_move_that_leads_nowhere_is_said(title, way, words):
    contract = grown({"A": {}, "B": {}})
    with pytest.raises(Refusal, match=words):
        services.move_objective(knot(title), way, by=None)
    assert read(contract) == [("A", "001"), ("B", "002")]


def test_an_unused_knot_goes_and_its_place_is_not_given_twice():
    contract = grown({"A": {}, "B": {}, "C": {}})
    gone = knot("B")
    for _ in range(2):
        services.remove_objective(gone, by=None)
    grown({"D": {}}, contract)
    assert read(contract) == [("A", "001"), ("C", "003"), ("D", "004")]
    services.move_objective(knot("C"), "up", by=None)
    assert [title for title, _ in read(contract)] == ["C", "A", "D"]
    assert deeds()[3:] == ["remove_objective", "add_objective", "move_objective"]


def test_a_knot_that_is_used_stays_and_says_by_what():
    contract = grown({"A": {"A1": {}, "A2": {}}})
    row = knot("A")
    call = CallFactory.create(contract=contract, with_objective=False)
    call.objectives.add(row)
    for _ in range(2):
        full_draft(call, OrganisationFactory.create()).objectives.add(row)
    ProjectYearFactory.create(objectives=[row])
    assert uses_of(row) == "2 objectifs, 1 année de projet, 1 appel à projets et 2 dossiers"
    with pytest.raises(Refusal, match="« A » reste en place : s’y rattachent encore 2 objectifs, 1 année de projet"):
        services.remove_objective(row, by=None)
    assert (uses_of(knot("A1")), Objective.objects.filter(pk=row.pk).exists()) == ("", True)


def test_no_knot_falls_with_the_one_above_it():
    grown({"A": {"A1": {}}})
    with pytest.raises(RestrictedError):
        knot("A").delete()


def test_a_tree_ends_before_its_paths_do(monkeypatch):
    contract = ContractFactory.create()
    parent = None
    for level in range(29):
        parent = services.add_objective(contract, title=f"N{level}", parent=parent, by=None)
    with pytest.raises(Refusal, match="Pas plus de 29 niveaux"):
        services.add_objective(contract, title="Trop", parent=parent, by=None)
    services.add_objective(contract, title="Sœur", by=None)
    services.move_objective(knot("Sœur"), "up", by=None)
    assert knot("N28").path == ".".join(["002", *["001"] * 28])
    Objective.objects.filter(title="N0").update(path="999")
    with pytest.raises(Refusal, match="Pas plus de 999 objectifs"):
        services.add_objective(contract, title="Trop", by=None)


def test_all_of_it_is_the_officer_s_alone():
    contract = grown({"A": {}, "B": {}})
    row = services.sign(contract, OrganisationFactory.create(), by=None)
    user = member(Role.FUNDER)
    for attempt in (
        lambda: services.change_contract(contract, title="C", starts_on=SIGNED, ends_on=date(2030, 1, 1), by=user),
        lambda: services.sign_as_new(contract, name="Ville", kind=OrganisationKind.MUNICIPALITY, by=user),
        lambda: services.unsign(row, by=user),
        lambda: services.add_objective(contract, title="C", by=user),
        lambda: services.change_objective(knot("A"), title="C", level="", by=user),
        lambda: services.move_objective(knot("A"), "down", by=user),
        lambda: services.remove_objective(knot("A"), by=user),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_contracts_are_listed_with_what_they_hold():
    old = ContractFactory.create(starts_on=date(2015, 1, 1), ends_on=date(2023, 12, 31))
    new = grown({"A": {"A1": {}}})
    services.sign(new, OrganisationFactory.create(), by=None)
    assert [(row, row.signature_count, row.objective_count) for row in contracts_with_counts()] == [
        (new, 1, 2), (old, None, None),
    ]  # fmt: skip
