"""The command, in process; the whole demo is played in test_demo_command.py."""

import errno
import re
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from faubourg.config import cli, starting, version
from faubourg.config.words import Stop
from faubourg.core.daily import Done


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("FAUBOURG_PORT", "FAUBOURG_DEMO", "FAUBOURG_URL"):
        monkeypatch.setenv(name, "")  # so that what the command sets is taken back
        monkeypatch.delenv(name)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    monkeypatch.setattr("django.setup", lambda: None)


def test_alone_it_shows_its_help(capsys):
    assert cli.main([]) == 1
    said = capsys.readouterr().out
    assert all(order in said for order in ("demo", "serve", "worker", "daily", "check", "manage"))


def test_it_says_its_version(monkeypatch, capsys, tmp_path):
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"Faubourg copie de travail( \S+)?\n", capsys.readouterr().out)
    monkeypatch.setattr(version, "ROOT", tmp_path)  # no history
    assert version.version() == "copie de travail"
    (tmp_path / ".git").write_text("broken")
    assert version.version() == "copie de travail"
    monkeypatch.setattr(version, "installed", lambda name: "0.3.0")
    assert version.version() == "0.3.0"


def test_help_is_french_to_its_first_word(capsys):
    with pytest.raises(SystemExit, match="0"):
        cli.main(["officer", "--help"])
    said = capsys.readouterr().out
    assert said.startswith("usage : faubourg officer")
    assert "à donner :" in said
    assert not [word for word in ("arguments", "positional", "show this") if word in said]


def test_an_unknown_order_is_refused_in_french(capsys):
    with pytest.raises(SystemExit, match="2"):
        cli.main(["dance"])
    assert "Commande incomprise" in capsys.readouterr().err


@pytest.mark.parametrize(("found", "code"), [([], 0), (["La clé est courte."], 1)])
def test_check(found, code, monkeypatch, capsys):
    monkeypatch.setattr("faubourg.config.health.problems", lambda: found)
    assert cli.main(["check"]) == code
    assert capsys.readouterr().out.startswith("✗ La clé est courte." if found else "Tout va bien")


def test_daily(monkeypatch, capsys):
    monkeypatch.setattr("faubourg.core.daily.run", lambda: [Done("a.b", 3), Done("a.c", None)])
    assert cli.main(["daily"]) == 1
    assert capsys.readouterr().out == "a.b : 3\na.c : échec, voir le journal du serveur\n"


def test_worker(monkeypatch):
    monkeypatch.setattr("faubourg.config.working.work", lambda: 0)
    assert cli.main(["worker"]) == 0


def test_manage_is_djangos(monkeypatch):
    said = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", said.append)
    assert cli.main(["manage", "shell", "--help"]) == 0
    assert said == [["faubourg manage", "shell", "--help"]]


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (Stop("Le port est pris."), "Le port est pris.\n"),
        (
            OperationalError("Connection refused\nmore"),
            "La base de données refuse : aucun serveur ne répond à cette adresse. « faubourg check » dit quoi faire.\n",
        ),
        (OSError(errno.EACCES, "x", "/a"), "Impossible de lire ou d’écrire /a : droits insuffisants.\n"),
    ],
)
def test_what_a_person_can_put_right_is_one_line(error, line, monkeypatch, capsys):
    def broken():
        raise error

    monkeypatch.setattr("faubourg.config.working.work", broken)
    assert cli.main(["worker"]) == 1
    assert capsys.readouterr().err == line


def test_what_was_interrupted_ends_as_such(monkeypatch, capsys):
    def interrupted():
        raise Stop("Interrompu.", code=130)

    monkeypatch.setattr("faubourg.config.working.work", interrupted)
    assert cli.main(["worker"]) == 130
    assert capsys.readouterr().err == "Interrompu.\n"


def test_ctrl_c_is_not_an_error(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("faubourg.config.working.work", interrupted)
    assert cli.main(["worker"]) == 130
    assert capsys.readouterr().err == ""


def test_a_fault_of_ours_is_not_hidden(monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr("faubourg.config.working.work", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main(["worker"])


def test_a_setting_that_cannot_be_read_is_told(monkeypatch, capsys):
    def broken():
        raise ValueError("invalid literal for int() with base 10: 'abc'")

    monkeypatch.setattr("django.setup", broken)
    assert cli.main(["check"]) == 1
    assert capsys.readouterr().err == (
        "Un réglage ne convient pas : « abc » n’est pas un nombre entier. La liste est dans docs/settings.md.\n"
    )


@pytest.fixture
def house(monkeypatch):
    """No port, no process: what would be started is kept."""
    seen = SimpleNamespace(did=[], children=[])
    monkeypatch.setattr(starting, "port_is_free", lambda address, port: seen.did.append("port"))
    monkeypatch.setattr(starting, "migrate", lambda: seen.did.append("migrate"))
    monkeypatch.setattr(starting, "missing_migrations", list)
    monkeypatch.setattr(starting, "gather_static", lambda: seen.did.append("static"))
    monkeypatch.setattr(starting.DemoHome, "make_ready", lambda self: seen.did.append("world"))
    monkeypatch.setattr(starting, "sign_in_links", lambda address: [("Élu", "Marc", f"{address}/entrer/x/")])
    monkeypatch.setattr(cli, "_answers", lambda address, port: True)

    def run_tree(children, *, when_ready):
        seen.children = children
        when_ready(lambda: True)
        return 0

    monkeypatch.setattr("faubourg.config.tree.run_tree", run_tree)
    return seen


@pytest.mark.django_db
def test_serve_opens_the_server(house, capsys):
    assert cli.main(["serve"]) == 0
    assert house.did == ["port", "static"]
    (server,) = house.children
    assert server.command[1:3] == ("-m", "gunicorn")
    assert {"--bind=127.0.0.1:8000", "--preload", "faubourg.config.wsgi:application"} <= set(server.command)
    assert "Faubourg est ouvert" in capsys.readouterr().out


@pytest.mark.django_db
def test_serve_may_migrate_and_work_too(house):
    assert cli.main(["serve", "--migrate", "--worker"]) == 0
    assert house.did == ["port", "migrate", "static"]
    assert [child.name for child in house.children] == ["le serveur web", "le travail de fond"]


def test_serve_does_not_open_over_an_old_database(house, monkeypatch, capsys):
    monkeypatch.setattr(starting, "missing_migrations", lambda: ["calls.0001_initial"])
    assert cli.main(["serve"]) == 1
    assert "faubourg manage migrate" in capsys.readouterr().err
    assert house.children == []


@pytest.mark.django_db
def test_demo_shows_one_door_per_role(house, capsys, settings, tmp_path):
    settings.HOME = tmp_path
    assert cli.main(["demo", "--port", "8123"]) == 0
    assert house.did == ["port", "world", "static"]
    assert "  Élu  Marc  http://127.0.0.1:8000/entrer/x/\n" in capsys.readouterr().out
    assert (cli.os.environ["FAUBOURG_PORT"], cli.os.environ["FAUBOURG_DEMO"]) == ("8123", "1")
    assert cli.os.environ["FAUBOURG_URL"] == "http://127.0.0.1:8123"


def test_a_wide_address_is_asked_through_the_loopback(monkeypatch):
    asked = []

    def connect(address, timeout):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(cli.socket, "create_connection", connect)
    assert cli._answers("0.0.0.0", 8000) is False  # noqa: S104
    assert asked == [("127.0.0.1", 8000)]
    assert "--bind=[::1]:8000" in cli._gunicorn("::1", 8000)
