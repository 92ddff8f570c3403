"""What a room needs of the others is on its card, and it leads to no other without asking whether it is open."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.pages import url_names
from tests.house.places import GROUND, Source, floors, sources, templates

DOTTED = re.compile(r"faubourg\.(\w+)\.\w")  # a rule, a task, a check, named on a card
NAME = re.compile(r"(\w+):\w+")
URL = re.compile(r"""{%\s*url\s+["']((\w+):\w+)["'][^%]*?(?:\sas\s+(\w+)\s*)?%}""")
ASKS_ITSELF = {"faubourg/core/templatetags/ways.py"}  # leaves out what leads nowhere


def needs(root: Path) -> dict[str, set[str]]:
    """What each card says."""
    told = {room: set() for room in floors(root)}
    for source in sources(root):
        if source.part == "apps" and source.room in told:
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "needs":
                    told[source.room] = set(ast.literal_eval(node.value))
    return told


def with_what_they_need(root: Path) -> dict[str, set[str]]:
    """A room, and every one that must be open with it."""
    whole = {}
    for room, direct in sorted(needs(root).items(), key=lambda row: floors(root)[row[0]]):
        whole[room] = {room, *GROUND, *direct, *(deep for need in direct for deep in whole.get(need, ()))}
    return whole


def untrue_needs(root: Path) -> list[str]:
    """The card against what is imported or named."""
    told, real = needs(root), {room: set() for room in floors(root)}
    for source in sources(root):
        if source.room in real:
            real[source.room] |= _named(source) - {source.room, *GROUND}
    return [
        *(f"{room}: not on its card: {need}" for room in sorted(real) for need in sorted(real[room] - told[room])),
        *(f"{room}: not needed: {need}" for room in sorted(real) for need in sorted(told[room] - real[room])),
    ]


def _named(source: Source) -> set[str]:
    imported = (f"{module}.{name}." for module, name, _ in source.imports())
    quoted = (text for text, _ in _strings(source))
    return {found[1] for text in (*imported, *quoted) if (found := DOTTED.match(text))}


def blind_ways(root: Path) -> list[str]:
    """Links into rooms that may be closed: by ``way_to``, or by ``{% url … as x %}{% if x %}``."""
    known, open_with, found = set(url_names()), with_what_they_need(root), []
    for source in sources(root):
        if source.room in open_with and source.path not in ASKS_ITSELF:
            for text, asks in _strings(source):
                name = NAME.fullmatch(text)
                if name and text in known and not asks and name[1] not in open_with[source.room]:
                    found.append(f"{source.path}: {text}")
    for path, text in templates(root, (".html", ".txt")).items():
        for name, room, variable in URL.findall(text):
            asks = variable and re.search(rf"{{%\s*(?:el)?if\b[^%]*\b{variable}\b|{variable}\|default", text)
            if not asks and room in open_with and room not in open_with[Path(path).parts[1]]:
                found.append(f"{path}: {name}")
    return found


def _strings(source: Source) -> Iterator[tuple[str, bool]]:
    """Every string, and whether it is given to ``way_to``, or is what a card says of the search, which asks too."""
    asked = {
        id(one)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("way_to", "Searched")
        for one in node.args
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, id(node) in asked
