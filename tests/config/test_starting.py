import json
import signal
import socket
import sqlite3
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, OperationalError

from faubourg.config import starting
from faubourg.config.words import Stop
from tests.factories.accounts import UserFactory


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


class World:
    """Stands for the demo room."""

    def __init__(self):
        self.built = 0
        self.ready = False

    def build_world(self):
        self.built += 1
        self.ready = True

    def world_is_ready(self):
        return self.ready

    def sign_in_links(self, address):
        return [("officier", "Claire", f"{address}/entrer/x/")]


@pytest.fixture
def world(monkeypatch):
    world = World()
    monkeypatch.setattr(starting, "_demo", lambda: world)
    monkeypatch.setattr(starting, "migrate", lambda: None)
    return world


@pytest.fixture
def demo(home, world):
    demo = starting.DemoHome()
    demo.file = home / "faubourg.sqlite3"
    return demo


def test_a_spare_port_is_free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    starting.port_is_free("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 0, 65536, 99999])
def test_a_port_that_does_not_exist_is_told(port):
    with pytest.raises(Stop, match=f"Le port {port} n’existe pas : choisissez un nombre entre 1024 et 65535"):
        starting.port_is_free("127.0.0.1", port)


def test_a_taken_port_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=f"Le port {port} est déjà pris.*make demo PORT={port + 1}"):
            starting.port_is_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_told():
    with pytest.raises(Stop, match="n’est pas celle de la machine"):
        starting.port_is_free("192.0.2.1", 8000)


def test_a_port_of_the_administrator_is_told(monkeypatch):
    def refuse(self, address):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(starting.socket, "socket", type("Probe", (socket.socket,), {"bind": refuse}))
    with pytest.raises(Stop, match="demande des droits d’administrateur"):
        starting.port_is_free("127.0.0.1", 80)


def test_one_demo_at_a_time(home):
    with starting.alone(), pytest.raises(Stop, match="tourne déjà"), starting.alone():
        pass
    with starting.alone():
        pass


@pytest.mark.django_db
def test_migrate_runs_only_when_something_is_missing(monkeypatch):
    ran = []
    monkeypatch.setattr(starting, "call_command", lambda *words, **more: ran.append(words))
    monkeypatch.setattr(starting, "missing_migrations", list)
    starting.migrate()
    monkeypatch.setattr(starting, "missing_migrations", lambda: ["calls.0001_initial"])
    starting.migrate()
    furnished = [("createcachetable",), ("search_rebuild",)]
    assert ran == [*furnished, ("migrate",), *furnished]


def test_static_files_are_gathered_once(home, monkeypatch):
    ran = []
    monkeypatch.setattr(starting, "call_command", lambda *words, **more: ran.append(words))
    starting.gather_static()
    (home / "static").mkdir()
    starting.gather_static()
    assert ran == [("collectstatic",)]
    (home / "static.stamp").write_text("another day")
    starting.gather_static()
    assert ran == [("collectstatic",)] * 2


def test_the_first_time_the_world_is_built(demo, world, capsys):
    demo.make_ready()
    assert (world.built, json.loads(demo.marker.read_text())["state"]) == (1, "ready")
    assert "Construction du monde d’exemple" in capsys.readouterr().out


def test_the_second_time_it_stands(demo, world):
    demo.make_ready()
    demo.make_ready()
    assert world.built == 1


@pytest.mark.parametrize(
    "marker",
    ["", "{", "[]", '{"state": "building", "migrations": {}}', '{"state": "ready", "migrations": {"a/b.py": "old"}}'],
)
def test_a_half_made_world_is_removed_and_built_again(demo, world, home, marker, capsys):
    demo.marker.write_text(marker)
    demo.file.write_text("garbage")
    (home / "files").mkdir()
    world.ready = True
    demo.make_ready()
    assert (world.built, demo.file.exists(), (home / "files").exists()) == (1, False, False)
    assert "il est refait" in capsys.readouterr().out


def test_a_world_that_cannot_be_read_is_built_again(demo, world, monkeypatch):
    demo.make_ready()

    def broken():
        raise DatabaseError("malformed")

    monkeypatch.setattr(world, "world_is_ready", broken)
    demo.make_ready()
    assert world.built == 2


