"""Who may do much here shows a second proof: a code, a key, or once a code of the list kept on paper."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import caches
from django.urls import reverse

from faubourg.accounts import services
from faubourg.accounts.models import User
from faubourg.partners.enums import Role
from tests.factories.accounts import SECRET, UserFactory, code_now, codes_of, passkey_of
from tests.factories.partners import member, officer
from tests.factories.passkey import Passkey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.SECOND_FACTOR = True
    caches["default"].clear()


def come_in(client, user: User, next: str = "/bureau/"):
    return client.post("/entrer/" + services.mint_link(user, next=next) + "/")


# ------------------------------------------------------------------------------------------------- who needs one
@pytest.mark.parametrize("role", [Role.OFFICER, Role.FUNDER])
def test_who_decides_sets_one_up_before_anything_else(client, role):
    come_in(client, member(role))
    for path in ("/bureau/", "/bureau/appels/", "/mon-compte/", "/organismes/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/mon-compte/securite/")
    assert "Une seconde preuve protège votre compte" in client.get("/mon-compte/securite/").content.decode()
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", [Role.SIGNER, Role.MEMBER, Role.ELECTED, Role.COMPANY, Role.EDITOR])
def test_others_choose_for_themselves(client, role):
    come_in(client, member(role))
    assert client.get("/bureau/").status_code == 200


def test_a_post_is_stopped_at_the_door_too(client):
    boss = officer()
    come_in(client, boss)
    answer = client.post("/mon-compte/", {"first_name": "Autre", "last_name": "Nom"})
    assert answer["Location"].startswith("/mon-compte/securite/")
    boss.refresh_from_db()
    assert boss.first_name != "Autre"


def test_a_town_may_ask_for_none(client, settings):
    settings.SECOND_FACTOR = False
    come_in(client, officer())
    assert client.get("/bureau/").status_code == 200


# ------------------------------------------------------------------------------------------------- an application
def test_an_application_is_set_up_and_opens_the_desk_at_once(client):
    boss = officer()
    come_in(client, boss)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 422
    assert wrong.context["form"].secret == secret
    mail.outbox.clear()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<code>\d{8}</code>", client.get(done["Location"]).content.decode())) == 10
    assert client.get("/bureau/").status_code == 200
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept  # sealed


def test_the_next_time_the_code_is_asked_after_the_link(client):
    boss = officer()
    codes_of(boss)
    assert come_in(client, boss, "/organismes/")["Location"] == "/entrer/code/"
    assert client.get("/bureau/")["Location"].startswith("/entrer/?next=")
    refused = client.post("/entrer/code/", {"code": "123456"})
    assert refused.status_code == 422
    assert 'value="123456"' in refused.content.decode()
    assert client.post("/entrer/code/", {"code": code_now()})["Location"] == "/organismes/"
    assert client.get("/bureau/").status_code == 200


def test_a_code_serves_once(client):
    boss = officer()
    codes_of(boss)
    code = code_now()
    come_in(client, boss)
    assert client.post("/entrer/code/", {"code": code}).status_code == 302
    other = type(client)()
    come_in(other, boss)
    assert other.post("/entrer/code/", {"code": code}).status_code == 422


def test_wrong_codes_are_counted(client):
    boss = officer()
    codes_of(boss)
    come_in(client, boss)
    answers = [client.post("/entrer/code/", {"code": f"{n:06}"}) for n in range(11)]
    assert answers[9].context["form"].errors == {"code": ["Code incorrect."]}
    assert "Trop de tentatives" in answers[10].context["form"].errors["code"][0]
    assert client.post("/entrer/code/", {"code": code_now()}).status_code == 422


def test_a_recovery_code_opens_once(client):
    boss = officer()
    come_in(client, boss)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    code = re.search(r"<code>(\d{8})</code>", client.get(done["Location"]).content.decode())[1]
    for status in (302, 422):
        browser = type(client)()
        come_in(browser, boss)
        assert browser.post("/entrer/code/", {"code": code}).status_code == status


def test_a_session_from_before_shows_the_proof_that_was_set_up_since(client):
    boss = officer()
    come_in(client, boss)
    codes_of(boss)
    assert client.get("/bureau/")["Location"].startswith("/mon-compte/confirmer/code/")
    client.post("/mon-compte/confirmer/code/", {"code": code_now(SECRET), "next": "/bureau/"})
    assert client.get("/bureau/").status_code == 200


def test_who_goes_back_to_the_door_gives_up_the_pending_entry(client):
    boss = officer()
    codes_of(boss)
    come_in(client, boss)
    assert client.get("/entrer/").status_code == 200
    assert client.get("/entrer/code/")["Location"] == reverse("account_login")


# ------------------------------------------------------------------------------------------------- keys
def test_an_answer_that_no_key_has_signed_opens_nothing(client):
    boss = officer()
    key = passkey_of(boss)
    come_in(client, boss)
    page = client.get("/entrer/code/")
    assert "request_options" in page.context["js_data"]
    forged = {**key.data["credential"], "response": {"clientDataJSON": "e30", "authenticatorData": "", "signature": ""}}
    for credential in (forged, {}, "rien", [1], {"id": "x"}):
        answer = client.post("/entrer/code/", {"credential": json.dumps(credential)})
        assert answer.status_code in (200, 422)
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["{}", "rien", '{"id": "x", "rawId": "x"}', "[1]"])
def test_a_key_is_not_added_by_an_answer_made_by_hand(client, credential):
    come_in(client, UserFactory.create())
    client.get(reverse("mfa_add_webauthn"))
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential})
    assert (answer.status_code, Authenticator.objects.count()) == (422, 0)


def test_a_key_that_nobody_knows_opens_nothing(client):
    client.get("/entrer/cle/", headers={"x-requested-with": "XMLHttpRequest"})
    answer = client.post("/entrer/cle/", {"credential": "{}"})
    assert answer["Location"] == reverse("account_login")


@pytest.fixture
def behind_https(settings):
    """As on a real site: the browser's origin is judged. On a http address of one's own machine it is not."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


