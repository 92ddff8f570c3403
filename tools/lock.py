"""Write requirements/*.lock: exact versions with their hashes, for all systems, with no registry's address."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = (
    "pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"
    " pyproject.toml --extra postgres"
)


def main() -> int:
    uv = shutil.which("uv")
    if not uv:
        print("Il faut uv pour récrire les verrous : https://docs.astral.sh/uv/", file=sys.stderr)
        return 1
    for name, more in (("run", ""), ("dev", " --group dev")):
        lock = ROOT / "requirements" / f"{name}.lock"
        command = [uv, *COMPILE.split(), *more.split(), "--output-file", str(lock), *sys.argv[1:]]
        if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            return 1
        if "://" in lock.read_text():
            print(f"{lock.name} contient une adresse de dépôt : retirez-la.", file=sys.stderr)
            return 1
        print(f"requirements/{lock.name} : {lock.read_text().count('==')} paquets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
