"""What is no answer, or no valid one, opens nothing, makes nobody, and is said in French."""

import time

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from faubourg.accounts.models import User
from tests.accounts.identities.ground import ANSWER, ASK, asks, comes_in, confirms, query_of, text, who
from tests.factories.accounts import UserFactory
from tests.factories.identities import set_up

pytestmark = pytest.mark.django_db
OTHER_WAYS = "Recevoir le lien Les autres façons d’entrer"
INVALID = "La réponse de ProConnect n’est pas valable"
USELESS = "Cette réponse ne sert pas"
SILENT = "ProConnect ne répond pas"


def opened(client) -> tuple[str | None, int, int]:
    return who(client), User.objects.count(), SocialAccount.objects.count()


def is_refused(client, answer, status: int, title: str) -> None:
    assert (answer.status_code, opened(client)) == (status, (None, 0, 0))
    assert text(answer).startswith(title)
    assert text(answer).endswith(OTHER_WAYS)


# ------------------------------------------------------------------------------------------------- the signed answer
def test_a_signed_answer_is_read(client, provider):
    provider.signed = True
    comes_in(client)
    assert opened(client) == (str(User.objects.get().pk), 1, 1)


WRONG = {
    "audience": {"aud": "faubourg-autre"},
    "no audience": {"aud": None},
    "issuer": {"iss": "https://ailleurs.exemple.fr"},
    "no issuer": {"iss": None},
    "expired": {"exp": 1_600_000_000},
    "not yet": {"nbf": 4_000_000_000},
    "another person": {"sub": "paul"},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_signed_answer_that_is_not_for_us_opens_nothing(client, provider, wrong):
    provider.signed = True
    provider.told = WRONG[wrong]
    is_refused(client, comes_in(client), 502, INVALID)


@pytest.mark.parametrize("wrong", [name for name in WRONG if name != "another person"])
def test_a_proof_that_is_not_for_us_opens_nothing(client, provider, wrong):
    provider.proof = WRONG[wrong]
    is_refused(client, comes_in(client), 502, INVALID)


@pytest.mark.parametrize("nonce", [None, "", "un-autre"])
def test_an_answer_to_another_question_opens_nothing(client, provider, nonce):
    provider.proof = {"nonce": nonce}
    is_refused(client, comes_in(client), 502, INVALID)


@pytest.mark.parametrize("where", ["told", "proof"])
def test_a_signature_by_another_key_opens_nothing(client, provider, where):
    provider.signed = where == "told"
    provider.proof = {"amr": ["pwd"]} if where == "proof" else {}
    provider.key = rsa.generate_private_key(65537, 2048)
    is_refused(client, comes_in(client), 502, INVALID)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_signature_that_anybody_can_make_opens_nothing(client, provider, algorithm):
    """No signature at all, and one whose secret is what the provider publishes."""
    provider.signed = True
    provider.algorithm = algorithm
    is_refused(client, comes_in(client), 502, INVALID)


def test_two_clocks_may_differ_by_some_seconds(client, provider):
    provider.signed = True
    provider.told = {"iat": int(time.time()) + 20, "nbf": int(time.time()) + 20}
    comes_in(client)
    assert User.objects.count() == 1


# ------------------------------------------------------------------------------------------------- replayed, forged
def test_a_replayed_answer_opens_nothing(client, provider):
    answer = confirms(asks(client))
    first, other = client.get(answer), type(client)()
    assert first.status_code == 302
    client.post("/sortir/")
    for browser in (client, other):
        again = browser.get(answer)
        assert (again.status_code, who(browser)) == (400, None)
        assert USELESS in text(again)


def test_a_code_that_served_opens_nothing_with_a_fresh_state(client, provider):
    used = query_of(confirms(asks(client)))
    client.get(ANSWER, used)
    other = type(client)()
    fresh = query_of(asks(other))["state"]
    again = other.get(ANSWER, {"code": used["code"], "state": fresh})
    assert (again.status_code, who(other)) == (502, None)


def test_a_code_of_somebody_elses_question_opens_nothing(client, provider):
    """A victim is led to an answer that an attacker asked: state, then nonce, say no."""
    stolen = query_of(confirms(asks(type(client)())))
    mine = query_of(asks(client))["state"]
    is_refused(client, client.get(ANSWER, stolen), 400, USELESS)
    is_refused(client, client.get(ANSWER, {"code": stolen["code"], "state": mine}), 502, INVALID)


@pytest.mark.parametrize("sent", [{}, {"code": "x"}, {"code": "x", "state": "forged"}, {"state": "forged"}])
def test_a_forged_answer_opens_nothing(client, provider, sent):
    is_refused(client, client.get(ANSWER, sent), 400, USELESS)
    assert provider.asked == []


def test_an_answer_serves_the_provider_that_was_asked(client, provider, settings):
    set_up(settings, provider.settings(), provider.settings("franceconnect", "FranceConnect"))
    answer = query_of(confirms(asks(client)))
    crossed = client.get("/entrer/avec/franceconnect/retour/", answer)
    assert (crossed.status_code, opened(client)) == (400, (None, 0, 0))


# ------------------------------------------------------------------------------------------------- no answer
def test_who_gives_up_is_told_that_nothing_changed(client, provider):
    """With its state, and without: some providers forget it."""
    page = asks(client)
    answer = requests.post(page, data={"action": "deny"}, allow_redirects=False, timeout=5)
    said = query_of(answer.headers["Location"])
    for back in (said, {**said, "state": query_of(page)["state"]}):
        is_refused(client, client.get(ANSWER, back), 403, "Vous n’êtes pas entré")


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [("server_error", 503, SILENT), ("temporarily_unavailable", 503, SILENT), ("invalid_scope", 400, USELESS)],
)
def test_a_provider_that_says_its_own_fault(client, provider, error, status, title):
    state = query_of(asks(client))["state"]
    is_refused(client, client.get(ANSWER, {"error": error, "state": state}), status, title)


