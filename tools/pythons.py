"""The other Pythons that Faubourg promises, where this machine has them: `make test` plays everything on one alone.

On each: the locked packages, every module, Django's own checks, the migrations, a fresh installation that
`faubourg check` finds sound, and the quick tests. The last lines say which was tried and which was not, and why:
a Python that is not here, or that cannot fetch its packages, is no failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from bootstrap import SUPPORTED, last_line, trouble  # noqa: E402

LOCK = ROOT / "requirements/dev.lock"
QUICK = ("tests/core", "tests/funding")
PLACES = (".pyenv/versions/{}.*/bin/python", ".local/share/uv/python/cpython-{}.*/bin/python3")  # under one's home
SAY_VERSION = "import ensurepip, sys, venv; print('%d.%d.%d' % sys.version_info[:3])"
EVERY_MODULE = """
import importlib, os, pkgutil, django
os.environ["DJANGO_SETTINGS_MODULE"] = "faubourg.config.settings"
django.setup()
import faubourg
for module in pkgutil.walk_packages(faubourg.__path__, "faubourg."):
    importlib.import_module(module.name)
"""


class NotTriedError(Exception):
    """Why it could not be tried here; no failure."""


@dataclass(frozen=True)
class Trial:
    """One thing that must go well under that Python."""

    name: str
    command: tuple[str, ...]


TRIALS = (
    Trial("les modules", ("-W", "error::SyntaxWarning", "-c", EVERY_MODULE)),
    Trial("Django", ("manage.py", "check", "--fail-level", "WARNING")),
    Trial("les migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    Trial("une base neuve", ("-m", "faubourg.config.cli", "manage", "migrate")),
    Trial("la première personne", ("-m", "faubourg.config.cli", "officer", "a@exemple.fr", "--name", "Alma Ré")),
    Trial("faubourg check", ("-m", "faubourg.config.cli", "check")),
    Trial(
        f"les tests de {' et '.join(QUICK)}",
        ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not journey", *QUICK),
    ),
)


def main() -> int:
    others = ["{}.{}".format(*version) for version in SUPPORTED if version != sys.version_info[:2]]
    with ThreadPoolExecutor(len(others)) as pool:  # side by side: most of the time goes into fetching and imports
        outcomes = list(pool.map(tried, others))
    print("\n── Autres Python ──")
    print(f"Suite entière : Python {'.'.join(map(str, sys.version_info[:3]))} (make test).")
    print("\n".join(line for line, _ in outcomes), flush=True)
    return 0 if all(well for _, well in outcomes) else 1


def tried(name: str) -> tuple[str, bool]:
    """What is said of that Python, and whether it is well with it."""
    began = time.monotonic()
    try:
        exact, broken = try_on(*find(name))
    except NotTriedError as error:
        return f"Non lancé : Python {name} : {error}", True
    told = f"ÉCHEC de : {', '.join(broken)}" if broken else ", ".join(trial.name for trial in TRIALS)
    return f"Lancé : Python {exact}, {told}, en {time.monotonic() - began:.0f} s.", not broken


def find(name: str) -> tuple[Path, str]:
    """That Python and its whole version, on the path or where pyenv and uv keep theirs."""
    on_path = shutil.which(f"python{name}")
    kept = (found for place in PLACES for found in sorted(Path.home().glob(place.format(name)), reverse=True))
    for candidate in (*([Path(on_path)] if on_path else []), *kept):
        said = subprocess.run([candidate, "-c", SAY_VERSION], capture_output=True, text=True)
        if said.returncode == 0 and said.stdout.startswith(f"{name}."):  # else a name that opens nothing
            return candidate, said.stdout.strip()
    raise NotTriedError("introuvable sur cette machine")


def try_on(python: Path, exact: str) -> tuple[str, list[str]]:
    """Its whole version, and the names of what went wrong."""
    with tempfile.TemporaryDirectory(prefix="faubourg-python-") as place:
        inside = install(python, Path(place) / "venv")
        seen = {name: value for name, value in os.environ.items() if not name.startswith(("FAUBOURG_", "DJANGO_"))}
        seen |= {"FAUBOURG_HOME": f"{place}/home", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        seen.pop("DATABASE_URL", None)
        return exact, [trial.name for trial in TRIALS if not goes_well(inside, exact, trial, seen)]


def install(python: Path, venv: Path) -> Path:
    """The same exact packages as here; without the network there is nothing to try."""
    pip = ["-m", "pip", "install", "--require-hashes", "--no-deps", "--no-compile", "--no-input", "--retries", "1"]
    for command in ([python, "-m", "venv", venv], [venv / "bin/python", *pip, "-r", LOCK]):
        done = said_by(command)
        if done.returncode:
            raise NotTriedError(trouble(done.stdout) or f"ses paquets ne s’installent pas : {last_line(done.stdout)}")
    return venv / "bin/python"


def goes_well(python: Path, exact: str, trial: Trial, environment: dict[str, str]) -> bool:
    done = said_by([python, *trial.command], cwd=ROOT, env=environment)
    lines = done.stdout.rstrip().splitlines()[-60:] if done.returncode else []
    print("\n".join([f"{'✗' if done.returncode else '✓'} Python {exact} : {trial.name}", *lines]), flush=True)
    return done.returncode == 0


def said_by(command: list[str | Path], **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nInterrompu : rien n’est jugé.")
