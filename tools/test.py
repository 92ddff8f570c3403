"""`make test`: everything on SQLite, then on PostgreSQL; journeys where a browser is found; one coverage for all.

The last lines say what was run, what was not and why. With FAUBOURG_TEST_ALL=1 each "not run" is a failure.
Arguments go to pytest: `make test ARGS="tests/calls -k submit"` (then coverage is not judged).
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from postgresql import NotStartedError, server  # noqa: E402

from tests import parts  # noqa: E402

ALL = os.environ.get("FAUBOURG_TEST_ALL", "") not in {"", "0"}
ARGS = sys.argv[1:]


@dataclass
class Report:
    """What was run and what was not."""

    lines: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    failed: bool = False


def main() -> int:
    started = time.monotonic()
    report = Report()
    browser = parts.chromium()
    if not browser:
        report.not_run.append("les parcours dans un navigateur : Chromium est introuvable (apt install chromium)")
    with tempfile.TemporaryDirectory(prefix="faubourg-coverage-") as folder:
        place = Path(folder)
        run_on("SQLite", "", place, browser, report)
        on_postgresql(place, browser, report)
        judge_coverage(place, report)
    return close(report, time.monotonic() - started)


def on_postgresql(place: Path, browser: str | None, report: Report) -> None:
    binaries = parts.postgresql()
    if not binaries:
        report.not_run.append("PostgreSQL : ses programmes sont introuvables (apt install postgresql)")
        return
    try:
        with server(binaries) as address:
            run_on(f"PostgreSQL {parts.version(binaries / 'postgres')}", address, place, browser, report)
    except NotStartedError as error:
        report.not_run.append(f"PostgreSQL : {error}")


def run_on(name: str, address: str, place: Path, browser: str | None, report: Report) -> None:
    """One pytest over the whole suite on one database; what none of them changes is played on the first one only."""
    print(f"\n── {name} ──", flush=True)
    slug = name.split()[0].lower()
    results = place / f"{slug}.xml"
    environment = {name: value for name, value in os.environ.items() if name != "FAUBOURG_TEST_DATABASE_URL"}
    environment |= {"COVERAGE_FILE": str(place / "coverage"), "COVERAGE_PROCESS_START": str(ROOT / "pyproject.toml")}
    environment |= {"FAUBOURG_TEST_DATABASE_URL": address} if address else {}
    environment |= {"FAUBOURG_TEST_CHROMIUM": browser} if browser else {}
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(workers()), "--dist", "worksteal"]
    command += [f"--junitxml={results}", "-o", "junit_family=xunit1", *(["-m", "not once"] if address else []), *ARGS]
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment).returncode
    report.failed |= code != 0
    counts, journeys, reasons = read_results(results)
    report.counts += counts
    report.not_run += [f"{name} : {reason}" for reason in reasons]
    with_journeys = f", dont {journeys} dans Chromium {parts.version(browser)}" if journeys and browser else ""
    ran = counts["passed"] + counts["failed"]
    without = " (ceux que la base ne change pas ne le sont qu’une fois, ci-dessus)" if address else ""
    seconds = time.monotonic() - began
    report.lines.append(f"Lancé : {name}, {ran} tests{with_journeys}, en {seconds:.0f} s{without}.")


def workers() -> int:
    return max(2, min(os.cpu_count() or 2, 6))


def read_results(results: Path) -> tuple[Counter, int, list[str]]:
    """Counts by outcome, journeys run, and why each skipped test was skipped."""
    counts: Counter = Counter()
    journeys, reasons = 0, []
    if not results.exists():
        return counts, 0, ["pytest ne s’est pas terminé"]
    for case in ET.parse(results).iter("testcase"):  # noqa: S314  our own file
        skipped = case.find("skipped")
        if skipped is not None:
            counts["skipped"] += 1
            reasons.append(f"{case.get('classname')}.{case.get('name')} : {skipped.get('message')}")
            continue
        bad = case.find("failure") is not None or case.find("error") is not None
        counts["failed" if bad else "passed"] += 1
        journeys += "journeys" in (case.get("classname") or "")
    return counts, journeys, reasons


def judge_coverage(place: Path, report: Report) -> None:
    if ARGS:
        return
    environment = {**os.environ, "COVERAGE_FILE": str(place / "coverage")}
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "-q"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    done = subprocess.run([*coverage, "report"], cwd=ROOT, env=environment, capture_output=True, text=True)
    total = subprocess.run(
        [*coverage, "report", "--format=total", "--fail-under=0"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(f"\n── Couverture ──\n{done.stdout}{done.stderr}")
        report.failed = True
    verdict = "sous le plancher de 95 %" if done.returncode else "plancher 95 %"
    report.lines.append(f"Couverture par branche : {total.stdout.strip() or '?'} % ({verdict}).")


def close(report: Report, seconds: float) -> int:
    print("\n── Bilan ──")
    print("\n".join(report.lines))
    unique = list(dict.fromkeys(report.not_run))
    for reason in unique:
        print(f"Non lancé : {reason}")
    if not unique:
        print("Non lancé : rien, tout l’a été.")
    if unique and ALL:
        print("FAUBOURG_TEST_ALL=1 : ce qui n’a pas été lancé compte comme un échec.")
        report.failed = True
    told = ", ".join(f"{report.counts[what]} {what}" for what in ("failed", "passed", "skipped") if report.counts[what])
    print(f"Résultat : {'ÉCHEC' if report.failed else 'tout passe'}.")
    print(f"{'=' * 16} {told or 'no tests ran'} in {seconds:.2f}s {'=' * 16}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrompu : rien n’est jugé.")
