"""A PostgreSQL server of the tests' own: a spare port, a folder that goes away, an ordinary user."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWN = {"listen_addresses": "127.0.0.1", "log_min_messages": "fatal", "timezone": "UTC"}
FAST = OWN | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "jit": "off",
    "shared_buffers": "128MB",
}


class NotStartedError(RuntimeError):
    """Why there is no server, in French."""


@contextmanager
def server(binaries: Path, *, as_it_comes: bool = False) -> Iterator[str]:
    """The address (``postgres://...``) of a fresh server, stopped at the end.

    It forgets what a crash would lose; ``as_it_comes`` leaves PostgreSQL's own settings, for a measure.
    """
    folder = Path(tempfile.mkdtemp(prefix="faubourg-postgresql-"))
    who = _ordinary_user(folder)
    process: subprocess.Popen | None = None
    try:
        _init(binaries, folder, who)
        port = _spare_port()
        process = _start(binaries, folder, port, who, OWN if as_it_comes else FAST)
        _wait(process, folder, port)
        yield f"postgres://faubourg@127.0.0.1:{port}/faubourg"
    finally:
        if process:
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": no client is waited for
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: its own user, or nobody, takes the folder."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, found.pw_uid, found.pw_gid)
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise NotStartedError("aucun compte ordinaire (postgres, nobody) pour le faire tourner")


def _init(binaries: Path, folder: Path, who: dict) -> None:
    command = [binaries / "initdb", "-D", folder / "data", "-U", "faubourg", "-A", "trust", "-E", "UTF8"]
    done = subprocess.run(
        [*map(str, command), "--locale=C", "--no-sync"],
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        capture_output=True,
        text=True,
        **who,
    )
    if done.returncode:
        raise NotStartedError(f"initdb a échoué : {(done.stderr.strip().splitlines() or ['?'])[-1]}")


def _start(binaries: Path, folder: Path, port: int, who: dict, settings: dict[str, str]) -> subprocess.Popen:
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-k", str(folder), *words],
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the tests; they stop the server
            preexec_fn=_die_with_parent,  # noqa: PLW1509
            **who,
        )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def _wait(process: subprocess.Popen, folder: Path, port: int) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        if _is_ready(port):
            return
        time.sleep(0.1)
    said = (folder / "log").read_text().strip().splitlines()
    raise NotStartedError(f"le serveur n’a pas démarré : {said[-1] if said else 'sans un mot'}")


def _is_ready(port: int) -> bool:
    import psycopg

    try:
        new_database(f"postgres://faubourg@127.0.0.1:{port}/postgres", "faubourg")
    except psycopg.OperationalError:
        return False
    return True


def new_database(address: str, name: str) -> str:
    """The address of one more database on this server, empty."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(address, autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{address.rpartition('/')[0]}/{name}"


def _spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