def challenge_of(client) -> str:
    return client.get("/entrer/code/").context["js_data"]["request_options"]["publicKey"]["challenge"]


def test_a_key_answers_once_for_this_site(client, behind_https):
    boss = officer()
    key = Passkey(boss)
    come_in(client, boss)
    answer = key.sign(challenge_of(client))
    assert client.post("/entrer/code/", {"credential": answer})["Location"] == "/bureau/"
    assert client.get("/bureau/").status_code == 200
    again = type(client)()
    come_in(again, boss)
    challenge_of(again)
    assert again.post("/entrer/code/", {"credential": answer}).status_code == 422
    assert "_auth_user_id" not in again.session


@pytest.mark.parametrize("site", ["https://testserver.exemple.fr", "https://faubourg-exemple.fr", "http://testserver"])
def test_a_key_shown_to_another_site_opens_nothing_here(client, behind_https, site):
    """A page that copies ours asks our challenge, and its visitor's key signs it: the signature names that page."""
    boss = officer()
    key = Passkey(boss)
    come_in(client, boss)
    answer = client.post("/entrer/code/", {"credential": key.sign(challenge_of(client), site=site)})
    assert answer.status_code == 422
    assert "<li>Cette clé n’a pas été reconnue. Rien n’a changé.</li>" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_key_of_somebody_else_opens_nothing(client, behind_https):
    boss, other = officer(), UserFactory.create()
    passkey_of(boss)
    key = Passkey(other)
    come_in(client, boss)
    assert client.post("/entrer/code/", {"credential": key.sign(challenge_of(client))}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_key_is_renamed_and_removed_by_its_owner_alone(client):
    boss, other = officer(), UserFactory.create()
    key = passkey_of(other)
    come_in(client, boss)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "à moi"}).status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "Clé principale"


# ------------------------------------------------------------------------------------------------- sessions, mails
def test_one_sees_one_s_sessions_and_ends_the_others(client):
    user = UserFactory.create()
    other = type(client)()
    for browser in (client, other):
        come_in(browser, user)
        browser.get("/bureau/")
    page = client.get("/mon-compte/sessions/").content.decode()
    assert (page.count("une autre"), page.count("celle-ci")) == (1, 1)
    client.post("/mon-compte/sessions/")
    assert client.get("/bureau/").status_code == 200
    assert other.get("/bureau/").status_code == 302


def test_what_protects_an_account_is_told_by_mail(client, django_capture_on_commit_callbacks):
    user = UserFactory.create(email="claire@exemple.fr")
    come_in(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert {message.subject.partition(" – ")[0] for message in mail.outbox if message.to == [user.email]} == {
        "Une application protège votre compte", "L’application ne protège plus votre compte",
    }  # fmt: skip
    assert "127.0.0.1 " not in mail.outbox[-1].body  # neither place nor machine


def test_forgetting_a_person_forgets_keys_codes_and_sessions(client):
    user = UserFactory.create()
    codes_of(user)
    passkey_of(user)
    UserSession.objects.create(user=user, ip="192.0.2.7", session_key="x", user_agent="y")
    services.erase(user)
    assert (Authenticator.objects.count(), UserSession.objects.count()) == (0, 0)
