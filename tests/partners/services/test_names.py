"""Names change, years do not: the former name is found, and stands where it stood."""

from datetime import date

import pytest

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners import selectors, services
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Signature
from tests.factories.accounts import UserFactory
from tests.factories.partners import ContractFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, deeds

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 1)


@pytest.fixture
def agency():
    return OrganisationFactory.create(name="Pôle emploi", kind=OrganisationKind.EMPLOYMENT)


def rename(one, name="France Travail", valid_from=FIRST, by=None):
    return services.rename_organisation(one, name=name, valid_from=valid_from, by=by)


def found(text: str) -> list[tuple[str, str | None]]:
    return [(one.name, one.once) for one in selectors.search_organisations(text)]


def test_rename_keeps_the_former_name(agency):
    rename(agency, "  France   Travail ")
    rename(agency, "Travail de France", date(2026, 5, 1))
    assert agency.name == "Travail de France"
    assert [(row.name, row.valid_from) for row in selectors.names_of(agency)] == [
        ("Travail de France", date(2026, 5, 1)), ("France Travail", FIRST), ("Pôle emploi", None),
    ]  # fmt: skip
    days = {date(2015, 6, 1): "Pôle emploi", date(2023, 12, 31): "Pôle emploi", FIRST: "France Travail",
            date(2026, 4, 30): "France Travail", TODAY: "Travail de France"}  # fmt: skip
    assert {day: selectors.name_on(agency, day) for day in days} == days
    assert deeds(agency.code) == [("rename_organisation", "", "", "")] * 2


def test_search_finds_the_former_name_and_says_it(agency):
    OrganisationFactory.create(name="Emploi et Pôle")
    rename(agency)
    assert found("pole emploi") == [("Emploi et Pôle", None), ("France Travail", "Pôle emploi")]
    assert found("france travail") == [("France Travail", None)]
    assert found("pole travail") == []  # the words of two names together find neither


def test_contracts_keep_the_name_that_signed(agency):
    old, new = ContractFactory.create(starts_on=date(2015, 1, 1)), ContractFactory.create(starts_on=FIRST)
    dated, undated, after = (
        services.sign(contract, OrganisationFactory.create(), by=None) for contract in (old, old, new)
    )
    Signature.objects.filter(pk__in=[dated.pk]).update(organisation=agency, signed_on=date(2015, 7, 1))
    Signature.objects.filter(pk=after.pk).update(organisation=agency, signed_on=FIRST)
    rename(agency)
    assert [str(row) for row in Signature.objects.filter(pk__in=[dated.pk, after.pk]).order_by("pk")] == [
        "Pôle emploi", "France Travail",
    ]  # fmt: skip
    third = ContractFactory.create(starts_on=date(2019, 1, 1))
    assert services.sign(third, agency, date(2019, 3, 1), by=None).name_then == "Pôle emploi"
    assert services.sign(third, agency, date(2024, 3, 1), by=None).name_then == ""
    undated.refresh_from_db()
    assert undated.name_then == ""


def test_rename_what_will_not_do(agency):
    rename(agency)
    faults = {}
    for case, sent in {
        "empty": {"name": " "},
        "long": {"name": "x" * 161},
        "invisible": {"name": "France\u202eTravail"},
        "same": {"name": "France Travail"},
        "to come": {"name": "Autre", "valid_from": date(2026, 11, 24)},
        "before": {"name": "Autre", "valid_from": FIRST},
    }.items():
        with pytest.raises(Refusal) as no:
            rename(agency, **sent)
        item = getattr(no.value, "items", [no.value])[0]
        faults[case] = (item.field, item.message.partition(".")[0])
    assert faults == {
        "empty": ("name", "Écrivez le nom de l’organisme"),
        "long": ("name", "Ce nom dépasse 160 caractères"),
        "invisible": ("name", "Ce nom contient un signe invisible"),
        "same": ("name", "C’est déjà son nom"),
        "to come": ("valid_from", "Ce jour est à venir"),
        "before": ("valid_from", "Le nom d’aujourd’hui vaut depuis le 01/01/2024"),
    }


def test_rename_by_a_signer_or_the_officer_alone(agency):
    for user in (member(Role.MEMBER, agency), member(Role.FUNDER, agency), member(Role.SIGNER), UserFactory.create()):
        with pytest.raises(NotAllowed):
            rename(agency, by=user)
        with pytest.raises(NotAllowed):
            services.correct_name(agency, name="Autre", by=user)
    rename(agency, by=member(Role.SIGNER, agency))
    rename(agency, "Autre", TODAY, by=officer())


def test_correct_leaves_nothing_of_the_slip(agency):
    services.correct_name(agency, name="Pole Emploi", by=officer())
    assert (agency.name, selectors.names_of(agency)) == ("Pole Emploi", [])
    rename(agency, "France Travai")
    services.correct_name(agency, name="France Travail", by=officer())
    assert [row.name for row in selectors.names_of(agency)] == ["France Travail", "Pole Emploi"]
    assert found("travai") == [("France Travail", None)]
    with clock.at(clock.paris(2027, 1, 1)):
        assert selectors.name_on(agency, clock.today()) == "France Travail"
