"""Real processes: what starts together ends together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from faubourg.config import tree
from faubourg.config.tree import Child, run_tree

pytestmark = [pytest.mark.clock(None), pytest.mark.once]
ROOT = Path(__file__).parents[2]
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def child(code: str, name: str = "l’enfant") -> Child:
    return Child(name, (sys.executable, "-c", code))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc/self").exists() else True


def test_a_signal_ends_the_children_and_their_children(tmp_path):
    note = tmp_path / "pids"
    code = (
        "import os, subprocess, sys, time;"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{grandchild.pid}}');"
        "time.sleep(60)"
    )

    def when_ready(alive):
        while alive() and not (note.exists() and note.read_text()):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)

    assert run_tree([child(code)], when_ready=when_ready) == 0
    deadline = time.monotonic() + 5
    pids = [int(pid) for pid in note.read_text().split()]
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_a_child_that_dies_ends_the_others(capfd):
    code = run_tree([child("import time; time.sleep(60)"), child("raise SystemExit(3)", "le serveur")], when_ready=bool)
    assert code == 1
    assert capfd.readouterr().err == "Arrêt : le serveur s’est terminé (code 3).\n"


def test_a_stubborn_child_is_killed(monkeypatch):
    monkeypatch.setattr(tree, "PATIENCE", 0.5)
    command = [sys.executable, "-c", STUBBORN]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE)  # noqa: S603
    process.stdout.readline()
    tree._end([process])
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL


def test_handlers_are_given_back():
    before = signal.getsignal(signal.SIGTERM)
    run_tree([child("pass")], when_ready=bool)
    assert signal.getsignal(signal.SIGTERM) is before
