"""Whom to reach: kept by the organisation, seen by the desk, forgotten in time."""

from datetime import timedelta

import pytest

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal.models import Entry
from faubourg.partners import rules, selectors, services
from faubourg.partners.enums import Role
from faubourg.partners.models import Contact
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, deeds

pytestmark = pytest.mark.django_db
WHO = {"title": "comptabilité", "name": "Zoé Berho", "email": "Zoe@Exemple.fr", "phone": "05.58 56-80 00"}


@pytest.fixture
def house():
    return OrganisationFactory.create()


def test_contact_from_its_first_day_to_its_last(house):
    by = member(Role.MEMBER, house)
    row = services.add_contact(house, **WHO, by=by)
    assert (row.title, row.name, row.email, row.phone, row.phone_shown, row.checked_on) == (
        "comptabilité", "Zoé Berho", "zoe@exemple.fr", "0558568000", "05\u202f58\u202f56\u202f80\u202f00", TODAY,
    )  # fmt: skip
    with clock.at(NOW + timedelta(days=100)):
        services.change_contact(row, title="trésorerie", email="zoe@exemple.fr", by=by)
    row.refresh_from_db()
    assert (row.title, row.name, row.phone, row.checked_on) == ("trésorerie", "", "", TODAY + timedelta(days=100))
    services.remove_contact(row, by=by)
    services.remove_contact(row, by=by)
    assert deeds(row.code) == [
        ("add_contact", "", "", by.code), ("change_contact", "", "", by.code), ("remove_contact", "", "", by.code),
    ]  # fmt: skip
    assert "zoe" not in str(list(Entry.objects.values())).lower()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": ""}, [("title", "Écrivez la fonction : direction, comptabilité…")]),
        ({"email": "", "phone": ""}, [("email", "Donnez une adresse électronique ou un téléphone.")]),
        ({"email": "zoe", "phone": "12"}, [
            ("email", "Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr."),
            ("phone", "Ce numéro n’est pas complet. Écrivez-le ainsi : 05 58 56 80 00, ou +33 5 58 56 80 00."),
        ]),
    ],
)  # fmt: skip
def test_contact_what_will_not_do(house, sent, said):
    with pytest.raises(Refusal) as no:
        services.add_contact(house, **{**WHO, **sent}, by=officer())
    assert [(item.field, item.message) for item in no.value.items] == said


def test_contact_twenty_are_enough(house, monkeypatch):
    monkeypatch.setattr("faubourg.partners.services.contacts.MOST_CONTACTS", 1)
    services.add_contact(house, **WHO, by=officer())
    with pytest.raises(Refusal, match="retirez-en un"):
        services.add_contact(house, **WHO, by=officer())


def test_contact_who_sees_and_who_keeps(house):
    row = services.add_contact(house, **WHO, by=officer())
    people = {
        "officer": officer(), "funder": member(Role.FUNDER), "elected": member(Role.ELECTED),
        "signer": member(Role.SIGNER, house), "member": member(Role.MEMBER, house),
        "stranger": member(Role.SIGNER), "resident": UserFactory.create(),
    }  # fmt: skip
    assert {who for who, user in people.items() if rules.may_see_contacts(user, house)} == {
        "officer", "funder", "signer", "member",
    }  # fmt: skip
    keepers = {who for who, user in people.items() if rules.may_keep_contacts(user, house)}
    assert keepers == {"officer", "signer", "member"}
    for who in set(people) - keepers:
        for deed in (
            lambda by: services.add_contact(house, **WHO, by=by),
            lambda by: services.change_contact(row, **WHO, by=by),
            lambda by: services.remove_contact(row, by=by),
        ):
            with pytest.raises(NotAllowed):
                deed(people[who])


def test_contact_is_forgotten_after_three_years_and_with_its_person(house):
    row = services.add_contact(house, **WHO, by=officer())
    with clock.at(NOW + timedelta(days=3 * 365)):
        assert services.forget_contacts() == 0
        services.change_contact(row, **WHO, by=officer())
    with clock.at(NOW + timedelta(days=6 * 365 + 1)):
        assert services.forget_contacts() == 1
    services.add_contact(house, **WHO, by=officer())
    services.forget_person(UserFactory.create(email="zoe@exemple.fr"))
    assert list(selectors.contacts_of(house)) == list(Contact.objects.all()) == []