def test_a_provider_that_is_down_before(client, provider, settings):
    set_up(settings, {**provider.settings(), "server": "http://127.0.0.1:9"})
    is_refused(client, client.post(ASK), 503, SILENT)


def test_a_provider_that_is_down_on_the_way_back(client, provider, settings):
    answer = confirms(asks(client))
    set_up(settings, {**provider.settings(), "server": "http://127.0.0.1:9"})
    is_refused(client, client.get(answer), 503, SILENT)


@pytest.mark.parametrize("wrong", [500, 503, 404, "pas du JSON", "[]", "{}", "12"])
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/oauth2/token", "/jwks", "/userinfo"])
def test_a_provider_that_answers_anything_at_all(client, provider, path, wrong):
    if path == "/.well-known/openid-configuration":
        provider.broken = {path: wrong}
        return is_refused(client, client.post(ASK), 502, INVALID)
    page = asks(client)
    provider.broken = {path: wrong}
    return is_refused(client, client.get(confirms(page)), 502, INVALID)


# ------------------------------------------------------------------------------------------------- the doors
def test_nothing_is_shown_and_nothing_asked_unless_it_is_set(client, provider, settings):
    set_up(settings)
    page = client.get("/entrer/").content.decode()
    assert "/entrer/avec/" not in page
    client.force_login(UserFactory.create())
    assert "identites" not in client.get("/mon-compte/").content.decode()
    assert [client.post(ASK).status_code, client.get(ANSWER).status_code] == [404, 404]
    assert provider.asked == []


def test_the_door_asks_the_provider_nothing_until_a_button_is_pressed(client, provider, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = client.get("/entrer/?next=/dossiers/").content.decode()
    assert page.count("Avec ProConnect") == 1
    assert provider.asked == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_picture_in_a_mail_leads_nowhere(client, provider, method):
    assert getattr(client, method)(ASK).status_code == 405


def test_the_button_bears_its_token(provider):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(ASK).status_code == 403


def test_a_form_may_lead_to_the_provider_and_nowhere_else(client, provider):
    policy = dict(part.strip().split(" ", 1) for part in client.get("/entrer/")["Content-Security-Policy"].split(";"))
    assert policy["form-action"] == f"'self' {provider.address}"


@pytest.mark.parametrize("path", ["3rdparty", "connexions", "login/cancelled", "login/error", "signup"])
def test_the_pages_of_the_library_are_closed(client, provider, path):
    assert client.get(f"/{path}/").status_code == 404
