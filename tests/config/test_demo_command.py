"""`faubourg demo` played for real: from nothing to the doors, then again on what stands."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from tests.databases import empty_database, environment
from tests.house.places import ROOT

pytestmark = pytest.mark.clock(None)


@contextmanager
def demo(address, home, port):
    """The lines that it says until it is open; at the end Ctrl-C."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "faubourg.config.cli", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment(address, home, FAUBOURG_WORKERS="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    try:
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith("Ctrl-C"):
                break
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[0]
    assert (process.returncode, rest) == (0, "")


def spare_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(url):
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_interrupted_in_its_building_says_one_line(tmp_path, number):
    home, port = tmp_path / "home", spare_port()
    with empty_database(tmp_path) as address:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "faubourg.config.cli", "demo", "--port", str(port)],
            cwd=ROOT,
            env=environment(address, home, FAUBOURG_WORKERS="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout.readline() == "Construction du monde d’exemple (quelques secondes)…\n"
        time.sleep(1)
        process.send_signal(number)
        rest = process.communicate(timeout=30)[0]
    assert (process.returncode, rest) == (130, "Interrompu. Relancez la même commande : elle reprendra.\n")


def test_the_demo_opens_shows_its_doors_and_leaves_nothing_running(tmp_path):
    home, port = tmp_path / "home", spare_port()
    with empty_database(tmp_path) as address:
        with demo(address, home, port) as said:
            assert said[0] == "Construction du monde d’exemple (quelques secondes)…"
            assert f"Faubourg est ouvert : http://127.0.0.1:{port}" in said
            links = re.findall(rf"http://127\.0\.0\.1:{port}/entrer/\S+", "\n".join(said))
            assert len(links) >= 7
            status, page = get(links[0])
            assert status == 200
            assert "<form" in page
            assert get(f"http://127.0.0.1:{port}/galerie/")[0] == 200
        assert not listens(port)
        with demo(address, home, port) as said:
            assert said[1] == f"Faubourg est ouvert : http://127.0.0.1:{port}"
        assert not listens(port)
