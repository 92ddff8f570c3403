"""Coming in by a provider: who is let in, and who is asked for more."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from faubourg.accounts import services
from faubourg.accounts.models import User
from faubourg.journal.models import Entry
from tests.accounts.identities.ground import asks, comes_in, confirms, query_of, text, who
from tests.factories.accounts import UserFactory, code_now, codes_of
from tests.factories.identities import set_up
from tests.factories.partners import officer

pytestmark = pytest.mark.django_db


def deeds() -> list[tuple[str, str]]:
    return [(entry.verb, entry.actor) for entry in Entry.objects.order_by("pk")]


# ------------------------------------------------------------------------------------------------- the question
def test_the_question_bears_state_nonce_and_a_challenge(client, provider):
    page = asks(client, next="/dossiers/")
    asked = query_of(page)
    assert page.startswith(f"{provider.address}/oauth2/authorize?")
    assert {name: asked[name] for name in ("client_id", "response_type", "redirect_uri", "code_challenge_method")} == {
        "client_id": "faubourg-proconnect",
        "response_type": "code",
        "redirect_uri": "http://testserver/entrer/avec/proconnect/retour/",
        "code_challenge_method": "S256",
    }
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert (len(asked["state"]), len(asked["nonce"])) == (43, 43)
    client.get(confirms(page))
    sent = dict(provider.asked)["/oauth2/token"]
    assert len(sent["code_verifier"]) == 128


def test_the_level_that_franceconnect_wants_is_asked(client, provider, settings):
    set_up(settings, provider.settings(acr="eidas1"))
    assert query_of(asks(client))["acr_values"] == "eidas1"


def test_the_way_back_is_the_towns_own_address(client, provider, settings):
    settings.ALLOWED_HOSTS = ["*"]
    answer = client.post("/entrer/avec/proconnect/", headers={"host": "ailleurs.exemple.fr"})
    assert query_of(answer["Location"])["redirect_uri"].startswith("http://testserver/")


# ------------------------------------------------------------------------------------------------- a new person
def test_a_new_person_has_an_account_and_no_role(client, provider):
    answer = comes_in(client, next="/mon-compte/")
    assert (answer.status_code, answer["Location"]) == (302, "/mon-compte/")
    user = User.objects.get()
    assert (user.email, user.first_name, user.last_name) == ("claire@exemple.fr", "Claire", "Lafitte")
    assert (who(client), user.has_usable_password(), user.memberships.count()) == (str(user.pk), False, 0)
    assert list(SocialAccount.objects.values_list("provider", "uid", "user")) == [("proconnect", "claire", user.pk)]
    assert deeds() == [("join", ""), ("link-identity", user.code), ("enter", user.code)]
    assert mail.outbox == []


def test_nothing_personal_is_kept_of_what_the_provider_says(client, provider):
    provider.knows("claire", email="claire@exemple.fr", phone_number="0612345678", birthdate="1980-01-01")
    comes_in(client)
    kept = SocialAccount.objects.get().extra_data
    assert (list(kept), len(kept["email"])) == (["email"], 64)


def test_a_second_time_is_the_same_person(client, provider):
    comes_in(client)
    other = type(client)()
    comes_in(other)
    assert (User.objects.count(), SocialAccount.objects.count(), who(other)) == (1, 1, who(client))


def test_an_answer_leads_nowhere_else(client, provider):
    assert comes_in(client, next="//ailleurs.exemple.fr/")["Location"] == "/mon-compte/"


def test_a_name_that_would_not_be_one_here_is_left_out(client, provider):
    provider.knows("claire", email="claire@exemple.fr", given_name="<b>", usual_name="x" * 90)
    comes_in(client)
    assert User.objects.get().first_name == ""


# ------------------------------------------------------------------------------------------------- a known address
def test_a_known_proved_address_is_linked_and_told_by_mail(client, provider, django_capture_on_commit_callbacks):
    claire = UserFactory.create(email="claire@exemple.fr", first_name="Claire")
    provider.knows("claire", email="Claire@Exemple.fr", given_name="Clara")
    with django_capture_on_commit_callbacks(execute=True):
        comes_in(client)
    assert (who(client), SocialAccount.objects.get().user) == (str(claire.pk), claire)
    claire.refresh_from_db()
    assert claire.first_name == "Claire"
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["claire@exemple.fr"], "Une identité ouvre votre compte – contrat de ville Grand Dax")
    ]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("trusted", "verified"), [(False, True), (True, False), (True, None), (True, "false")])
def test_an_unproved_address_links_nothing_and_makes_nobody(client, provider, settings, trusted, verified, known):
    if known:
        UserFactory.create(email="claire@exemple.fr")
    provider.knows("claire", email="claire@exemple.fr", email_verified=verified)
    set_up(settings, provider.settings(trust_email=trusted))
    answer = comes_in(client)
    assert (answer.status_code, who(client)) == (403, None)
    assert "ne nous prouve pas que l’adresse claire@exemple.fr est la vôtre" in text(answer)
    assert (User.objects.count(), SocialAccount.objects.count()) == (int(known), 0)
    assert answer.context["form"].initial == {"email": "claire@exemple.fr", "next": "/mon-compte/"}


def test_the_mailbox_proves_then_the_identity_is_linked(client, provider, settings, django_capture_on_commit_callbacks):
    claire = UserFactory.create(email="claire@exemple.fr")
    set_up(settings, provider.settings(trust_email=False))
    comes_in(client)
    client.post(f"/entrer/{services.mint_link(claire, next='/mon-compte/')}/")
    assert "Relier ProConnect" in text(client.get("/mon-compte/"))
    with django_capture_on_commit_callbacks(execute=True):
        linked = client.get(confirms(asks(client)), follow=True)
    assert linked.redirect_chain == [("/mon-compte/", 302)]
    assert "Retirer ProConnect" in text(linked)
    client.post("/sortir/")
    assert comes_in(client)["Location"] == "/mon-compte/"
    assert who(client) == str(claire.pk)
    assert [message.subject.partition(" – ")[0] for message in mail.outbox] == ["Une identité ouvre votre compte"]


def test_an_address_that_changed_hands_opens_nothing_by_itself(client, provider):
    """The provider gives the address of somebody it knows to somebody else: her successor at the same mailbox."""
    comes_in(client)
    provider.knows("successor", email="claire@exemple.fr")
    other = type(client)()
    assert comes_in(other, "successor").status_code == 403
    assert (who(other), SocialAccount.objects.count()) == (None, 1)


def test_a_closed_account_stays_closed(client, provider):
    claire = UserFactory.create(email="claire@exemple.fr", is_active=False)
    answer = comes_in(client)
    assert (answer.status_code, who(client), SocialAccount.objects.count()) == (403, None, 0)
    assert "Votre accès est fermé" in text(answer)
    SocialAccount.objects.create(user=claire, provider="proconnect", uid="claire")
    assert comes_in(client)["Location"] == "/entrer/ferme/"
    assert who(client) is None


# ------------------------------------------------------------------------------------------------- it changed there
def test_an_address_that_changed_there_is_said_once_and_stays_here(client, provider):
    comes_in(client)
    provider.knows("claire", email="claire.dupuy@exemple.fr")
    for said in (True, False):
        browser = type(client)()
        comes_in(browser)
        page = browser.get("/mon-compte/").content.decode()
        assert ("votre adresse est maintenant claire.dupuy@exemple.fr" in page) is said
    assert [user.email for user in User.objects.all()] == ["claire@exemple.fr"]


def test_an_address_that_changed_to_somebody_elses_opens_ones_own_account(client, provider):
    comes_in(client)
    boss = UserFactory.create(email="patronne@exemple.fr")
    provider.knows("claire", email=boss.email)
    browser = type(client)()
    comes_in(browser)
    assert who(browser) == who(client) != str(boss.pk)


@pytest.mark.parametrize("email", [None, "", "pas une adresse"])
def test_without_an_address_nothing_is_made(client, provider, email):
    provider.people["claire"] = {} if email is None else {"email": email, "email_verified": True}
    answer = comes_in(client)
    assert (answer.status_code, User.objects.count(), who(client)) == (422, 0, None)
    assert "Il manque votre adresse" in text(answer)
    assert "ProConnect ne nous a pas donné d’adresse électronique" in text(answer)


def test_who_is_known_comes_in_without_an_address(client, provider):
    comes_in(client)
    provider.people["claire"] = {}
    browser = type(client)()
    comes_in(browser)
    assert who(browser) == who(client)


# ------------------------------------------------------------------------------------------------- the second proof
@pytest.mark.parametrize("amr", [None, ["pwd", "mfa"]])
def test_an_officer_still_shows_a_second_proof(client, provider, settings, amr):
    settings.SECOND_FACTOR = True
    boss = officer()
    provider.knows("boss", email=boss.email)
    provider.proof = {"amr": amr, "acr": "eidas3"}
    comes_in(client, "boss")
    assert client.get("/mon-compte/")["Location"].startswith("/mon-compte/securite/")
    codes_of(boss)
    browser = type(client)()
    assert comes_in(browser, "boss", next="/bureau/")["Location"] == "/entrer/code/"
    assert who(browser) is None
    assert browser.post("/entrer/code/", {"code": code_now()})["Location"] == "/bureau/"
