"""People and their way in: made once, let in once, forgotten for good."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, connection, transaction

from faubourg.accounts import selectors, services
from faubourg.accounts.models import SignInLink, User
from faubourg.core import clock
from faubourg.core.clock import paris
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.typography import keep_together
from faubourg.journal.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.journal import Actor

pytestmark = pytest.mark.django_db
NOW = paris(2026, 11, 23, 10)


def deeds() -> list[tuple[str, str, str]]:
    return [(entry.verb, entry.thing, entry.actor) for entry in Entry.objects.all()]


def token_of(message: mail.EmailMessage) -> str:
    """What the person would click on."""
    return next(line for line in message.body.splitlines() if "/entrer/" in line).rstrip("/").rpartition("/")[2]


# ------------------------------------------------------------------------------------------------- people
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


# ------------------------------------------------------------------------------------------------- asking for a link
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


# ------------------------------------------------------------------------------------------------- using a link
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
    SignInLink.objects.filter(digest=services._digest(gone.split(".")[0])).delete()
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


# ------------------------------------------------------------------------------------------------- promises, daily
def test_database_refuses_a_used_link_without_its_person():
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInLink.objects.create(email="a@b.fr", digest="d", expires_at=NOW + timedelta(1), used_at=NOW)


def test_database_refuses_a_link_that_expires_before_it_is_made():
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInLink.objects.create(email="a@b.fr", digest="d", made_at=NOW, expires_at=NOW)


def test_sweep_forgets_links_a_week_after_their_end():
    user = UserFactory()
    for days, minutes in ((8, 30), (7, 0), (0, 30)):
        with clock.at(NOW - timedelta(days=days)):
            services.mint_link(user, minutes=minutes or 30)
    assert services.sweep_links() == 1
    assert SignInLink.objects.count() == 2
    assert str(SignInLink.objects.latest("made_at")).endswith("2026-11-23")


def test_sweep_forgets_sessions_that_are_over():
    Session.objects.create(session_key="old", session_data="x", expire_date=NOW - timedelta(days=400))
    Session.objects.create(session_key="new", session_data="x", expire_date=paris(2099, 1, 1))
    assert services.sweep_sessions() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_selectors_find_people():
    user = UserFactory(email="a@exemple.fr", first_name="Claire", last_name="Dupont")
    assert selectors.user_by_email(" A@exemple.fr") == user
    assert selectors.user_by_code(user.code) == user
    assert selectors.user_by_code("U-NOBODY22") is None
    assert selectors.names_by_code({user.code, "U-NOBODY22"}) == {user.code: "Claire Dupont"}


def test_user_has_no_right_by_itself():
    user = UserFactory()
    assert (user.has_perm("x"), user.has_module_perms("x"), user.is_staff, user.is_superuser) == (False,) * 4
    assert User.objects.get_by_natural_key(user.email.upper()) == user
