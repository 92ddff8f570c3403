"""Asking for a link: sent to whom, how often, saying what."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from faubourg.accounts import services
from faubourg.accounts.models import SignInLink, User
from faubourg.accounts.selectors import user_by_email
from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.core.typography import keep_together
from tests.accounts.services.ground import NOW, deeds, token_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_link_to_a_known_address_is_sent():
    user = UserFactory(email="claire@exemple.fr")
    services.send_link(" Claire@Exemple.fr", next="/appels/2027/", ip="192.0.2.1")
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["claire@exemple.fr"],
        "Votre lien pour entrer – contrat de ville Grand Dax",
    )
    link = services.peek(token_of(message))
    assert (link.user, link.next, link.expires_at) == (user, "/appels/2027/", NOW + timedelta(minutes=30))


def test_link_mail_says_what_it_must():
    services.send_link("claire@exemple.fr")
    (message,) = mail.outbox
    token = token_of(message)
    assert message.body == keep_together(
        "Bonjour,\n\n"
        "Voici votre lien pour entrer sur le site du contrat de ville Grand Dax :\n\n"
        f"http://127.0.0.1:8000/entrer/{token}/\n\n"
        "Il est valable 30 minutes et ne sert qu’une fois.\n\n"
        "Si vous n’avez rien demandé, ne faites rien : personne ne peut entrer sans ce lien.\n\n"
        "Grand Dax Agglomération\n"
        "contrat-de-ville@exemple.fr\n"
    )
    html = message.alternatives[0].content
    assert f'href="http://127.0.0.1:8000/entrer/{token}/">Entrer</a>' in html
    assert "Si vous n’avez rien demandé" in html


def test_link_to_an_unknown_address_makes_no_account_until_it_is_used():
    services.send_link("nouvelle@exemple.fr")
    assert User.objects.count() == 0
    link = services.use_link(token_of(mail.outbox[0]))
    user = User.objects.get()
    assert (link.user, user.email) == (user, "nouvelle@exemple.fr")
    assert deeds() == [("join", user.code, ""), ("sign-in", user.code, user.code)]


def test_two_links_of_an_unknown_address_lead_to_one_account():
    services.send_link("nouvelle@exemple.fr")
    services.send_link("nouvelle@exemple.fr")
    first, second = (services.use_link(token_of(message)) for message in mail.outbox)
    assert first.user == second.user


def test_known_and_unknown_addresses_cost_the_same(django_assert_num_queries):
    UserFactory(email="connue@exemple.fr")
    with django_assert_num_queries(6):
        services.send_link("connue@exemple.fr", ip="192.0.2.1")
    with django_assert_num_queries(6):
        services.send_link("inconnue@exemple.fr", ip="192.0.2.1")
    known, unknown = mail.outbox
    assert known.body.replace(token_of(known), "") == unknown.body.replace(token_of(unknown), "")


def test_token_itself_is_kept_nowhere():
    services.send_link("claire@exemple.fr")
    token = token_of(mail.outbox[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_signinlink")
        row = str(cursor.fetchall())
    assert not any(part in row for part in token.split("."))


def test_sixth_link_of_the_hour_is_refused_known_or_not():
    UserFactory(email="connue@exemple.fr")
    said = []
    for email in ("connue@exemple.fr", "inconnue@exemple.fr"):
        for _ in range(5):
            services.send_link(email, ip=email)
        with pytest.raises(Refusal) as refusal:
            services.send_link(email.upper(), ip="elsewhere")
        said.append((refusal.value.message, refusal.value.field))
    assert said[0] == said[1]
    assert said[0][1] == "email"
    assert len(mail.outbox) == SignInLink.objects.count() == 10
    with clock.at(NOW + timedelta(hours=1, seconds=1)):
        services.send_link("connue@exemple.fr", ip="connue@exemple.fr")


def test_one_place_cannot_ask_for_everybody():
    for number in range(30):
        services.send_link(f"p{number}@exemple.fr", ip="192.0.2.7")
    with pytest.raises(Refusal, match="depuis cette connexion"):
        services.send_link("p30@exemple.fr", ip="192.0.2.7")
    services.send_link("p30@exemple.fr", ip="192.0.2.8")


def test_ip_address_itself_is_not_kept():
    services.send_link("claire@exemple.fr", ip="192.0.2.7")
    assert "192.0.2.7" not in str(list(SignInLink.objects.values()))


def test_links_of_the_house_do_not_count():
    user = UserFactory(email="claire@exemple.fr")
    for _ in range(6):
        services.mint_link(user)
    services.send_link("claire@exemple.fr")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("problem", [ConnectionRefusedError("no"), TimeoutError("late")])
def test_link_whose_mail_cannot_leave_is_not_kept(monkeypatch, problem, caplog):
    def no(*args, **options):
        raise problem

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", no)
    with pytest.raises(Refusal, match="Aucun lien n’a été créé") as refusal:
        services.send_link("claire@exemple.fr")
    assert refusal.value.field == "email"
    assert SignInLink.objects.count() == 0
    assert "could not leave" in caplog.text
    assert "claire" not in caplog.text


def test_closed_account_gets_a_mail_without_a_link():
    UserFactory(email="partie@exemple.fr", is_active=False)
    services.send_link("partie@exemple.fr")
    (message,) = mail.outbox
    assert message.subject == "Votre accès est fermé – contrat de ville Grand Dax"
    assert "/entrer/" not in message.body + message.alternatives[0].content


@pytest.fixture
def capitals_of_all_letters():
    """PostgreSQL knows the capitals of every letter where its cluster has a language; on this column, always."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute('ALTER TABLE accounts_user ALTER COLUMN email TYPE varchar(254) COLLATE "und-x-icu"')


@pytest.mark.parametrize("lookalike", ["\u017fophie@exemple.fr", "soph\u0131e@exemple.fr"])
def test_an_address_that_looks_alike_in_capitals_is_somebody_else(capitals_of_all_letters, lookalike):
    """« ſ » and « ı » are S and I in capitals: a link for one mailbox would open the account of the other."""
    stranger = UserFactory.create(email=lookalike)
    services.send_link("sophie@exemple.fr")
    assert SignInLink.objects.get().user is None
    sophie = services.person_for("sophie@exemple.fr")
    assert (user_by_email(" SOPHIE@exemple.fr"), user_by_email(lookalike)) == (sophie, stranger)
