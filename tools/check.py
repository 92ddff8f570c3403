"""`make check` (what is not as it should be) and `make fix` (mends what a machine can)."""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
TEMPLATES = sorted(str(file.relative_to(ROOT)) for file in ROOT.glob("faubourg/*/templates/**/*.html"))
DJADE = [str(BIN / "djade"), "--target-version", "5.2"]
CHECKS = {
    "types (mypy)": [PYTHON, "-m", "mypy"],
    "style (ruff)": [PYTHON, "-m", "ruff", "check", "--quiet"],
    "mise en forme (ruff)": [PYTHON, "-m", "ruff", "format", "--check", "--quiet"],
    "contrats d’import": [str(BIN / "lint-imports"), "--no-cache"],
    "gabarits (djade)": [*DJADE, "--check", *TEMPLATES],
    "migrations": [PYTHON, "tools/fold_migrations.py", "--check"],
    "Django": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
}
FIXES = (
    [PYTHON, "-m", "ruff", "check", "--fix", "--quiet"],
    [PYTHON, "-m", "ruff", "format", "--quiet"],
    [*DJADE, *TEMPLATES],
)


def check() -> int:
    with tempfile.TemporaryDirectory(prefix="faubourg-check-") as home:
        environment = {**os.environ, "FAUBOURG_HOME": home}

        def one(command: list[str]) -> subprocess.CompletedProcess[str]:
            return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            results = dict(zip(CHECKS, pool.map(one, CHECKS.values()), strict=True))
    bad = {name: done for name, done in results.items() if done.returncode}
    for name in results:
        print(f"{'✗' if name in bad else '✓'} {name}")
    for name, done in bad.items():
        print(f"\n── {name} ──\n{done.stdout}{done.stderr}".rstrip())
    return 1 if bad else 0


def fix() -> int:
    for command in FIXES:
        subprocess.run(command, cwd=ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(fix() if "--fix" in sys.argv else check())
