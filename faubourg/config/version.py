"""Which Faubourg this is: the wheel's version, or what git says of a working copy."""

import subprocess
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

ROOT = Path(__file__).parents[2]


def version() -> str:
    try:
        return installed("faubourg")
    except PackageNotFoundError:
        return " ".join(("copie de travail", *_commit()))


def _commit() -> list[str]:
    """« v0.3.0-2-g496dc28 », or the commit alone before the first tag; nothing without git."""
    if not (ROOT / ".git").exists():
        return []
    try:
        said = subprocess.run(
            ["git", "-C", str(ROOT), "describe", "--tags", "--always"],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    return [said.stdout.strip()]
