"""Using a link: once, in time, by who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from faubourg.accounts import services
from faubourg.accounts.models import SignInLink, User
from faubourg.accounts.services import links
from faubourg.core import clock
from faubourg.journal.models import Entry
from tests.accounts.services.ground import NOW, deeds, token_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def refused(token: str, call=services.peek) -> str:
    with pytest.raises(services.LinkRefusal) as refusal:
        call(token)
    return refusal.value.title


def test_link_is_looked_at_as_often_as_one_likes():
    user = UserFactory()
    token = services.mint_link(user, next="/dossiers/")
    assert [services.peek(token).next for _ in range(3)] == ["/dossiers/"] * 3
    assert SignInLink.objects.get().used_at is None


def test_link_is_used_once():
    user = UserFactory()
    token = services.mint_link(user)
    link = services.use_link(token)
    assert (link.user, link.used_at) == (user, NOW)
    assert [refused(token), refused(token, services.use_link)] == ["Ce lien a déjà servi"] * 2
    assert deeds() == [("sign-in", user.code, user.code)]


def test_each_way_to_fail_has_its_own_words():
    user = UserFactory()
    used, late, gone = (services.mint_link(user, next="/suite/") for _ in range(3))
    services.use_link(used)
    SignInLink.objects.filter(digest=links._digest(gone.split(".")[0])).delete()
    said = {}
    for name, token in {"used": used, "gone": gone, "forged": used[:-1] + "x", "short": "abc"}.items():
        with pytest.raises(services.LinkRefusal) as refusal:
            services.peek(token)
        said[name] = (refusal.value.title, refusal.value.status, refusal.value.next)
    with clock.at(NOW + timedelta(minutes=30)), pytest.raises(services.LinkRefusal) as refusal:
        services.peek(late)
    said["late"] = (refusal.value.title, refusal.value.status, refusal.value.next)
    assert said == {
        "used": ("Ce lien a déjà servi", 410, "/suite/"),
        "gone": ("Ce lien n’existe plus", 404, ""),
        "forged": ("Ce lien est incomplet", 404, ""),
        "short": ("Ce lien est incomplet", 404, ""),
        "late": ("Ce lien a expiré", 410, "/suite/"),
    }


def test_link_works_until_its_last_second():
    token = services.mint_link(UserFactory(), minutes=10)
    with clock.at(NOW + timedelta(minutes=10, seconds=-1)):
        assert services.use_link(token).used_at
    token = services.mint_link(UserFactory(), minutes=10)
    with clock.at(NOW + timedelta(minutes=10)):
        assert refused(token, services.use_link) == "Ce lien a expiré"


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token.replace(".", ""),
        lambda token: "A" + token[1:],
        lambda token: token.split(".")[0],
        lambda token: token + "x",
        lambda token: token.upper(),
        lambda token: "." + token.split(".")[1],
    ],
)
def test_forged_token_asks_the_database_nothing(change, django_assert_num_queries):
    token = change(services.mint_link(UserFactory()))
    with django_assert_num_queries(0):
        assert refused(token) == "Ce lien est incomplet"
    assert SignInLink.objects.get().used_at is None


def test_token_signed_for_something_else_is_refused():
    from django.core.signing import Signer

    assert refused(Signer(salt="other", sep=".").sign("x" * 32)) == "Ce lien est incomplet"


def test_closed_account_is_not_let_in():
    user = UserFactory(email="a@exemple.fr")
    token = services.mint_link(user)
    services.send_link("a@exemple.fr")
    User.objects.update(is_active=False)
    assert [refused(token), refused(token, services.use_link)] == ["Votre accès est fermé"] * 2
    assert SignInLink.objects.filter(used_at__isnull=False).count() == 0


def test_account_closed_after_its_first_link_was_asked_is_not_let_in():
    services.send_link("a@exemple.fr")
    UserFactory(email="a@exemple.fr", is_active=False)
    assert refused(token_of(mail.outbox[0]), services.use_link) == "Votre accès est fermé"
    assert SignInLink.objects.get().used_at is None


@pytest.mark.clock(None)
@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_once_one_wins():
    for _ in range(5):
        token = services.mint_link(UserFactory())

        def use(_: int, token: str = token) -> str:
            try:
                return str(services.use_link(token).user_id)
            except services.LinkRefusal as refusal:
                return refusal.title
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            said = sorted(pool.map(use, range(4)))
        assert said[1:] == ["Ce lien a déjà servi"] * 3
        assert said[0].isdecimal()
    assert Entry.objects.filter(verb="sign-in").count() == 5


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/appels/2027/?tri=nom#p", "/appels/2027/?tri=nom#p"),
        ("https://malin.example/", ""),
        ("//malin.example/", ""),
        ("/\\malin.example", ""),
        ("\\\\malin.example", ""),
        ("javascript:alert(1)", ""),
        ("appels/", ""),
        ("/a\nb", ""),
        ("/a\u202eb", ""),
        ("/" + "x" * 300, ""),
        ("", ""),
    ],
)
def test_link_leads_to_this_house_alone(wanted, kept):
    assert services.peek(services.mint_link(UserFactory(), next=wanted)).next == kept


def test_database_refuses_a_used_link_without_its_person():
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInLink.objects.create(email="a@b.fr", digest="d", expires_at=NOW + timedelta(1), used_at=NOW)


def test_database_refuses_a_link_that_expires_before_it_is_made():
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInLink.objects.create(email="a@b.fr", digest="d", made_at=NOW, expires_at=NOW)
