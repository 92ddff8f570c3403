"""`make wheel` for real: what it holds, where its version comes from, and a demo opened from it alone."""

import http.cookiejar
import json
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.config.test_demo_command import listens, spare_port
from tests.databases import environment
from tools import wheel as tool

pytestmark = [pytest.mark.once, pytest.mark.clock(None)]
ROOT = tool.ROOT
GIT = ["git", "-c", "user.name=A", "-c", "user.email=a@exemple.fr", "-c", "commit.gpgsign=false"]


def run(*command, cwd, **more):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, **more)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def version_of(folder):
    return run(sys.executable, "-m", "hatchling", "version", cwd=folder)


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """What `make wheel` leaves; the wheel itself is made out of the source archive, far from any git history."""
    place = tmp_path_factory.mktemp("dist")
    tool.build(place)
    (archive,) = place.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(place / "unpacked", filter="data")
    (sources,) = (place / "unpacked").iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place / "again"), cwd=sources)
    return place


def members(wheel):
    return sorted(name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/RECORD"))


def test_the_wheel_holds_every_file_of_the_package(dist):
    (wheel,) = dist.glob("*.whl")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "faubourg", cwd=ROOT).splitlines()
    kept = [name for name in listed if (ROOT / name).exists()]
    assert [name for name in members(wheel) if ".dist-info/" not in name] == sorted(kept)
    assert {Path(name).suffix for name in kept} >= {".py", ".html", ".css", ".js", ".woff2", ".ttf", ".typ", ".csv"}


def test_the_source_archive_makes_the_same_wheel_without_git(dist):
    (wheel,), (again,) = dist.glob("*.whl"), (dist / "again").glob("*.whl")
    assert (again.name, members(again)) == (wheel.name, members(wheel))


def test_the_version_is_the_last_tags(tmp_path):
    (tmp_path / "faubourg").mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "faubourg/__init__.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    assert version_of(tmp_path) == "0.1.dev0"  # an archive of the forge: no history
    run(*GIT, "init", "-q", cwd=tmp_path)
    run(*GIT, "add", ".", cwd=tmp_path)
    run(*GIT, "commit", "-qm", "one", cwd=tmp_path)
    assert re.fullmatch(r"0\.1\.dev\d+\+g[0-9a-f]+", version_of(tmp_path))
    run(*GIT, "tag", "v0.3.0", cwd=tmp_path)
    assert version_of(tmp_path) == "0.3.0"
    run(*GIT, "commit", "-q", "--allow-empty", "-m", "two", cwd=tmp_path)
    assert re.fullmatch(r"0\.3\.1\.dev1\+g[0-9a-f]+", version_of(tmp_path))


def test_the_list_of_components_is_the_locks(dist):
    (wheel,) = dist.glob("*.whl")
    told = json.loads(tool.write_sbom(dist, wheel).read_text())
    number = tool.version_of(wheel)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert (told["metadata"]["component"]["name"], told["metadata"]["component"]["version"]) == ("faubourg", number)
    listed = {(one["name"], one["version"], len(one["hashes"])) for one in told["components"]}
    lock = tool.LOCK.read_text()
    assert {(name, version) for name, version, _ in listed} == set(re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE))
    assert sum(hashes for _, _, hashes in listed) == lock.count("--hash=")
    elsewhere = re.findall(
        r"^([\w.-]+)==\S+ ; .*'win32'", lock, re.MULTILINE
    )  # not installed here: its licence is not read
    assert [one["name"] for one in told["components"] if "licenses" not in one] == elsewhere
    needs = {
        one["ref"].partition("@")[0]: [ref.partition("@")[0] for ref in one.get("dependsOn", [])]
        for one in told["dependencies"]
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    direct = [re.match(r"[\w-]+", line)[0] for line in project["dependencies"]]
    assert sorted(needs["faubourg"]) == sorted([*direct, "psycopg"])
    assert needs["django"] == ["asgiref", "sqlparse", "tzdata"]


def test_the_folder_says_how_to_install_it(dist, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(tool, "download", lambda place, python: asked.append(python))
    (wheel,), (archive,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    place = tool.house(tmp_path / "house", [archive, wheel, tool.write_sbom(dist, wheel)])
    assert asked == ["3.11", "3.12", "3.13"]
    assert sorted(file.suffix for file in place.iterdir()) == [".gz", ".json", ".txt", ".whl"]
    text = (place / "LISEZ-MOI.txt").read_text()
    assert text.startswith(f"Faubourg {tool.version_of(wheel)}, pour une machine sans réseau\n")
    assert 'pip install --no-index --find-links . "faubourg[postgres]"' in text
    assert "Python 3.11, 3.12 ou 3.13" in text


def test_packages_that_cannot_be_fetched_are_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(tool.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "ConnectionError"))
    with pytest.raises(SystemExit, match="Pas de réseau"):
        tool.download(tmp_path, "3.12")


# ------------------------------------------------------------------------------------------- from the wheel alone


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """An environment elsewhere: Faubourg from its wheel, its dependencies lent by this one (pip checks them)."""
    place = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", str(place / "venv"), cwd=place)
    python = place / "venv/bin/python"
    library = Path(run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place))
    (library / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    (wheel,) = (dist / "again").glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check")
    run(*pip, "install", "--no-index", "--no-compile", str(wheel), cwd=place)
    return place


def test_it_is_the_wheels_own_and_says_its_version(dist, installed):
    (wheel,) = dist.glob("*.whl")
    bin_ = installed / "venv/bin"
    where = run(str(bin_ / "python"), "-c", "import faubourg; print(faubourg.__file__)", cwd=installed)
    assert Path(where).is_relative_to(installed / "venv")
    assert run(str(bin_ / "faubourg"), "--version", cwd=installed) == f"Faubourg {tool.version_of(wheel)}"


def test_the_demo_opens_from_the_wheel(installed, tmp_path):
    """The home, a style, a font; then the officer enters by her link."""
    port = spare_port()
    seen = environment(f"sqlite:///{tmp_path / 'home/faubourg.sqlite3'}", tmp_path / "home", FAUBOURG_WORKERS="1")
    seen.pop("PYTHONPATH", None)
    command = [str(installed / "venv/bin/faubourg"), "demo", "--port", str(port)]
    demo = subprocess.Popen(command, cwd=tmp_path, env=seen, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        said = []
        for line in demo.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        links = re.findall(r"http://\S+/entrer/\S+", "".join(said))
        assert links, said
        walk(f"http://127.0.0.1:{port}", links[0])
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=30)
    assert demo.returncode == 0
    assert not listens(port)


def walk(site, link):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(path, data=None):
        with browser.open(urllib.parse.urljoin(site, path), data, timeout=20) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read(), answer.url

    status, _, home, _ = get("/")
    assert status == 200
    style = re.search(r'href="(/static/[^"]+\.css)"', home.decode())[1]
    status, kind, css, _ = get(style)
    assert (status, kind) == (200, "text/css")
    font = urllib.parse.urljoin(style, re.search(r'url\("?([^")]+\.woff2)', css.decode())[1])
    status, kind, letters, _ = get(font)
    assert (status, letters[:4]) == (200, b"wOF2")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', get(link)[2].decode())[1]
    status, _, page, where = get(link, urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode())
    assert (status, urllib.parse.urlsplit(where).path) == (200, "/bureau/")
    assert "Ce qui vous attend" in page.decode()
