"""``python -m benchmarks [--write]``: the whole measure, as a table; ``--write`` keeps it in benchmarks/README.md."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import processes
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

README = Path(__file__).with_name("README.md")
MARK = "<!-- dernière mesure -->"


def measured(size: int, home: Path) -> dict[str, Any]:
    print(f"{size} dossiers…", file=sys.stderr, flush=True)
    home.mkdir(parents=True)
    result = home / "measure.json"
    words = [sys.executable, "-m", "benchmarks.measure", str(size), str(result)]
    done = subprocess.run(words, cwd=processes.ROOT, env=processes.environment(home), check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"La mesure à {size} dossiers a échoué.")
    return json.loads(result.read_text())  # type: ignore[no-any-return]


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
    both = small.get("cpu_ms") and large.get("cpu_ms")
    ratio = told(round(large["cpu_ms"] / small["cpu_ms"], 2), RATIO) if both else ""
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
        figure("un serveur web, préchargé", whole["worker"], ("pss_mb", " Mo (PSS)", PSS_MB)),
        figure("faubourg check", whole["check"], ("seconds", " s", CHECK_SECONDS)),
        figure("migrate sur une base vide", whole["migrate"], ("seconds", " s", MIGRATE_SECONDS)),
        "",
        *(f"Index derrière « {label} » : {name}." for label, name in large["indexes"].items() if name),
    ]  # fmt: skip
    return "\n".join(lines)


def heading(large: dict[str, Any]) -> str:
    load = f"{os.getloadavg()[0]:.1f}".replace(".", ",") if hasattr(os, "getloadavg") else "inconnue"
    machine = (
        f"{os.cpu_count()} cœurs (charge {load}), {platform.system()}, Python {platform.python_version()}, "
        f"{large['vendor']}"
    )
    return (
        f"Mesuré le {datetime.now(UTC):%Y-%m-%d} : {machine}. Mesuré / limite, en gras si elle est dépassée ; "
        "10 000 dossiers sauf mention.\n\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Mesure la vitesse et la mémoire.")
    parser.add_argument("--write", action="store_true", help="garder la mesure dans benchmarks/README.md")
    parser.add_argument("--keep", type=Path, help="dossier neuf où garder les deux bases")
    asked = parser.parse_args()
    base = asked.keep or Path(tempfile.mkdtemp(prefix="faubourg-bench-"))
    try:
        small, large = measured(SMALL, base / "small"), measured(LARGE, base / "large")
        whole = {
            "migrate": processes.migrate(base / "empty"),
            "check": processes.check(base / "large"),
            "worker": processes.worker_memory(base / "large", large["paths"], large["cookie"]),
        }
    finally:
        if not asked.keep:
            shutil.rmtree(base, ignore_errors=True)
    text = heading(large) + table(small, large, whole)
    print(text)
    if asked.write:
        before = README.read_text().partition(MARK)[0]
        README.write_text(f"{before}{MARK}\n\n{text}\n")


if __name__ == "__main__":
    main()
