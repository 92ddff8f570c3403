"""A password is a second way in, chosen by who wants one; wrong ones are counted, and tell nothing of who is known."""

import re
import time

import pytest
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.core.cache import caches
from django.urls import reverse

from faubourg.accounts import services
from faubourg.accounts.models import User
from faubourg.journal.models import Entry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WORDS = "une phrase que nous gardons"
SIGN_IN = "/entrer/mot-de-passe/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture(autouse=True)
def _first_try():
    caches["default"].clear()


@pytest.fixture
def claire() -> User:
    user = UserFactory.create(email="claire@exemple.fr", first_name="Claire")
    services.set_password(user, WORDS)
    return user


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def tried(client, email: str, password: str):
    return client.post(SIGN_IN, {"login": email, "password": password})


def test_password_lets_in_and_leads_on(client, claire):
    response = client.post(f"{SIGN_IN}?next=/organismes/", {"login": "Claire@exemple.fr", "password": WORDS})
    assert (response.status_code, response["Location"]) == (302, "/organismes/")
    assert "Bonjour Claire" in client.get("/bureau/").content.decode()
    assert list(Entry.objects.values_list("verb", flat=True)) == ["set-password", "enter"]


@pytest.mark.parametrize("wanted", ["https://malin.example/", "//malin.example/", "/\\malin.example"])
def test_password_leads_nowhere_else(client, claire, wanted):
    response = client.post(SIGN_IN, {"login": claire.email, "password": WORDS, "next": wanted})
    assert response["Location"] == "/bureau/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, claire):
    known, unknown = tried(client, claire.email, "autre chose"), tried(client, "personne@exemple.fr", "autre chose")
    assert (known.status_code, unknown.status_code) == (422, 422)
    assert known.context["form"].errors == unknown.context["form"].errors
    pages = [TOKEN.sub("", text(page)) for page in (known, unknown)]
    assert pages[0].replace(claire.email, "X") == pages[1].replace("personne@exemple.fr", "X")
    assert f'value="{claire.email}"' in text(known)


def test_a_person_without_a_password_is_refused_alike(client):
    user = UserFactory.create()
    assert tried(client, user.email, "!").status_code == 422


@pytest.mark.parametrize("known", [True, False])
def test_the_eleventh_try_in_an_hour_is_not_even_looked_at(client, claire, known):
    """Whether the address is known or not: a lock that only real accounts have would reveal them."""
    email = claire.email if known else "personne@exemple.fr"
    answers = [text(tried(client, email, f"essai {n}")) for n in range(11)]
    assert "Trop de tentatives" not in answers[9]
    assert "Trop de tentatives" in answers[10]
    assert tried(client, email, WORDS).status_code == 422
    assert "_auth_user_id" not in client.session


def test_many_wrong_passwords_of_one_place_close_the_place(client, claire):
    for n in range(31):
        answer = tried(client, f"personne{n}@exemple.fr", "essai")
    assert answer.status_code == 429
    assert "Trop d’essais." in text(answer)
    assert tried(client, claire.email, WORDS).status_code == 429


def test_choosing_a_password_asks_twice_and_refuses_a_weak_one(client):
    user = UserFactory.create(email="claire@exemple.fr")
    client.post("/entrer/" + services.mint_link(user) + "/")
    url = reverse("account_set_password")
    for first, second in (("123456789012", "123456789012"), ("court", "court"), (WORDS, WORDS + "!")):
        assert client.post(url, {"password1": first, "password2": second}).status_code == 422
    mail.outbox.clear()
    assert client.post(url, {"password1": WORDS, "password2": WORDS})["Location"] == "/mon-compte/"
    user.refresh_from_db()
    assert user.password.startswith(("scrypt$", "md5$"))
    assert check_password(WORDS, user.password)
    assert [message.subject for message in mail.outbox] == [
        "Votre mot de passe est choisi – contrat de ville Grand Dax"
    ]
    assert "Bonjour" in client.get("/bureau/").content.decode()  # this session goes on


def test_changing_it_ends_the_other_sessions(client, claire):
    other = type(client)()
    for browser in (client, other):
        tried(browser, claire.email, WORDS)
    changed = {"oldpassword": WORDS, "password1": WORDS + " mieux", "password2": WORDS + " mieux"}
    assert client.post(reverse("account_change_password"), changed).status_code == 302
    assert client.get("/bureau/").status_code == 200
    assert other.get("/bureau/").status_code == 302


# ------------------------------------------------------------------------------------------------- forgotten
def reset_path(client) -> str:
    url = re.search(r"http://\S+/entrer/mot-de-passe/nouveau/\S+", mail.outbox[-1].body)[0]
    assert url.startswith("http://127.0.0.1:8000/")
    return url.removeprefix("http://127.0.0.1:8000")


def test_a_forgotten_password_is_replaced_once(client, claire):
    client.post(reverse("account_reset_password"), {"email": claire.email}, headers={"host": "localhost"})
    path = reset_path(client)
    for _ in range(2):  # a mail scanner has looked first
        page = client.get(path)
    form = page["Location"]
    assert client.get(form).status_code == 200
    done = client.post(form, {"password1": WORDS + " neuf", "password2": WORDS + " neuf"})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert "_auth_user_id" not in client.session
    assert tried(client, claire.email, WORDS + " neuf").status_code == 302
    again = type(client)().get(path)
    assert again.status_code == 410
    assert "Cette adresse a déjà servi" in text(again)


def test_an_unknown_address_gets_another_mail_and_the_same_page(client, claire):
    url = reverse("account_reset_password")
    pages = [client.post(url, {"email": email}) for email in (claire.email, "personne@exemple.fr")]
    assert {page["Location"] for page in pages} == {reverse("account_reset_password_done")}
    assert [message.to for message in mail.outbox] == [[claire.email], ["personne@exemple.fr"]]
    assert "aucun compte n’y est ouvert" in mail.outbox[1].body
    assert User.objects.count() == 1


@pytest.mark.parametrize("key", ["1-abc", "zz-set-password", "1-cabc12-0123456789abcdef0123456789abcdef"])
def test_a_forged_key_is_refused(client, claire, key):
    response = client.get(f"/entrer/mot-de-passe/nouveau/{key}/", follow=True)
    assert response.status_code == 410


# ------------------------------------------------------------------------------------------------- the pages
@pytest.mark.parametrize("name", ["accounts:sign_in", "account_login", "account_reset_password"])
def test_the_door_s_pages_read_six_times_at_most(client, django_assert_max_num_queries, name):
    with django_assert_max_num_queries(6):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.clock(None)
def test_who_came_in_long_ago_comes_in_once_more_before_touching_safety(client):
    user = UserFactory.create(email="claire@exemple.fr")
    client.post("/entrer/" + services.mint_link(user) + "/")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "link", "at": time.time() - 16 * 60}]
    session.save()
    later = client.get(reverse("mfa_activate_totp"))
    assert later["Location"].startswith("/mon-compte/confirmer/lien/?next=")
    asked = client.post(later["Location"])
    assert asked["Location"] == reverse("accounts:sent")
    path = re.search(r"/entrer/\S+/", mail.outbox[-1].body)[0]
    assert client.post(path)["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
