"""README.md and the guides are true: links, pictures, commands, settings, buttons, and the command of the first day."""

import re
import shlex
from pathlib import Path

import pytest

from faubourg.accounts.models import User
from faubourg.config import cli
from faubourg.partners.rules import is_officer
from tests.house.places import ROOT, templates

GUIDES = sorted((ROOT / "docs/guides").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *GUIDES]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
pages = pytest.mark.parametrize("page", PAGES, ids=NAMES)
guides = pytest.mark.parametrize("page", GUIDES, ids=[page.stem for page in GUIDES])

CODE = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
MAKE = re.compile(r"(?:`|^)make ([a-z]+)", re.MULTILINE)
COMMAND = re.compile(r"(?:`|^|/bin/)faubourg ([a-z]+)((?: --[a-z]+)*)", re.MULTILINE)
SETTING = re.compile(r"\b(?:FAUBOURG_[A-Z_]+|DATABASE_URL)\b")
SAID = re.compile(r"«\s([^»]+?)\s»")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def anchor(heading: str) -> str:
    """As the forge makes it: lower case, hyphens, no punctuation."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def leads_nowhere(page: Path, address: str) -> bool:
    path, _, place = address.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists():
        return True
    headings = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE) if place else []
    return bool(place) and place not in map(anchor, headings)


@pages
def test_every_link_leads_somewhere(page):
    found = [address for address in LINK.findall(CODE.sub("", page.read_text())) if not address.startswith("http")]
    assert [address for address in found if leads_nowhere(page, address)] == []


@pages
def test_every_picture_exists_and_is_told_in_words(page):
    found = PICTURE.findall(page.read_text())
    assert [address for words, address in found if not words or leads_nowhere(page, address)] == []


def test_every_picture_is_shown_and_light():
    shown = {Path(address).name for page in PAGES for _, address in PICTURE.findall(page.read_text())}
    sizes = {file.name: file.stat().st_size for file in (ROOT / "docs/pictures").glob("*")}
    assert set(sizes) == shown
    assert {name: size for name, size in sizes.items() if size > 120_000} == {}
    assert sum(sizes.values()) <= 2_000_000


@pages
def test_every_make_target_exists(page):
    assert set(MAKE.findall(page.read_text())) - targets() == set()


@pages
def test_every_command_and_its_options_exist(page):
    parser = cli._parser()
    orders = parser._subparsers._group_actions[0].choices
    for order, options in COMMAND.findall(page.read_text()):
        assert order in orders, f"faubourg {order}"
        known = {name for action in orders[order]._actions for name in action.option_strings}
        assert set(options.split()) <= known, f"faubourg {order}{options}"


@pages
def test_every_setting_is_one(page):
    known = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert set(SETTING.findall(page.read_text())) - known == set()


@guides
def test_every_guide_is_short(page):
    assert len(page.read_text().splitlines()) <= 120


@pytest.fixture(scope="module")
def words_on_screen() -> str:
    """Every word of the templates and of the code: labels, menus, buttons, messages."""
    code = [file.read_text() for file in (ROOT / "faubourg").rglob("*.py") if "migrations" not in file.parts]
    return flat(" ".join([*templates(ROOT).values(), *code]))


def flat(text: str) -> str:
    """One kind of space, no tag, no case: « Envoyer la demande » is found however it was typed."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|&nbsp;", " ", text)).lower()


@guides
def test_every_quoted_word_stands_on_a_page(page, words_on_screen):
    quoted = SAID.findall(re.sub(r"\s+", " ", CODE.sub("", page.read_text())))
    assert quoted or page.stem == "exploitant"
    parts = [part.strip() for words in quoted for part in words.split("…")]
    assert [words for words in parts if flat(words) not in words_on_screen] == []


@pytest.mark.django_db
def test_the_command_of_the_first_day_runs(monkeypatch, capsys):
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("faubourg.config.naming.missing_migrations", list)  # the tests' tables are made without
    guide = (ROOT / "docs/guides/premiers-pas.md").read_text()
    assert cli.main(shlex.split(re.search(r"```sh\nfaubourg (officer .*)\n```", guide)[1])) == 0
    assert is_officer(User.objects.get())
    assert re.search(r"http\S+/entrer/", capsys.readouterr().out)
