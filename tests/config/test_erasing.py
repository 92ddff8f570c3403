"""`faubourg erase`: the person is nowhere any more; what the town must keep stays, and its journal is whole."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from faubourg.accounts import services as accounts
from faubourg.accounts.models import User
from faubourg.calls import services as calls
from faubourg.calls.models import Application, Paper
from faubourg.config import cli
from faubourg.core import clock
from faubourg.core.cards import cards
from faubourg.funding.models import Commitment
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from faubourg.notifications.models import Mail
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from tests.factories import calls as call_factory
from tests.factories.partners import OrganisationFactory, officer

pytestmark = pytest.mark.django_db

EMAIL = "zoe.berho@exemple.fr"
TRACES = (EMAIL, "zoe.berho", "berho", "zoé", "zo\\u00e9")


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    monkeypatch.setattr("django.setup", lambda: None)


@pytest.fixture
def zoe(django_capture_on_commit_callbacks) -> User:
    """A signer with all that leaves traces: a claim, mails about her, a funded and notified application, a session."""
    with django_capture_on_commit_callbacks(execute=True):
        boss = officer()
        zoe = accounts.person_for(EMAIL, first_name="Zoé", last_name="Berho", by=None)
        association = OrganisationFactory.create(name="Roue libre 40")
        proof = SimpleUploadedFile("pouvoir.pdf", call_factory.PDF)
        claim = partners.claim(association, role=Role.SIGNER, title="présidente", proof=proof, by=zoe)
        partners.confirm(claim, by=boss)
        application = call_factory.admitted_application(call_factory.open_call(), association, officer=boss)
        call = application.call
        with clock.at(clock.paris(2027, 2, 10, 10)):
            calls.share_opinions(call, by=boss)
            calls.open_committee(call, by=boss)
            for line in application.lines.all():
                calls.decide(line, line.asked_cents, by=boss)
            calls.prepare_letters(call, by=boss)
            calls.notify(call.applications.all(), by=boss)
        accounts.send_link(EMAIL)
    session = SessionStore()
    session[accounts.SENT_TO] = EMAIL
    session.save()
    return zoe


def traces() -> list[str]:
    """Every cell of every table that still says who she is: « notifications.Mail.text »."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.order_by("pk"):
            for field in model._meta.concrete_fields:
                if says(field, row):
                    found.add(f"{model._meta.label}.{field.name}")
    return sorted(found)


def says(field: models.Field, row: models.Model) -> bool:
    value: Any = getattr(row, field.attname)
    if isinstance(row, Session) and field.name == "session_data":
        value = row.get_decoded()
    elif isinstance(value, bytes | memoryview):
        value = bytes(value).decode("latin-1")
    elif isinstance(field, models.FileField) and value:
        with value.open("rb") as file:
            value = file.read().decode("latin-1")
    return any(trace in str(value).lower() for trace in TRACES)


def test_after_it_nothing_says_who_she_was(zoe, capsys):
    before = traces()
    assert {
        "accounts.User.email",
        "accounts.SignInLink.email",
        "notifications.Mail.text",
        "sessions.Session.session_data",
    } <= set(before)
    kept = [Application.objects.count(), Paper.objects.count(), Commitment.objects.count(), Mail.objects.count()]
    entries = list(Entry.objects.order_by("pk").values_list("digest", flat=True))
    assert cli.main(["erase", "Zoe.Berho@exemple.fr", "--yes"]) == 0
    assert traces() == []
    assert [
        Application.objects.count(),
        Paper.objects.count(),
        Commitment.objects.count(),
        Mail.objects.count(),
    ] == kept
    assert kept[:3] == [1, 2, 2]
    assert list(Entry.objects.order_by("pk").values_list("digest", flat=True))[: len(entries)] == entries
    assert verify() == []
    assert capsys.readouterr().out == (
        "zoe.berho@exemple.fr est effacé (site public, partenaires, courrier, comptes). "
        f"Dossiers, aides et journal restent, sous le code {zoe.code}.\n"
    )


def test_each_room_writes_what_it_did(zoe):
    last = Entry.objects.order_by("-pk").first()
    assert cli.main(["erase", EMAIL, "--yes"]) == 0
    done = Entry.objects.filter(pk__gt=last.pk).order_by("pk").values_list("room", "verb")
    assert list(done) == [
        ("documents", "remove"),
        ("partners", "end"),
        ("notifications", "erase"),
        ("accounts", "erase"),
    ]


def test_a_mail_to_somebody_else_keeps_its_other_words(zoe):
    told = Mail.objects.get(kind="partners.claim_received")
    assert "Zoé Berho demande à parler pour Roue libre 40" in told.text
    assert cli.main(["erase", EMAIL, "--yes"]) == 0
    told.refresh_from_db()
    assert "(personne effacée) demande à parler pour Roue libre 40" in told.text
    assert "(personne effacée) demande à parler pour Roue libre 40" in told.html


@pytest.mark.parametrize(("typed", "code"), [("Zoe.Berho@exemple.fr ", 0), ("oui", 1), ("", 1)])
def test_the_address_is_typed_once_more(typed, code, zoe, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda question: typed)
    assert cli.main(["erase", EMAIL]) == code
    assert User.objects.filter(email=EMAIL).exists() is bool(code)
    assert ("Rien n’a été effacé." in capsys.readouterr().err) is bool(code)


def test_without_a_terminal_nothing_is_erased(zoe, monkeypatch, capsys):
    def closed(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    assert cli.main(["erase", EMAIL]) == 1
    assert capsys.readouterr().err == "Ce n’est pas cette adresse. Rien n’a été effacé.\n"


def test_an_address_that_nobody_has(capsys):
    assert cli.main(["erase", "personne@exemple.fr", "--yes"]) == 1
    assert capsys.readouterr().err == "Personne n’est inscrit ici sous personne@exemple.fr. Rien n’a été effacé.\n"


def test_the_last_officer_names_somebody_first(capsys):
    boss = officer()
    assert cli.main(["erase", boss.email, "--yes"]) == 1
    assert capsys.readouterr().err == (
        "C’est le dernier chargé de mission. Nommez d’abord son successeur ; rien n’a été changé. "
        "Personne n’est effacé.\n"
    )
    assert User.objects.get(pk=boss.pk).email == boss.email


def test_a_word_that_is_only_a_part_of_an_address_stays_in_the_mails(capsys):
    """« contact » names nobody: the mails that use this word keep it."""
    from faubourg.notifications.services import Letter, post

    accounts.person_for("contact@exemple.fr", by=None)
    mail = post(Letter("test", "autre@exemple.fr", "Prendre contact", "Votre contact : contact@exemple.fr\n"), by=None)
    assert cli.main(["erase", "contact@exemple.fr", "--yes"]) == 0
    mail.refresh_from_db()
    assert (mail.subject, mail.text) == ("Prendre contact", "Votre contact\u00a0: (personne effacée)\n")


def test_rooms_forget_from_the_top_floor_down():
    erasing = [card.erase for card in cards() if card.erase]
    assert erasing[0] == "faubourg.accounts.services.erase"  # it alone knows the address: it forgets it last
