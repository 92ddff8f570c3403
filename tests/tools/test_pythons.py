"""The other Pythons: one that is not here is said and is no failure; one that goes wrong is."""

import sys
from pathlib import Path

import pytest

from tools import pythons

pytestmark = pytest.mark.once
BEGUN = "── Autres Python ──"


@pytest.fixture
def others(monkeypatch, capsys):
    """What is said at the end when each of the other Pythons answers so."""

    def told(find, *trials):
        monkeypatch.setattr(pythons, "find", find)
        monkeypatch.setattr(pythons, "install", lambda python, venv: python)
        monkeypatch.setattr(pythons, "TRIALS", tuple(pythons.Trial(words, ("-c", code)) for words, code in trials))
        code = pythons.main()
        return code, capsys.readouterr().out.partition(BEGUN)[2].splitlines()[2:]

    return told


def here(name):
    return Path(sys.executable), f"{name}.0"


def test_a_python_that_is_not_here_is_said_and_is_no_failure(others, monkeypatch, tmp_path):
    find = pythons.find
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    code, lines = others(find, ("rien", "pass"))
    assert code == 0
    assert [line.split(" : ")[::2] for line in lines] == [["Non lancé", "introuvable sur cette machine"]] * 2


def test_a_python_is_found_where_pyenv_keeps_it(monkeypatch, tmp_path):
    name = "{}.{}".format(*sys.version_info[:2])
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder, target in ((f"{name}.0", "/bin/false"), (f"{name}.9", sys.executable)):
        place = tmp_path / f".pyenv/versions/{folder}/bin"
        place.mkdir(parents=True)
        (place / "python").symlink_to(target)
    assert pythons.find(name)[1] == "{}.{}.{}".format(*sys.version_info[:3])


def test_packages_that_cannot_be_fetched_are_no_failure(monkeypatch, tmp_path):
    answers = iter([(0, ""), (1, "NewConnectionError")])
    monkeypatch.setattr(pythons, "said_by", lambda command: pythons.subprocess.CompletedProcess([], *next(answers)))
    with pytest.raises(pythons.NotTriedError, match="Pas de réseau"):
        pythons.install(Path(sys.executable), tmp_path / "venv")


def tried(lines: list[str]) -> list[str]:
    """What each line says was tried, without the Python before it and the seconds after it."""
    return [line.partition(".0, ")[2].rpartition(", en ")[0] for line in lines]


def test_what_was_tried_is_said(others):
    code, lines = others(here, ("les modules", "pass"), ("Django", "pass"))
    assert code == 0
    assert tried(lines) == ["les modules, Django"] * 2


def test_what_goes_wrong_is_a_failure(others):
    code, lines = others(here, ("les modules", "pass"), ("Django", "raise SystemExit(3)"))
    assert code == 1
    assert tried(lines) == ["ÉCHEC de : Django"] * 2
