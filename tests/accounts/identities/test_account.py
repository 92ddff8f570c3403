"""What one's account shows of identities, and how they are linked and left."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from faubourg.accounts import services
from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed
from faubourg.journal.models import Entry
from tests.accounts.identities.ground import ASK, asks, comes_in, confirms, text, who
from tests.factories.accounts import UserFactory
from tests.factories.identities import set_up
from tests.factories.partners import officer

pytestmark = pytest.mark.django_db
UNLINK = "/mon-compte/identites/proconnect/retirer/"


@pytest.fixture
def claire(client, provider) -> User:
    """Who came in by a link a moment ago, at an address that the provider does not know."""
    user = UserFactory.create(email="claire.lafitte@exemple.fr")
    client.post(f"/entrer/{services.mint_link(user)}/")
    return user


def links(client, sub: str = "claire"):
    return client.get(confirms(asks(client), sub))


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_one_links_an_identity_of_another_address(client, claire, provider):
    assert links(client)["Location"] == "/mon-compte/"
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(claire.pk, "claire")]
    page = client.get("/mon-compte/")
    assert "ProConnect ouvre maintenant votre compte." in page.content.decode()
    assert "Retirer ProConnect" in text(page)
    claire.refresh_from_db()
    assert claire.email == "claire.lafitte@exemple.fr"
    assert verbs()[-1] == "link-identity"
    other = type(client)()
    comes_in(other)
    assert who(other) == str(claire.pk)


def test_linking_twice_changes_nothing(client, claire, provider):
    links(client)
    links(client)
    assert (SocialAccount.objects.count(), verbs().count("link-identity")) == (1, 1)


def test_a_new_identity_of_the_same_provider_takes_the_place_of_the_old_one(client, claire, provider):
    provider.knows("new", email="claire@exemple.fr")
    links(client)
    links(client, "new")
    assert list(SocialAccount.objects.values_list("uid", flat=True)) == ["new"]


def test_an_identity_opens_one_account(client, claire, provider):
    comes_in(type(client)())
    answer = links(client)
    assert (answer.status_code, SocialAccount.objects.filter(user=claire).count()) == (409, 0)
    assert text(answer).startswith("Cette identité ouvre un autre compte")
    assert text(answer).endswith("Revenir à mon compte")
    assert who(client) == str(claire.pk)


def test_what_refuses_the_new_identity_keeps_the_old_one(client, claire, provider):
    links(client)
    provider.knows("taken", email="paul@exemple.fr")
    comes_in(type(client)(), "taken")
    assert links(client, "taken").status_code == 409
    assert SocialAccount.objects.get(user=claire).uid == "claire"


def test_linking_asks_again_who_came_in_long_ago(client, claire, provider):
    session = client.session
    session["account_authentication_methods"] = [{**one, "at": 0} for one in session["account_authentication_methods"]]
    session.save()
    assert client.post(ASK)["Location"] == "/mon-compte/confirmer/lien/?next=%2Fmon-compte%2F"
    assert provider.asked == []


def test_an_officer_without_a_second_proof_links_nothing(client, provider, settings):
    settings.SECOND_FACTOR = True
    client.post(f"/entrer/{services.mint_link(officer())}/")
    for path in (ASK, UNLINK):
        assert client.post(path)["Location"].startswith("/mon-compte/securite/")
    assert provider.asked == []


def test_who_goes_out_meanwhile_links_nothing(client, claire, provider):
    answer = confirms(asks(client))
    client.post("/sortir/")
    assert client.get(answer).status_code == 400
    assert SocialAccount.objects.count() == 0


# ------------------------------------------------------------------------------------------------- leaving it
def test_one_unlinks_even_the_only_identity(client, provider, django_capture_on_commit_callbacks):
    comes_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(UNLINK, follow=True)
    assert answer.redirect_chain == [("/mon-compte/", 302)]
    assert "Relier ProConnect" in text(answer)
    assert SocialAccount.objects.count() == 0
    assert verbs() == ["join", "link-identity", "enter", "unlink-identity"]
    assert [message.subject.partition(" – ")[0] for message in mail.outbox] == [
        "Une identité n’ouvre plus votre compte"
    ]
    client.post(f"/entrer/{services.mint_link(User.objects.get())}/")
    assert who(client)


def test_unlinking_what_is_not_linked_says_nothing_in_the_journal(client, claire):
    client.post(UNLINK)
    assert "unlink-identity" not in verbs()


def test_nobody_links_or_unlinks_for_somebody_else(provider):
    one, other = UserFactory.create_batch(2)
    claims = services.Claims("proconnect", "ProConnect", "claire")
    with pytest.raises(NotAllowed):
        services.link_identity(one, claims, by=other)
    services.link_identity(one, claims, by=one)
    with pytest.raises(NotAllowed):
        services.unlink_identity(one, "proconnect", by=other)
    assert SocialAccount.objects.count() == 1


def test_an_identity_of_a_provider_that_left_the_settings_is_shown_and_left(client, provider, settings):
    comes_in(client)
    set_up(settings, provider.settings("autre", "Autre"))
    page = text(client.get("/mon-compte/"))
    assert "Relier Autre" in page
    assert "Retirer proconnect" in page
    client.post(UNLINK)
    assert "proconnect" not in text(client.get("/mon-compte/"))


def test_a_mail_that_cannot_leave_unlinks_all_the_same(client, provider, settings, django_capture_on_commit_callbacks):
    comes_in(client)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(UNLINK).status_code == 302
    assert SocialAccount.objects.count() == 0


def test_one_s_account_asks_the_same_for_one_provider_and_three(client, provider, settings, django_assert_num_queries):
    comes_in(client)
    three = [provider.settings(name, name.title()) for name in ("proconnect", "franceconnect", "autre")]
    for providers in (three[:1], three):
        set_up(settings, *providers)
        client.get("/mon-compte/")  # shows what was said on the way
        with django_assert_num_queries(4):
            client.get("/mon-compte/")


def test_forgetting_a_person_forgets_the_identity(client, provider):
    comes_in(client)
    user = User.objects.get()
    services.erase(user)
    assert (SocialAccount.objects.count(), who(client)) == (0, None)
    comes_in(client)
    assert who(client) != str(user.pk)
