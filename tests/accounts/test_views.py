"""The door, as a browser and as an attacker see it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client
from django.urls import reverse

from faubourg.accounts import services
from faubourg.accounts.models import SignInLink
from faubourg.core import clock
from faubourg.core.clock import paris
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = paris(2026, 11, 23, 10)
HOME = "/mon-compte/"


@pytest.fixture(autouse=True)
def home_is_near(settings):
    """This room stands without the desk."""
    settings.LOGIN_REDIRECT_URL = "accounts:me"


def page(token: str) -> str:
    return reverse("accounts:link", args=[token])


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def who(client: Client) -> str | None:
    return client.session.get(SESSION_KEY)


# ------------------------------------------------------------------------------------------------- asking
def test_sign_in_page_asks_for_an_address(client):
    response = client.get("/entrer/")
    assert response.status_code == 200
    assert 'name="email"' in response.content.decode()
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_sign_in_sends_a_link_and_says_the_same_to_all(client):
    UserFactory(email="connue@exemple.fr")
    said = []
    for email in ("connue@exemple.fr", "inconnue@exemple.fr"):
        response = client.post("/entrer/", {"email": email, "next": "/x/"}, follow=True)
        assert response.redirect_chain == [("/entrer/envoye/", 302)]
        said.append(text(response).replace(email, "…"))
    assert said[0] == said[1]
    assert "Regardez votre boîte" in said[0]
    assert [message.to[0] for message in mail.outbox] == ["connue@exemple.fr", "inconnue@exemple.fr"]


def test_sent_page_without_a_request_leads_back(client):
    assert client.get("/entrer/envoye/")["Location"] == "/entrer/"


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Écrivez votre adresse électronique"),
        ("claire@", "Cette adresse n’est pas complète"),
        ("x" * 260 + "@a.fr", ""),
    ],
)
def test_address_that_is_none_keeps_what_was_typed(client, email, said):
    response = client.post("/entrer/", {"email": email, "next": "/x/"})
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert f'value="{email}"' in html or not email
    assert 'value="/x/"' in html
    assert mail.outbox == []


def test_too_many_links_are_refused_beside_the_field(client):
    for _ in range(5):
        client.post("/entrer/", {"email": "a@exemple.fr"})
    response = client.post("/entrer/", {"email": "a@exemple.fr"})
    assert response.status_code == 422
    assert "Nous avons déjà envoyé 5 liens à cette adresse" in text(response)
    assert response.context["form"].errors["email"]


def test_limit_of_one_place_holds_behind_a_proxy(client, settings):
    """What a client claims in the header stands first; our proxy's own word stands last."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(31):
        client.post(
            "/entrer/", {"email": f"p{number}@exemple.fr"}, headers={"x-forwarded-for": f"10.0.0.{number}, 192.0.2.7"}
        )
    assert len(mail.outbox) == 30


