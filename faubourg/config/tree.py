"""One process tree: the children live and end together. Ctrl-C, a closed terminal or a dead child end all of it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

PATIENCE = 8.0  # seconds given to the children to end by themselves
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Child:
    """``name`` is said when it dies: « le serveur web »."""

    name: str
    command: tuple[str, ...]


def run_tree(children: list[Child], *, when_ready: Callable[[Callable[[], bool]], None]) -> int:
    """Start the children, call ``when_ready(alive)`` once, wait. The exit code is 0 when asked to stop."""
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    running: list[tuple[Child, subprocess.Popen[bytes]]] = []
    try:
        running += ((child, _start(child)) for child in children)
        when_ready(lambda: not asked and all(process.poll() is None for _, process in running))
        while not asked:
            for child, process in running:
                if process.poll() is not None:
                    print(f"Arrêt : {child.name} s’est terminé (code {process.returncode}).", file=sys.stderr)
                    return 1
            time.sleep(0.2)
        return 0
    finally:
        _end([process for _, process in running])
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(child: Child) -> "subprocess.Popen[bytes]":
    """In a group of its own, so that Ctrl-C reaches the head of the tree first and every grandchild last."""
    return subprocess.Popen(child.command, start_new_session=True, preexec_fn=_die_with_parent)  # noqa: PLW1509


def _die_with_parent() -> None:  # pragma: no cover  it runs between fork and exec
    """On Linux the kernel ends the children even of a parent that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(processes: "list[subprocess.Popen[bytes]]") -> None:
    """Ask all groups to end, wait, then kill what is left of them."""
    for process in processes:
        _signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: "subprocess.Popen[bytes]", number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
