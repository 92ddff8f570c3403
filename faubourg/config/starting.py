"""What must stand before the doors open: the tables, the static files, and for the demo its world."""

import errno
import fcntl
import hashlib
import io
import json
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType, ModuleType

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from faubourg.config.words import Stop, reason


def say(line: str) -> None:
    print(line, flush=True)


def port_is_free(address: str, port: int) -> None:
    """Stop with a clear line when somebody already listens there."""
    if port not in range(1, 65536):
        raise Stop(f"Le port {port} n’existe pas : choisissez un nombre entre 1024 et 65535.")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            raise Stop(f"Le port {port} demande des droits d’administrateur. Prenez-en un au-dessus de 1024.") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Stop(f"Impossible d’écouter sur {address}:{port} : {reason(error)}.") from None
            raise Stop(
                f"Le port {port} est déjà pris. Arrêtez ce qui l’occupe, ou choisissez-en un autre, "
                f"par exemple : make demo PORT={port + 1}"
            ) from None


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C and SIGTERM while something is built: one line. What is half-made, the next start repairs."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        raise Stop("Interrompu. Relancez la même commande : elle reprendra.", code=130) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def alone() -> Iterator[None]:
    """One demo at a time in one home: the second would rebuild what the first shows."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with (settings.HOME / "demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(f"Une démonstration tourne déjà dans {settings.HOME}. Arrêtez-la d’abord (Ctrl-C).") from None
        yield


def missing_migrations() -> list[str]:
    """Names of the migrations that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> None:
    if missing_migrations():
        call_command("migrate", verbosity=0, interactive=False)
    furnish()


def furnish() -> None:
    """What a database needs besides its tables: the one that counts refused passwords for all processes, which Django
    makes by a command, and a first index of the search, where the pages of the site stand before any deed."""
    call_command("createcachetable", verbosity=0)
    call_command("search_rebuild", if_empty=True, stdout=io.StringIO())


def gather_static() -> None:
    """Fingerprinted and compressed copies for the server, made again only when a file changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path))
            digest.update(f"{path} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    stamp = settings.HOME / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest.hexdigest())


# ------------------------------------------------------------------------------------------- the demo's world


class DemoHome:
    """The home that a demo made for itself. Only such a home is ever emptied and rebuilt."""

    def __init__(self) -> None:
        self.marker = settings.HOME / "demo.json"
        database = settings.DATABASES["default"]
        self.file = Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None

    def make_ready(self) -> None:
        """Leave with a complete world, in the time of a glance when it already stands."""
        if self._is_ours():
            if self._is_whole():
                return
            self._empty()
        elif self._holds_something():
            raise Stop(
                f"Il y a déjà des données dans {self.file or 'cette base'}, qui ne viennent pas de la démonstration : "
                "rien n’y est touché. Choisissez un autre dossier : make demo FAUBOURG_HOME=./demo"
            )
        say("Construction du monde d’exemple (quelques secondes)…")
        self._write("building")
        migrate()
        _demo().build_world()
        self._write("ready")

    def _is_ours(self) -> bool:
        return self.marker.exists()

    def _is_whole(self) -> bool:
        """Built to its end, by these same migrations, and readable."""
        try:
            told = json.loads(self.marker.read_text())
            known = {name: digest for name, digest in _migration_digests().items() if name in told["migrations"]}
            if told["state"] != "ready" or known != told["migrations"]:
                return False
            if self._is_damaged():
                return False
            migrate()
            return bool(_demo().world_is_ready())
        except OperationalError:
            if self.file is None:
                raise  # a server that does not answer has lost nothing
            return False
        except (ValueError, KeyError, TypeError, DatabaseError):
            return False

    def _is_damaged(self) -> bool:
        """SQLite opens a file whose first pages are whole: the others are looked at too, in some milliseconds."""
        if self.file is None or not self.file.exists():
            return False
        with closing(sqlite3.connect(self.file)) as link:
            try:
                return bool(link.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
            except sqlite3.DatabaseError:
                return True

    def _holds_something(self) -> bool:
        if self.file and (not self.file.exists() or self.file.stat().st_size == 0):
            return False
        try:
            if "accounts_user" not in connection.introspection.table_names():
                return False
            return bool(import_module("faubourg.accounts.models").User.objects.exists())
        except DatabaseError:
            if self.file is None:
                raise
            return True  # unreadable, but not ours to throw away

    def _empty(self) -> None:
        connection.close()
        if self.file is None:
            raise Stop("Le monde d’exemple est incomplet dans cette base PostgreSQL : videz la base, puis relancez.")
        say("Le monde d’exemple était incomplet ou d’une autre version : il est refait.")
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        for folder in (settings.MEDIA_ROOT, settings.HOME / "mails"):
            shutil.rmtree(folder, ignore_errors=True)
        self.marker.unlink()

    def _write(self, state: str) -> None:
        self.marker.write_text(json.dumps({"state": state, "migrations": _migration_digests()}))


def _demo() -> ModuleType:
    """The room that knows the example, where it is open."""
    try:
        return import_module("faubourg.demo.services")
    except ModuleNotFoundError as error:
        raise Stop(f"La pièce « demo » n’est pas installée ici ({error.name}).") from None


def _migration_digests() -> dict[str, str]:
    rooms = Path(sys.modules["faubourg"].__path__[0])
    return {
        str(file.relative_to(rooms)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(rooms.glob("*/migrations/[0-9]*.py"))
    }


def welcome() -> list[str]:
    """What a started server says; on an installation that nobody runs yet, how to begin too."""
    opened = f"Faubourg est ouvert : {settings.BASE_URL} (Ctrl-C arrête tout)"
    return [opened, *import_module("faubourg.partners.selectors").nobody_runs()]


def sign_in_links(address: str) -> list[tuple[str, str, str]]:
    """A role, a person, an address that lets in: fresh at each start."""
    return list(_demo().sign_in_links(address))
