"""The real parts that some tests need, where this machine has them: PostgreSQL's binaries, Chromium, poppler."""

import os
import re
import shutil
import subprocess
from pathlib import Path

POSTGRESQL_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian and Ubuntu, which leave it out of PATH
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_PLACES = ("/usr/bin/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def postgresql() -> Path | None:
    """The folder that holds ``initdb`` and ``postgres``, of the newest version."""
    found = [Path(place) for pattern in POSTGRESQL_PLACES for place in Path("/").glob(pattern[1:])]
    found.sort(key=lambda place: [int(digits) for digits in re.findall(r"\d+", str(place))])
    on_path = shutil.which("initdb")
    candidates = [*reversed(found), *([Path(on_path).parent] if on_path else [])]
    return next((place for place in candidates if (place / "initdb").exists() and (place / "postgres").exists()), None)


def chromium() -> str | None:
    """The browser of the journeys: FAUBOURG_TEST_CHROMIUM, or the one that the machine has."""
    named = os.environ.get("FAUBOURG_TEST_CHROMIUM")
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((place for place in (named, *on_path, *CHROMIUM_PLACES) if place and Path(place).exists()), None)


def pdftoppm() -> str | None:
    return shutil.which("pdftoppm")


def version(command: str | Path) -> str:
    """« 15.8 » out of what ``command --version`` says."""
    said = subprocess.run([str(command), "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"\d+(\.\d+)?", said)
    return found[0] if found else "?"
