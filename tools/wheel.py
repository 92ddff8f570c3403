"""`make wheel` and `make wheelhouse`: what is carried to a machine that has no copy of the repository.

dist/ gets the wheel, the source archive and the list of what Faubourg stands on (CycloneDX 1.6), read from
requirements/run.lock. With --house, dist/wheelhouse/ gets all that too, with every locked package as a wheel for
this kind of machine and each supported Python: one folder, installed without the network.
"""

import platform
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from bootstrap import SUPPORTED, last_line, trouble  # noqa: E402

LOCK = ROOT / "requirements/run.lock"
DIST = ROOT / "dist"
PYTHONS = [".".join(map(str, version)) for version in SUPPORTED]
LOCKED = re.compile(r"^(\S+)==(\S+)(?: ; [^\\]+)? \\\n((?:\s+--hash=sha256:\w+(?: \\)?\n?)+)", re.MULTILINE)
READ_ME = """\
Faubourg {version}, pour une machine sans réseau

Ce dossier suffit à une machine de même sorte que celle qui l’a fait ({machine}),
avec Python {pythons}. Copiez-le, placez-vous dedans, puis :

  python3 -m venv /opt/faubourg
  /opt/faubourg/bin/pip install --no-index --find-links . "faubourg[postgres]"
  /opt/faubourg/bin/faubourg --version
  /opt/faubourg/bin/faubourg demo

Les paquets sont ceux du verrou des versions (requirements/run.lock), vérifiés par leur empreinte.
{sbom} en donne la liste : versions, licences, empreintes, dépendances (CycloneDX 1.6).
Installer pour de vrai : docs/guides/exploitant.md, dans l’archive des sources.
"""


def main() -> int:
    wheel = build(DIST)
    made = [*sorted(DIST.glob("*.tar.gz")), wheel, write_sbom(DIST, wheel)]
    if "--house" in sys.argv:
        made = [house(DIST / "wheelhouse", made)]
    for file in made:
        print(file.relative_to(ROOT))
    return 0


def build(place: Path) -> Path:
    """The source archive and the wheel, alone there; their version is the last tag's."""
    for old in (*place.glob("faubourg-*.whl"), *place.glob("faubourg-*.tar.gz"), *place.glob("faubourg-*.cdx.json")):
        old.unlink()
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(place)], cwd=ROOT, check=True, stdout=2)
    return next(place.glob("faubourg-*.whl"))


def version_of(wheel: Path) -> str:
    return wheel.name.split("-")[1]


# ------------------------------------------------------------------------------------------- what it stands on


def write_sbom(place: Path, wheel: Path) -> Path:
    """Every locked package: version, hashes, licence, and what it stands on in its turn."""
    file = place / f"faubourg-{version_of(wheel)}.cdx.json"
    file.write_text(JsonV1Dot6(sbom(version_of(wheel))).output_as_string(indent=2) + "\n")
    return file


def sbom(version: str) -> Bom:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    bom = Bom()
    bom.metadata.component = root = _component("faubourg", version, project["license"], ComponentType.APPLICATION)
    parts: dict[str, list[Component]] = {}  # a name is locked twice where two Pythons want another version
    for name, number, hashes in locked():
        parts.setdefault(name, []).append(_component(name, number, _licence(name), hashes=hashes))
    for name, versions in parts.items():
        needs = [one for need in _needs(name) for one in parts.get(need, [])]
        for part in versions:
            bom.components.add(part)
            bom.register_dependency(part, needs)
    postgres = project["optional-dependencies"]["postgres"]
    direct = {_plain(Requirement(line).name) for line in (*project["dependencies"], *postgres)}
    bom.register_dependency(root, [one for name in sorted(direct) for one in parts[name]])
    return bom


def locked() -> list[tuple[str, str, list[str]]]:
    """(name, version, hashes) as the lock writes them."""
    return [
        (name, number, re.findall(r"sha256:(\w+)", hashes)) for name, number, hashes in LOCKED.findall(LOCK.read_text())
    ]


def _component(
    name: str, version: str, licence: str, kind: ComponentType = ComponentType.LIBRARY, hashes: list[str] | None = None
) -> Component:
    make = LicenseFactory().make_from_string
    return Component(
        name=name,
        version=version,
        type=kind,
        bom_ref=f"{name}@{version}",
        purl=PackageURL("pypi", name=name, version=version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes or []],
        licenses=[make(licence, license_acknowledgement=LicenseAcknowledgement.DECLARED)] if licence else [],
    )


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:  # a package for another system
        return None


def _licence(name: str) -> str:
    """As the package declares it: an expression, a short name, or its classifiers."""
    found = _installed(name)
    if not found:
        return ""
    kinds = [line.rpartition(" :: ")[2] for line in found.metadata.get_all("Classifier", []) if "License" in line]
    short = found.metadata.get("License", "")
    return found.metadata.get("License-Expression") or (short if 0 < len(short) < 40 else ", ".join(kinds))


def _needs(name: str) -> set[str]:
    found = _installed(name)
    return {_plain(Requirement(line).name) for line in (found.requires if found else None) or []} - {name}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# ------------------------------------------------------------------------------------------- without the network


def house(place: Path, own: list[Path]) -> Path:
    """Everything that an installation needs, in one folder."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for python in PYTHONS:
        download(place, python)
    for file in own:
        shutil.copy(file, place)
    write_read_me(place, own)
    return place


def download(place: Path, python: str) -> None:
    """The locked wheels for that Python on this kind of machine, by their hashes; most serve all of them."""
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps"]
    command += [
        "--require-hashes",
        "--only-binary=:all:",
        "--python-version",
        python,
        "-r",
        str(LOCK),
        "-d",
        str(place),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(trouble(done.stdout) or f"Les paquets pour Python {python} manquent : {last_line(done.stdout)}")


def write_read_me(place: Path, own: list[Path]) -> None:
    wheel, sbom = (next(file for file in own if file.name.endswith(end)) for end in (".whl", ".cdx.json"))
    pythons = f"{', '.join(PYTHONS[:-1])} ou {PYTHONS[-1]}"
    machine = " ".join(part for part in (platform.system(), platform.machine(), *platform.libc_ver()) if part)
    text = READ_ME.format(version=version_of(wheel), machine=machine, pythons=pythons, sbom=sbom.name)
    (place / "LISEZ-MOI.txt").write_text(text)


if __name__ == "__main__":
    sys.exit(main())
