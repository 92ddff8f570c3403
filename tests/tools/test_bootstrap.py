"""The first command on a fresh machine: what goes wrong is one line, and running it again repairs."""

import importlib.util
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The tool, at work on a .venv of the test's own."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools/bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "VENV", str(venv))
    monkeypatch.setattr(module, "STAMP", str(venv / "faubourg.stamp"))
    monkeypatch.setattr(module, "LOG", str(venv / "pip.log"))
    monkeypatch.setattr(module, "PYTHON", str(venv / "bin/python"))
    monkeypatch.setattr(module, "MAKE_VENV", ["-m", "venv", "--without-pip"])  # pip takes seconds
    monkeypatch.setattr(module, "TRY_VENV", module.TRY_VENV.replace("pip, ", ""))
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run"])
    return module


@pytest.fixture
def quick(bootstrap, monkeypatch):
    """An environment without its packages: what pip would do is told."""
    seen = []

    def install(lock):
        seen.append(Path(lock).name)
        return True, ""

    monkeypatch.setattr(bootstrap, "install", install)
    return bootstrap, seen


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("WARNING: Retrying NewConnectionError('<pip>...Connection refused')", "Pas de réseau"),
        ("ERROR: Could not find a version that satisfies asgiref (from versions: none)", "Pas de réseau"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "empreinte différente"),
        ("OSError: [Errno 28] No space left on device", "plus de place"),
        ("error: Permission denied: '.venv'", "ne peut pas être écrit"),
        ("something else", ""),
    ],
)
def test_what_pip_says_is_said_in_french(bootstrap, said, words):
    told = bootstrap.trouble(said)
    assert words in told
    assert bool(told) == bool(words)


def test_it_is_done_once(quick, capsys):
    bootstrap, seen = quick
    assert (bootstrap.main(), bootstrap.main()) == (0, 0)
    assert seen == ["run.lock"]
    assert capsys.readouterr().out.count("Première fois") == 1
    command = Path(bootstrap.VENV, "bin/faubourg")
    assert command.stat().st_mode & 0o111
    assert f'"{bootstrap.PYTHON}"' in command.read_text()


def test_the_tools_of_the_tests_serve_for_running_too(quick, monkeypatch):
    bootstrap, seen = quick
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "dev"])
    bootstrap.main()
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run"])
    bootstrap.main()
    assert seen == ["dev.lock"]


def test_a_broken_environment_is_made_again(quick, capsys):
    bootstrap, _ = quick
    broken = Path(bootstrap.VENV, "bin")
    broken.mkdir(parents=True)
    (broken / "python").write_text("not a program")
    assert bootstrap.main() == 0
    assert "incomplet : il est refait" in capsys.readouterr().out
    assert bootstrap.works()


def test_without_the_venv_module_it_says_what_to_install(bootstrap, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == (
        "Il manque le module venv de Python. Sous Debian ou Ubuntu : sudo apt install python3-venv"
        " — puis relancez la commande.\n"
    )


def test_without_network_it_says_so_and_goes_on_the_next_time(bootstrap, monkeypatch, capsys):
    answers = [(False, "NewConnectionError"), (True, "")]
    monkeypatch.setattr(bootstrap, "install", lambda lock: answers.pop(0))
    assert bootstrap.main() == 1
    assert capsys.readouterr().err.startswith("Pas de réseau")
    assert bootstrap.main() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_installation_that_is_interrupted_says_so_in_one_line(bootstrap, monkeypatch, capsys, number):
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(bootstrap, "install", lambda lock: signal.raise_signal(number))
    assert bootstrap.main() == 130
    assert capsys.readouterr().err == "\nInterrompu. Relancez la même commande : elle reprendra.\n"
    assert signal.getsignal(signal.SIGTERM) == before


def test_an_unknown_failure_is_tried_once_more_from_nothing(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "install", lambda lock: (False, "noise\nERROR: strange\n"))
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == "L’installation a échoué : ERROR: strange (détails : .venv/pip.log)\n"


def test_a_wrong_python_is_told(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "SUPPORTED", ())
    assert bootstrap.main() == 1
    assert capsys.readouterr().err.startswith("Faubourg demande Python 3.11, 3.12 ou 3.13")


def test_a_path_with_spaces_works(quick, tmp_path, monkeypatch):
    bootstrap, _ = quick
    venv = tmp_path / "la ville" / ".venv"
    for name, value in (
        ("VENV", venv),
        ("STAMP", venv / "stamp"),
        ("LOG", venv / "l"),
        ("PYTHON", venv / "bin/python"),
    ):
        monkeypatch.setattr(bootstrap, name, str(value))
    venv.parent.mkdir()
    bootstrap.main()
    said = subprocess.run([venv / "bin/faubourg", "danse"], capture_output=True, text=True, check=False)  # noqa: S603
    assert "Commande incomprise" in said.stderr


def test_locks_name_no_registry():
    for lock in ("run", "dev"):
        text = (ROOT / f"requirements/{lock}.lock").read_text()
        assert "://" not in text
        assert all("--hash=sha256:" in entry for entry in text.split("\n\n") if "==" in entry)


def test_make_alone_lists_its_targets():
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S607
    listed = {line.split()[0] for line in said.splitlines()[1:]}
    assert listed == {
        *("demo", "run", "test", "check", "fix", "bench", "ci", "migrations", "lock", "pictures", "wheel", "wheelhouse")
    }
