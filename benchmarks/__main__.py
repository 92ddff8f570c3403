"""``python -m benchmarks [--write]``: the whole measure, on SQLite and, where its programmes are, on PostgreSQL.

One table for each; ``--write`` keeps both in benchmarks/README.md.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import processes
from benchmarks.measure import ROUNDS
from benchmarks.pages import (
    CHECK_SECONDS,
    CSV_SECONDS,
    LARGE,
    MIGRATE_SECONDS,
    PAGES,
    PSS_MB,
    RATIO,
    SMALL,
    SUBMIT_QUERIES,
    Page,
)
from benchmarks.processes import Home
from tests import parts
from tools.postgresql import NotStartedError, new_database, server

README = Path(__file__).with_name("README.md")
MARK = "<!-- dernière mesure -->"


@contextmanager
def postgresql() -> Iterator[str]:
    """A server of the measure's own, set as it comes; or why there is none."""
    binaries = parts.postgresql()
    if not binaries:
        raise NotStartedError("ses programmes sont introuvables (apt install postgresql)")
    with server(binaries, as_it_comes=True) as address:
        yield address


class World:
    """One home that is measured in a process of its own, piece by piece."""

    def __init__(self, size: int, home: Home) -> None:
        print(f"{size} dossiers…", file=sys.stderr, flush=True)
        home.folder.mkdir(parents=True)
        self.size, self.result = size, home.folder / "measure.json"
        words = [sys.executable, "-m", "benchmarks.measure", str(size), str(self.result)]
        self.process = subprocess.Popen(  # noqa: S603
            words, cwd=processes.ROOT, env=home.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._heard()

    def go(self) -> None:
        """The next piece, to its end."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self._heard()

    def found(self) -> dict[str, Any]:
        self.process.communicate()
        return json.loads(self.result.read_text())  # type: ignore[no-any-return]

    def _heard(self) -> None:
        assert self.process.stdout is not None
        if not self.process.stdout.readline():
            raise SystemExit(f"La mesure à {self.size} dossiers a échoué.")


def measured(*worlds: World) -> list[dict[str, Any]]:
    """They take turns, page by page: what slows the machine for a while slows them all."""
    for _ in range(len(PAGES) * ROUNDS + 1):
        for world in worlds:
            world.go()
    return [world.found() for world in worlds]


def told(value: float | None, limit: float | None, unit: str = "") -> str:
    """The figure and its limit; bold when it is passed."""
    if value is None:
        return ""
    said = f"{value:g}{unit}".replace(".", ",")
    if limit is None:
        return said
    said = f"{said} / {limit:g}".replace(".", ",")
    return f"**{said}**" if value > limit else said


def row(page: Page, small: dict[str, Any], large: dict[str, Any]) -> str:
    best = large or small
    if "problem" in best:
        return f"| {page.label} | {best['problem']} | | | | | |"
    both = small.get("cost_ms") and large.get("cost_ms")
    ratio = told(round(large["cost_ms"] / small["cost_ms"], 2), RATIO) if both else ""
    cells = (
        page.label,
        told(best["queries"], page.queries),
        told(best["ms"], page.ms),
        told(best["cpu_ms"], None),
        ratio,
        told(best["sql_ms"], page.sql_ms),
        told(best["kb"], page.kb),
    )
    return f"| {' | '.join(cells)} |"


def figure(label: str, found: dict[str, Any], *shown: tuple[str, str, float | None]) -> str:
    if "problem" in found:
        return f"| {label} | {found['problem']} |"
    return f"| {label} | {', '.join(told(found[key], limit, unit) for key, unit, limit in shown)} |"


def table(small: dict[str, Any], large: dict[str, Any], whole: dict[str, Any]) -> str:
    """Markdown; « mesuré / limite », bold when the limit is passed."""
    lines = [
        "| page | requêtes SQL | ms (médiane) | dont processeur | fois 100 dossiers | ms de SQL | ko (gzip) |",
        "|---|---|---|---|---|---|---|",
        *(row(page, small["pages"].get(page.label, {}), large["pages"].get(page.label, {})) for page in PAGES),
        "",
        "| le reste | mesuré / limite |",
        "|---|---|",
        figure("dépôt d’un dossier", large["submit"], ("queries", " requêtes", SUBMIT_QUERIES), ("ms", " ms", None)),
        figure("CSV, 100 dossiers", small["csv"], ("seconds", " s", None), ("peak_mb", " Mo au plus haut", None)),
        figure(
            "CSV, 10 000 dossiers", large["csv"],
            ("seconds", " s", CSV_SECONDS), ("kb", " ko", None), ("peak_mb", " Mo au plus haut", None),
        ),
        figure("accueil public, par seconde (au moins 440)", whole["throughput"], ("per_second", " pages", None)),
        figure("un serveur web, préchargé", whole["worker"], ("pss_mb", " Mo (PSS)", PSS_MB)),
        figure("faubourg check", whole["check"], ("seconds", " s", CHECK_SECONDS)),
        figure("migrate sur une base vide", whole["migrate"], ("seconds", " s", MIGRATE_SECONDS)),
        "",
        *(f"Index derrière « {label} » : {name}." for label, name in large["indexes"].items() if name),
    ]  # fmt: skip
    return "\n".join(lines)


def heading() -> str:
    load = f"{os.getloadavg()[0]:.1f}".replace(".", ",") if hasattr(os, "getloadavg") else "inconnue"
    machine = f"{os.cpu_count()} cœurs (charge {load}), {platform.system()}, Python {platform.python_version()}"
    return (
        f"Mesuré le {datetime.now(UTC):%Y-%m-%d} : {machine}. Mesuré / limite, en gras si elle est dépassée ; "
        "10 000 dossiers sauf mention."
    )


def measured_on(base: Path, server: str = "") -> str:
    """The chapter of one database: the three homes are made in ``base``, and in databases of this server."""

    def home(name: str) -> Home:
        return Home(base / name, new_database(server, name) if server else "")

    small_home, large_home = home("small"), home("large")
    small, large = measured(World(SMALL, small_home), World(LARGE, large_home))
    whole = {
        "migrate": processes.migrate(home("empty")),
        "check": processes.check(large_home),
        "throughput": processes.throughput(large_home),
        "worker": processes.worker_memory(large_home, large["paths"], large["cookie"]),
    }
    return f"## {large['database']}\n\n{table(small, large, whole)}"


def chapters(base: Path) -> Iterator[str]:
    yield measured_on(base / "sqlite")
    try:
        with postgresql() as address:
            yield measured_on(base / "postgresql", address)
    except NotStartedError as error:
        yield f"## PostgreSQL\n\nPas mesuré : {error}."


def main() -> None:
    parser = argparse.ArgumentParser(description="Mesure la vitesse et la mémoire.")
    parser.add_argument("--write", action="store_true", help="garder la mesure dans benchmarks/README.md")
    parser.add_argument("--keep", type=Path, help="dossier neuf où garder les bases SQLite")
    asked = parser.parse_args()
    base = asked.keep or Path(tempfile.mkdtemp(prefix="faubourg-bench-"))
    try:
        text = "\n\n".join([heading(), *chapters(base)])
    finally:
        if not asked.keep:
            shutil.rmtree(base, ignore_errors=True)
    print(text)
    if asked.write:
        before = README.read_text().partition(MARK)[0]
        README.write_text(f"{before}{MARK}\n\n{text}\n")


if __name__ == "__main__":
    main()
