from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from faubourg.config import health
from faubourg.core import clock
from faubourg.core.triggers import lifted
from faubourg.journal.models import Entry
from faubourg.journal.services import record
from faubourg.search.services import rebuild
from tests.factories.partners import officer


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return tmp_path


def test_a_long_key_is_fine(home):
    assert list(health.secret_key()) == []


@pytest.mark.parametrize("key", ["short", "a" * 80])
def test_a_weak_key_is_told(home, settings, key):
    settings.SECRET_KEY = key
    (told,) = health.secret_key()
    assert told.startswith("La clé secrète est trop courte")


def test_a_key_that_others_can_read_is_told(home, monkeypatch):
    monkeypatch.delenv("FAUBOURG_SECRET_KEY")
    file = home / "secret-key"
    file.write_text("x" * 50)
    file.chmod(0o644)
    assert list(health.secret_key()) == [
        f"La clé secrète peut être lue par d’autres comptes (droits 644). Lancez : chmod 600 {file}"
    ]
    file.chmod(0o600)
    assert list(health.secret_key()) == []


def test_storage_that_can_be_written_is_made(home):
    assert list(health.storage()) == []
    assert (home / "files").is_dir()


def test_storage_that_cannot_be_written_is_told(settings):
    settings.HOME, settings.MEDIA_ROOT = Path("/proc/faubourg"), "/proc/faubourg/files"
    assert [line.split(" ne peut")[0] for line in health.storage()] == [
        "Le dossier /proc/faubourg",
        "Le dossier /proc/faubourg/files",
    ]


def test_a_full_disk_is_told(home, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: SimpleNamespace(free=12 * 2**20))
    assert list(health.disk()) == [
        f"Il ne reste que 12 Mo sur le disque de {home}. Libérez de la place : il en faut 500."
    ]


def test_mail_in_files_is_not_asked(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert list(health.mail()) == []


def test_a_silent_mail_server_is_told(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert list(health.mail()) == [
        "Le serveur de courrier 127.0.0.1:1 ne répond pas (connexion refusée). Vérifiez FAUBOURG_EMAIL_URL."
    ]


def test_a_loopback_address_needs_no_https(settings):
    settings.BASE_URL, settings.DEBUG = "http://127.0.0.1:8000", True
    assert list(health.address()) == []


def test_a_public_address_needs_https_a_name_and_no_debug(settings):
    settings.BASE_URL, settings.DEBUG, settings.ALLOWED_HOSTS = "http://ville.fr", True, ["*"]
    assert [line.split()[0] for line in health.address()] == ["L’adresse", "FAUBOURG_DEBUG", "FAUBOURG_HOSTS"]
    settings.BASE_URL, settings.DEBUG, settings.ALLOWED_HOSTS = "https://ville.fr", False, ["ville.fr"]
    assert list(health.address()) == []


@pytest.mark.django_db
def test_a_late_clock_is_told():
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        assert next(health.time()).startswith("L’horloge de la machine retarde : elle dit 01/01/2020")


@pytest.mark.django_db
@pytest.mark.clock(None)
def test_a_clock_behind_the_journal_is_told():
    assert list(health.time()) == []
    with clock.at(clock.now() + timedelta(hours=1)):
        record("try", "D-1", room="core", by=None)
    (told,) = health.time()
    assert told.startswith("L’horloge de la machine retarde, ou a avancé un temps")


@pytest.mark.django_db
def test_a_clock_away_from_the_database_is_told():
    told = list(health.time())  # the clock of the tests stands, PostgreSQL's runs
    assert len(told) == (1 if connection.vendor == "postgresql" else 0)


def test_an_unreachable_database_is_told_and_nothing_more_is_asked(home, monkeypatch, settings):
    def refuse():
        raise OperationalError("connection refused\nis it running?")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    (told,) = health.problems()
    assert told.startswith(
        "La base de données ne répond pas (aucun serveur ne répond à cette adresse). Vérifiez DATABASE_URL"
    )


@pytest.mark.django_db
def test_missing_migrations_are_told_and_tables_are_not_asked(home, monkeypatch):
    monkeypatch.setattr(health, "missing_migrations", lambda: ["calls.0002_next"])
    assert health.problems() == [
        "Il manque 1 migration(s) à la base, dont calls.0002_next. Lancez : faubourg manage migrate"
    ]


@pytest.mark.django_db
@pytest.mark.clock(None)
def test_a_sound_installation_has_no_problem(home, monkeypatch):
    monkeypatch.setattr(health, "missing_migrations", list)
    officer()
    rebuild()
    assert health.problems() == []


@pytest.mark.django_db
def test_a_question_that_breaks_is_a_problem(monkeypatch):
    def broken():
        raise KeyError("x")

    assert health._asked(broken) == ["Le contrôle « broken » n’a pas abouti : KeyError ('x')."]


@pytest.mark.django_db
@pytest.mark.clock(None)
def test_tampering_is_told_once(home):
    record("open_call", "call:2027", room="calls", by=None)
    with lifted(connection):
        Entry.objects.update(thing="call:2028")
    said = [line for line in health.problems() if "Journal" in line]
    assert said == ["Journal, ligne 1 : son contenu a été changé après coup."]


@pytest.mark.django_db
@pytest.mark.clock(None)
def test_work_that_nobody_does_is_told(home):
    from django_tasks_db.models import DBTaskResult

    (home / "daily.json").write_text('{"day": "2026-11-01"}')
    row = DBTaskResult.objects.create(
        task_path="a.b",
        args_kwargs={"args": [], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        priority=0,
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=clock.now() - timedelta(hours=1))
    assert [line.split(" : ")[0] for line in health.work()] == [
        "1 travail(aux) attend(ent) depuis plus de dix minutes",
        "Le travail quotidien n’a pas tourné depuis le 01/11/2026",
    ]


def test_rooms_speak_for_themselves(monkeypatch):
    monkeypatch.setattr(health, "cards", lambda: [SimpleNamespace(checks=("tests.config.test_health.complaint",))])
    assert list(health.rooms()) == ["Il manque un objectif."]


def complaint():
    return ["Il manque un objectif."]
