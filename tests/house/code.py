"""What the code of the house must be: checks that return what is wrong, one line each."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

from tests.house.places import DOORS, GROUND, HALL, Source, sources

OTHER_CLOCKS = {"faubourg/core/clock.py", "faubourg/accounts/services/people.py"}  # the second sweeps Django's sessions
MAX_FILE, MAX_FUNCTION, MAX_VIEW = 400, 40, 25
WRITES = {
    "create", "acreate", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "delete", "adelete", "save_base", "executemany",
}  # fmt: skip
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")
STRAIGHT = re.compile(r"\b(?:[ldnsjcmt]|qu|lorsqu|puisqu|jusqu|aujourd)'[a-zàâéèêëîïôûüœ]", re.IGNORECASE)


def strangers(graph: grimp.ImportGraph) -> list[str]:
    """A room is entered by its doors only."""
    found = []
    for module in graph.modules:
        names = module.split(".")
        if len(names) < 2 or names[1] in HALL:
            continue
        for target in graph.find_modules_directly_imported_by(module):
            room, part = (*target.split("."), "", "")[1:3]
            if room and room != names[1] and room not in GROUND and part not in DOORS:
                found.append(f"{module} -> {target}")
    return sorted(found)


def lint_imports(root: Path) -> str:
    """What import-linter says of the contracts; nothing when all are kept."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(  # noqa: S603
        command, cwd=root, env={"PYTHONPATH": str(root), "PATH": ""}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def too_big(root: Path) -> list[str]:
    """Files up to 400 lines, those of the tests too; functions up to 40, views up to 25."""
    tests = {str(file.relative_to(root)): file.read_text() for file in sorted((root / "tests").rglob("*.py"))}
    lengths = {path: text.count("\n") for path, text in tests.items()}
    found = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > MAX_FILE]
    for source in sources(root):
        if source.lines > MAX_FILE:
            found.append(f"{source.path}: {source.lines} lines")
        for function in source.functions():
            is_view = source.part == "views" and not function.name.startswith("_")
            limit = MAX_VIEW if is_view else MAX_FUNCTION
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > limit:
                found.append(f"{source.path}:{function.name}: {length} lines")
    return found


def writes_outside_services(root: Path) -> list[str]:
    """Rows are written by services alone: views, forms, tags, rules and selectors never do."""
    return [
        f"{source.path}:{call.lineno}: .{name}()"
        for source in sources(root)
        if source.room not in HALL | GROUND and source.part not in {"services", "management", "triggers"}
        for call, name in _writes(source)
    ]


def _writes(source: Source) -> Iterator[tuple[ast.Call, str]]:
    room_services = {here for module, what, here in source.imports() if "services" in (what, module.split(".")[-1])}
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, words = node.func.attr, {keyword.arg for keyword in node.keywords}
        if source.part == "models" and isinstance(node.func.value, ast.Call):
            continue  # super().save(): how a table keeps a column that it works out itself
        if isinstance(node.func.value, ast.Name) and node.func.value.id in room_services:
            continue  # services.create(...): that is the way
        writes = (
            name in WRITES
            or (name in {"save", "asave"} and "by" not in words)  # form.save(by=user) calls the service
            or (name in {"update", "aupdate"} and words and not node.args)  # queryset.update(state=...)
            or (name == "set" and isinstance(node.func.value, ast.Attribute))  # call.objectives.set(...)
        )
        if writes:
            yield node, name


def foreign_rows(root: Path) -> list[str]:
    """Another room's managers are its own: only a selector may join on them, reading."""
    found = []
    for source in sources(root):
        if source.room in HALL or source.part == "selectors":
            continue
        foreign = {
            here
            for module, _, here in source.imports()
            if module.startswith("faubourg.") and module.endswith(".models") and module.split(".")[1] != source.room
        }
        empty = {  # Model.objects.none(): a form's field before it knows its rows
            id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Attribute) and node.attr == "none"
        }
        found += [
            f"{source.path}:{node.lineno}: {node.value.id}.{node.attr}"
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Attribute)
            and id(node) not in empty
            and node.attr in {"objects", "_base_manager", "_default_manager"}
            and isinstance(node.value, ast.Name)
            and node.value.id in foreign
        ]
    return found


def signals(root: Path) -> list[str]:
    """To act upward, the higher room calls downward: no signal."""
    return [
        f"{source.path}: {module}"
        for source in sources(root)
        for module, name, _ in source.imports()
        if module in SIGNALS or f"{module}.{name}" in SIGNALS
    ]


def loose_clocks(root: Path) -> list[str]:
    """Time is asked of core.clock alone."""
    asked = re.compile(r"\b(?:timezone\.(?:now|localdate)|datetime\.(?:now|today|utcnow)|date\.today|time\.time)\(")
    return [
        f"{source.path}:{number}"
        for source in sources(root)
        if source.path not in OTHER_CLOCKS
        for number, line in enumerate(source.text.splitlines(), 1)
        if asked.search(line)
    ]


def straight_apostrophes(root: Path) -> list[str]:
    """What a person reads has ’ and not '."""
    return [
        f"{source.path}:{node.lineno}: {found[0]}"
        for source in sources(root)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := STRAIGHT.search(node.value))
    ]