def test_limit_of_one_place_believes_no_header_without_a_proxy(client):
    for number in range(31):
        client.post("/entrer/", {"email": f"p{number}@exemple.fr"}, headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert len(mail.outbox) == 30


def test_mail_that_cannot_leave_is_said(client, monkeypatch):
    def no(*args):
        raise OSError("down")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", no)
    response = client.post("/entrer/", {"email": "a@exemple.fr"})
    assert "Le courriel n’a pas pu partir" in text(response)
    assert 'value="a@exemple.fr"' in response.content.decode()


def test_link_is_built_on_the_towns_address_whatever_the_host(client, settings):
    """A forged Host header must not send people to somebody else's site with a good token."""
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/entrer/", {"email": "a@exemple.fr"}, headers={"host": "malin.example"})
    message = mail.outbox[0]
    assert "malin.example" not in message.body + message.alternatives[0].content
    assert "http://127.0.0.1:8000/entrer/" in message.body


def test_unknown_host_is_refused(client):
    assert client.get("/entrer/", headers={"host": "malin.example"}).status_code == 400


def test_header_cannot_be_slipped_into_the_mail(client):
    client.post("/entrer/", {"email": "a@exemple.fr\nBcc: b@exemple.fr"})
    assert mail.outbox == []


def test_sign_in_asks_for_a_csrf_token():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/entrer/", {"email": "a@exemple.fr"}).status_code == 403
    assert mail.outbox == []


def test_sign_in_page_of_somebody_who_is_in_leads_on(client):
    client.force_login(UserFactory())
    assert client.get("/entrer/?next=/mon-compte/")["Location"] == "/mon-compte/"
    assert client.get("/entrer/?next=//malin.example/")["Location"] == HOME


@pytest.mark.parametrize("wanted", ["//malin.example/", "https://malin.example/", "/\\malin.example", "javascript:x"])
def test_next_that_leads_away_is_dropped_everywhere(client, wanted):
    assert "malin" not in client.get("/entrer/", {"next": wanted}).content.decode()
    client.post("/entrer/", {"email": "a@exemple.fr", "next": wanted})
    link = SignInLink.objects.get()
    assert link.next == ""
    SignInLink.objects.update(next=wanted)  # even if the database were to say otherwise
    response = client.post(page(token_in_mail()))
    assert response["Location"] == HOME


def token_in_mail() -> str:
    return re.search(r"/entrer/([^/]+)/", mail.outbox[-1].body)[1]


# ------------------------------------------------------------------------------------------------- coming in
def test_link_page_uses_nothing_up_and_shows_whose_it_is(client):
    user = UserFactory(email="claire@exemple.fr")
    token = services.mint_link(user)
    for _ in range(3):
        response = client.get(page(token))
        assert response.status_code == 200
        assert client.head(page(token)).status_code == 200
    assert "Vous entrez avec l’adresse claire@exemple.fr" in text(response)
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert who(client) is None
    assert SignInLink.objects.get().used_at is None


def test_link_lets_in_once_and_leads_where_one_wanted_to_go(client):
    user = UserFactory()
    token = services.mint_link(user, next="/mon-compte/")
    response = client.post(page(token))
    assert (response.status_code, response["Location"]) == (302, "/mon-compte/")
    assert who(client) == str(user.pk)
    user.refresh_from_db()
    assert user.last_login is not None
    again = Client()
    response = again.post(page(token))
    assert response.status_code == 410
    assert "Ce lien a déjà servi" in text(response)
    assert who(again) is None


def test_journey_of_an_unknown_person(client):
    client.post("/entrer/", {"email": "nouvelle@exemple.fr", "next": "/mon-compte/"})
    response = client.post(page(token_in_mail()), follow=True)
    assert response.redirect_chain == [("/mon-compte/", 302)]
    assert response.status_code == 200
    assert response.context["user"].email == "nouvelle@exemple.fr"
    assert "link_sent_to" not in client.session


def test_session_key_changes_at_sign_in(client):
    """A session planted before signing in is worth nothing after (session fixation)."""
    client.post("/entrer/", {"email": "a@exemple.fr"})
    before = client.session.session_key
    client.post(page(token_in_mail()))
    assert client.session.session_key != before
    planted = Client()
    planted.cookies["session"] = before
    assert planted.get("/mon-compte/").status_code == 302


def test_link_of_somebody_else_ends_the_first_session(client):
    first, second = UserFactory(), UserFactory()
    client.post(page(services.mint_link(first)))
    session = client.session
    session["draft"] = "secret of the first"
    session.save()
    client.post(page(services.mint_link(second)))
    assert who(client) == str(second.pk)
    assert "draft" not in client.session


def test_link_asks_for_a_csrf_token():
    client = Client(enforce_csrf_checks=True)
    token = services.mint_link(UserFactory())
    assert client.post(page(token)).status_code == 403
    assert SignInLink.objects.get().used_at is None


@pytest.mark.parametrize(
    ("make", "status", "title"),
    [
        ("used", 410, "Ce lien a déjà servi"),
        ("late", 410, "Ce lien a expiré"),
        ("gone", 404, "Ce lien n’existe plus"),
        ("forged", 404, "Ce lien est incomplet"),
        ("closed", 403, "Votre accès est fermé"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_link_that_fails_has_its_page_and_a_way_to_ask_again(client, make, status, title, method):
    user = UserFactory()
    token = services.mint_link(user, next="/suite/")
    wait = timedelta(hours=1) if make == "late" else timedelta()
    if make == "used":
        services.use_link(token)
    elif make == "gone":
        SignInLink.objects.all().delete()
    elif make == "forged":
        token = token[:-2]
    elif make == "closed":
        services.erase(user)
        token = services.mint_link(user)
    with clock.at(NOW + wait):
        response = getattr(client, method)(page(token))
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.content.decode()
    assert 'name="email"' in response.content.decode()
    assert ('value="/suite/"' in response.content.decode()) == (make in {"used", "late"})
    assert who(client) is None


@pytest.mark.parametrize("token", ["x", "..", "%00", "<script>", "a" * 5000, "é"])
def test_any_token_gets_a_page(client, token):
    response = client.get(page(token))
    assert response.status_code == 404
    assert "Ce lien est incomplet" in text(response)
    assert "<script>" not in response.content.decode().partition("<main")[2]


def test_other_methods_are_refused(client):
    token = services.mint_link(UserFactory())
    assert [client.put(url).status_code for url in ("/entrer/", page(token), "/sortir/", "/entrer/envoye/")] == [
        405
    ] * 4


def test_erased_person_is_out_at_once(client):
    user = UserFactory()
    client.post(page(services.mint_link(user)))
    assert client.get("/mon-compte/").status_code == 200
    services.erase(user)
    assert client.get("/mon-compte/").status_code == 302


# ------------------------------------------------------------------------------------------------- out, and me
def test_sign_out_is_by_post_alone(client):
    user = UserFactory()
    client.post(page(services.mint_link(user)))
    response = client.get("/sortir/")
    assert response.status_code == 200
    assert who(client) == str(user.pk)
    response = client.post("/sortir/", follow=True)
    assert who(client) is None
    assert "Vous êtes sorti" in text(response)


def test_my_account_is_for_people_who_are_in(client):
    assert client.get("/mon-compte/")["Location"] == "/entrer/?next=/mon-compte/"


def test_my_account_changes_my_name(client):
    user = UserFactory(first_name="", last_name="")
    client.post(page(services.mint_link(user)))
    response = client.post("/mon-compte/", {"first_name": "Claire", "last_name": "Dupont"}, follow=True)
    assert "Votre nom est enregistré" in text(response)
    user.refresh_from_db()
    assert user.name == "Claire Dupont"


def test_my_account_says_why_a_name_is_refused_and_keeps_it(client):
    user = UserFactory(first_name="Claire")
    client.post(page(services.mint_link(user)))
    response = client.post("/mon-compte/", {"first_name": "Clai<re", "last_name": "D"})
    assert response.context["form"].errors == {
        "first_name": ["Ce nom contient un signe qui n’a pas sa place dans un nom."]
    }
    assert "Clai&lt;re" in response.content.decode()
    user.refresh_from_db()
    assert user.first_name == "Claire"


def test_pages_cost_few_queries(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/entrer/")
    token = services.mint_link(UserFactory())
    with django_assert_num_queries(1):
        client.get(page(token))


def test_example_accounts_are_shown_by_the_demo_alone(client, settings, tmp_path):
    fragment = tmp_path / "demo" / "_accounts.html"
    fragment.parent.mkdir()
    fragment.write_text("<p>Comptes d’exemple</p>")
    loaders = ["django.template.loaders.filesystem.Loader", *settings.TEMPLATES[0]["OPTIONS"]["loaders"]]
    options = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders}
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": options}
    settings.TEMPLATES = [engine]
    assert "Comptes d’exemple" not in text(client.get("/entrer/"))
    settings.DEMO = True
    assert "Comptes d’exemple" in text(client.get("/entrer/"))


def test_demo_without_its_fragment_has_a_sign_in_page(client, settings, monkeypatch):
    from django.template import TemplateDoesNotExist

    def none(name):
        raise TemplateDoesNotExist(name)

    settings.DEMO = True
    monkeypatch.setattr("faubourg.accounts.views.entry.get_template", none)
    assert client.get("/entrer/").status_code == 200


def test_town_without_a_desk_leads_to_ones_account(client, settings):
    settings.LOGIN_REDIRECT_URL = "nowhere:home"
    assert client.post(page(services.mint_link(UserFactory())))["Location"] == "/mon-compte/"