def test_a_server_that_does_not_answer_is_no_incomplete_world(demo, world, monkeypatch):
    """Nobody empties a database because its server sleeps."""
    demo.make_ready()

    def asleep():
        raise OperationalError("connection failed: Connection refused")

    monkeypatch.setattr(world, "world_is_ready", asleep)
    demo.file = None
    with pytest.raises(OperationalError):
        demo.make_ready()
    assert world.built == 1


@pytest.mark.once
def test_a_world_damaged_in_its_middle_is_built_again(demo, world, capsys):
    """SQLite opens a file whose first pages are whole, and fails days later on the others."""
    with sqlite3.connect(demo.file) as link:
        link.execute("CREATE TABLE a (b)")
        link.executemany("INSERT INTO a VALUES (?)", [("x" * 900,)] * 400)
    link.close()
    demo.marker.write_text(json.dumps({"state": "ready", "migrations": starting._migration_digests()}))
    world.ready = True
    demo.make_ready()
    assert world.built == 0
    with demo.file.open("r+b") as file:
        file.seek(demo.file.stat().st_size // 2)
        file.write(b"\xff" * 20_000)
    demo.make_ready()
    assert (world.built, demo.file.exists()) == (1, False)
    assert "il est refait" in capsys.readouterr().out


def test_an_incomplete_world_on_a_server_is_left_to_its_owner(demo, world):
    demo.marker.write_text("{")
    demo.file = None
    with pytest.raises(Stop, match="videz la base"):
        demo.make_ready()
    assert world.built == 0


@pytest.mark.django_db
def test_somebody_elses_data_are_not_touched(demo, world):
    UserFactory.create()
    with sqlite3.connect(demo.file) as link:
        link.execute("CREATE TABLE a (b)")
    link.close()
    with pytest.raises(Stop, match="ne viennent pas de la démonstration"):
        demo.make_ready()
    assert (world.built, demo.file.exists()) == (0, True)


@pytest.mark.django_db
def test_an_empty_database_is_taken(demo, world):
    with sqlite3.connect(demo.file) as link:
        link.execute("CREATE TABLE a (b)")
    link.close()
    demo.make_ready()
    assert world.built == 1


def broken_introspection(monkeypatch):
    def broken():
        raise DatabaseError("file is not a database")

    monkeypatch.setattr(starting, "connection", SimpleNamespace(introspection=SimpleNamespace(table_names=broken)))


def test_an_unreadable_database_of_somebody_else_is_not_touched(demo, world, monkeypatch):
    demo.file.write_text("garbage")
    broken_introspection(monkeypatch)
    with pytest.raises(Stop, match="ne viennent pas de la démonstration"):
        demo.make_ready()


def test_an_unreachable_server_is_not_an_empty_one(demo, world, monkeypatch):
    demo.file = None
    broken_introspection(monkeypatch)
    with pytest.raises(DatabaseError):
        demo.make_ready()


@pytest.mark.django_db
def test_a_database_without_tables_is_empty(demo, world, monkeypatch):
    demo.file.write_text("x")
    empty = SimpleNamespace(introspection=SimpleNamespace(table_names=list))
    monkeypatch.setattr(starting, "connection", empty)
    demo.make_ready()
    assert world.built == 1


@pytest.mark.once
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_building_that_is_interrupted_says_so_in_one_line(number):
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    with pytest.raises(Stop) as told, starting.interruptible():
        signal.raise_signal(number)
    assert (str(told.value), told.value.code) == ("Interrompu. Relancez la même commande : elle reprendra.", 130)
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


def test_links_are_asked_of_the_demo_room(world):
    assert starting.sign_in_links("http://x") == [("officier", "Claire", "http://x/entrer/x/")]


def test_a_closed_demo_room_is_told(monkeypatch):
    def lost(name):
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    monkeypatch.setattr(starting, "import_module", lost)
    with pytest.raises(Stop, match="n’est pas installée"):
        starting.sign_in_links("http://x")
