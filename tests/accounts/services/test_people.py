"""People: made once, called by the name they wrote, forgotten for good."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from faubourg.accounts import selectors, services
from faubourg.accounts.models import SignInLink, User
from faubourg.core.errors import NotAllowed, Refusal
from tests.accounts.services.ground import NOW, deeds
from tests.factories.accounts import UserFactory
from tests.factories.journal import Actor

pytestmark = pytest.mark.django_db


def test_person_is_made_once_whatever_the_case():
    one = services.person_for("Claire.Dupont@Exemple.fr ", first_name="Claire", last_name="Dupont", by=Actor())
    two = services.person_for("claire.dupont@exemple.FR")
    assert (two.pk, two.email, two.name) == (one.pk, "claire.dupont@exemple.fr", "Claire Dupont")
    assert not one.has_usable_password()
    assert deeds() == [("join", one.code, "U-ACTOR222")]


def test_person_found_keeps_the_name_they_wrote():
    user = UserFactory(email="a@exemple.fr", first_name="Claire", last_name="")
    services.person_for("a@exemple.fr", first_name="Autre", last_name="Nom")
    user.refresh_from_db()
    assert user.name == "Claire"
    assert deeds() == []


def test_person_found_without_a_name_is_given_one():
    user = UserFactory(email="a@exemple.fr", first_name="", last_name="")
    found = services.person_for("A@exemple.fr", first_name=" Claire ", last_name="Du  Pont")
    user.refresh_from_db()
    assert user.name == found.name == "Claire Du Pont"
    assert deeds() == [("rename", user.code, "")]


def test_person_without_a_name_is_called_by_their_address():
    assert str(services.person_for("jeanne@exemple.fr")) == "jeanne"


@pytest.mark.parametrize("email", ["", "claire", "claire@", "@exemple.fr", "a b@exemple.fr", "a@b.fr\nBcc: c@d.fr"])
def test_address_that_is_none_is_refused(email):
    with pytest.raises(Refusal) as refusal:
        services.person_for(email)
    assert refusal.value.field == "email"
    assert User.objects.count() == 0


def test_database_refuses_two_people_at_one_address():
    UserFactory(email="a@exemple.fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="A@EXEMPLE.fr")


@pytest.mark.clock(None)
@pytest.mark.django_db(transaction=True)
def test_person_made_by_eight_at_once_is_one():
    def make(_: int) -> int:
        try:
            return services.person_for("a@exemple.fr").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(8)))) == 1
    assert [verb for verb, _, _ in deeds()] == ["join"]


def test_person_that_another_makes_in_the_meantime_is_taken(monkeypatch):
    user = UserFactory(email="a@exemple.fr")
    monkeypatch.setattr(selectors, "user_by_email", lambda email: None)
    assert services.person_for("a@exemple.fr") == user


def test_rename_is_journalled_without_the_name():
    user = UserFactory()
    services.rename(user, " Marie-Ève ", "O’Neill", by=user)
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("Marie-Ève", "O’Neill")
    assert deeds() == [("rename", user.code, user.code)]


def test_rename_of_somebody_else_is_refused():
    user, other = UserFactory(first_name="Claire"), UserFactory()
    with pytest.raises(NotAllowed):
        services.rename(user, "X", "Y", by=other)
    user.refresh_from_db()
    assert user.first_name == "Claire"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("x" * 81, "", "first_name"),
        ("", "x" * 81, "last_name"),
        ("<b>", "", "first_name"),
        ("", "a\u202eb", "last_name"),
    ],
)
def test_name_that_is_none_is_refused(first, last, field):
    user = UserFactory()
    with pytest.raises(Refusal) as refusal:
        services.rename(user, first, last, by=user)
    assert refusal.value.field == field


def test_erase_leaves_a_code_and_nothing_else():
    user = UserFactory(email="claire@exemple.fr", first_name="Claire", last_name="Dupont", last_login=NOW)
    other = UserFactory()
    services.send_link("claire@exemple.fr")
    services.mint_link(user)
    kept = services.mint_link(other)
    old_key = user.get_session_auth_hash()
    services.erase(user)
    user.refresh_from_db()
    assert (user.email, user.first_name, user.last_name, user.is_active, user.last_login) == (
        f"{user.code}@anonyme.invalid".lower(), "", "", False, None,
    )  # fmt: skip
    assert user.get_session_auth_hash() != old_key
    assert SignInLink.objects.count() == 1
    assert services.peek(kept).user == other
    assert deeds() == [("erase", user.code, "")]


def test_selectors_find_people():
    user = UserFactory(email="a@exemple.fr", first_name="Claire", last_name="Dupont")
    assert selectors.user_by_email(" A@exemple.fr") == user


def test_user_has_no_right_by_itself():
    user = UserFactory()
    assert (user.has_perm("x"), user.has_module_perms("x"), user.is_staff, user.is_superuser) == (False,) * 4
    assert User.objects.get_by_natural_key(user.email.upper()) == user
