import errno

import pytest
from django.db import OperationalError

from faubourg.config.words import first_line, of_database, of_setting, reason

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied"), "droits insuffisants"),
        (OSError(errno.ENOSPC, "No space left"), "plus de place sur le disque"),
        (TimeoutError(), "pas de réponse"),
        (OSError("étrange\nsuite"), "étrange"),
        (OSError(), "OSError"),
    ],
)
def test_reasons_are_french(error, words):
    assert reason(error) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('connection failed: connection to server at "127.0.0.1", port 9 failed: Connection refused\n\tIs it running?',
         "aucun serveur ne répond à cette adresse"),
        ("[Errno -2] Name or service not known", "ce nom de machine est inconnu"),
        ('FATAL:  password authentication failed for user "a"', "le compte ou le mot de passe n’est pas le bon"),
        ('FATAL:  database "z" does not exist', "cette base n’existe pas"),
        ('FATAL:  role "z" does not exist', "le compte ou le mot de passe n’est pas le bon"),
        ("connection timeout expired", "pas de réponse"),
        ("database is locked", "elle est occupée par un autre programme"),
        ("file is not a database", "son fichier est abîmé"),
        ("database disk image is malformed", "son fichier est abîmé"),
        ("unable to open database file", "son fichier ne peut pas être ouvert"),
        ("attempt to write a readonly database", "son fichier ne peut pas être écrit"),
        ("database or disk is full", "plus de place sur le disque"),
        ("étrange\nsuite", "étrange"),
    ],
)  # fmt: skip
def test_what_a_database_says_is_french(said, words):
    assert of_database(OperationalError(said)) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            ValueError("invalid literal for int() with base 10: 'abc'"),
            "FAUBOURG_PORT : « abc » n’est pas un nombre entier",
        ),
        (ValueError("invalid literal for int() with base 10: 'x'"), "« x » n’est pas un nombre entier"),
        (ValueError("étrange"), "étrange"),
    ],
)
def test_a_setting_that_is_no_number_is_named(error, words, monkeypatch):
    monkeypatch.setenv("FAUBOURG_PORT", "abc")
    assert of_setting(error) == words


def test_first_line():
    assert first_line(ValueError("  un\ndeux")) == "un"
