"""What whole processes cost: the memory of a web worker, the check, the migrations."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLIENTS, SECONDS = 4, 4
COMMAND = [sys.executable, "-m", "faubourg.config.cli"]


@dataclass(frozen=True, slots=True)
class Home:
    """One installation: its folder, and the address of its database when it is not SQLite in the folder."""

    folder: Path
    address: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """This machine's own settings left out, so that two runs measure the same thing."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FAUBOURG_")}
        kept.pop("DATABASE_URL", None)
        own = {"FAUBOURG_HOME": str(self.folder), "DJANGO_SETTINGS_MODULE": "faubourg.config.settings"}
        return kept | own | ({"DATABASE_URL": self.address} if self.address else {})


def run(words: list[str], home: Home) -> tuple[float, subprocess.CompletedProcess]:
    begun = time.perf_counter()
    done = subprocess.run(words, cwd=ROOT, env=home.environment, capture_output=True, text=True, check=False)  # noqa: S603
    return round(time.perf_counter() - begun, 2), done


def check(home: Home) -> dict[str, Any]:
    """The median of three; an installation with remarks answers 1 and is measured all the same."""
    return {"seconds": sorted(run([*COMMAND, "check"], home)[0] for _ in range(3))[1]}


def migrate(home: Home) -> dict[str, Any]:
    home.folder.mkdir(parents=True, exist_ok=True)
    seconds, done = run([sys.executable, "manage.py", "migrate", "-v", "0"], home)
    return {"seconds": seconds} if done.returncode == 0 else {"problem": done.stderr.strip().splitlines()[-1]}


def worker_memory(home: Home, paths: list[str], cookie: str) -> dict[str, Any]:
    """PSS of the heaviest web worker of ``faubourg serve`` after it has served these pages to the officer."""
    if not Path("/proc/self/smaps_rollup").exists():
        return {"problem": "mesurée sous Linux seulement"}

    def weigh(port: int, pid: int) -> dict[str, Any]:
        for path in paths * 10:
            _visit(f"http://127.0.0.1:{port}{path}", cookie)
        return {"pss_mb": max(_pss(leaf) for leaf in _leaves(pid))}

    return served(home, weigh)


def throughput(home: Home, path: str = "/") -> dict[str, Any]:
    """How many times a second ``faubourg serve`` gives this page to strangers; who asks runs on the same machine."""

    def count(port: int, pid: int) -> dict[str, Any]:
        with ProcessPoolExecutor(CLIENTS) as pool:
            asked = [pool.submit(ask, port, path, SECONDS) for _ in range(CLIENTS)]
            return {"per_second": round(sum(one.result() for one in asked) / SECONDS)}

    return served(home, count)


def ask(port: int, path: str, seconds: float) -> int:
    """One connection, one request after the other; how many were answered by the page."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        link.request("GET", path)
        answer = link.getresponse()
        count += answer.status == 200 and bool(answer.read())
    return count


def served(home: Home, work: Callable[[int, int], dict[str, Any]]) -> dict[str, Any]:
    """What ``work(port, pid)`` finds of ``faubourg serve``."""
    port = _free_port()
    words = [*COMMAND, "serve", "--port", str(port)]
    server = subprocess.Popen(  # noqa: S603
        words, cwd=ROOT, env=home.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        if not _waits_for(port, server):
            _, said = server.communicate(timeout=10)
            return {"problem": (said.strip().splitlines() or ["le serveur ne s’ouvre pas"])[-1]}
        return work(port, server.pid)
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
        if server.stderr:
            server.stderr.close()


def _visit(url: str, cookie: str) -> None:
    """A page that does not exist yet is a visit too."""
    asked = urllib.request.Request(url, headers={"Cookie": cookie})  # noqa: S310
    with suppress(urllib.error.HTTPError), urllib.request.urlopen(asked, timeout=20) as response:  # noqa: S310
        response.read()


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _waits_for(port: int, server: subprocess.Popen) -> bool:
    end = time.monotonic() + 40
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _leaves(root: int) -> list[int]:
    """The processes under this one that have no child: the web workers."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, parent = re.match(r"(\d+) \(.*\) \S (\d+)", entry.read_text()).groups()  # type: ignore[union-attr]
        except (OSError, AttributeError):
            continue
        parents[int(pid)] = int(parent)
    tree, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in tree} - tree
        tree, grown = tree | more, bool(more)
    return [pid for pid in tree if pid not in {parents.get(other) for other in tree}]


def _pss(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return round(int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / 1024, 1)  # type: ignore[index]
