"""Where things stand. Each check takes the root of a house, so that a planted break can be looked for in a copy."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOORS = {"enums", "models", "rules", "selectors", "services", "figures", "workflow"}
GROUND = {"core"}  # anybody may stand on it
HALL = {"config"}  # sees the rooms by name: urls, settings, the command


@dataclass(frozen=True)
class Source:
    """One Python file of a room, read."""

    path: str  # "faubourg/calls/services/submission.py"
    room: str
    part: str  # "services": the file's or package's name inside the room
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[tuple[str, str, str]]:
        """(module, imported name, name here), wherever the import stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in node.names:
                    yield node.module, name.name, name.asname or name.name
            elif isinstance(node, ast.Import):
                for name in node.names:
                    yield name.name, "", name.asname or name.name


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the house but generated ones."""
    found = []
    for file in sorted((root / "faubourg").rglob("*.py")):
        path = file.relative_to(root)
        if "migrations" in path.parts:
            continue
        found.append(_read(file, path, file.stat().st_mtime_ns))
    return found


@cache
def _read(file: Path, path: Path, changed: int) -> Source:
    text = file.read_text()
    room = path.parts[1] if len(path.parts) > 2 else ""
    part = Path(path.parts[2]).stem if len(path.parts) > 2 else path.stem
    return Source(str(path), room, part, text, ast.parse(text, filename=str(path)))


def templates(root: Path = ROOT, suffixes: tuple[str, ...] = (".html",)) -> dict[str, str]:
    """Every template's text by its path."""
    return {
        str(file.relative_to(root)): file.read_text()
        for file in sorted((root / "faubourg").glob("*/templates/**/*"))
        if file.suffix in suffixes
    }


def floors(root: Path = ROOT) -> dict[str, int]:
    """A room's floor; the higher the number, the higher the room."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "1 floors")
    return {room.strip(" ()"): -number for number, floor in enumerate(layers) for room in floor.split("|")}
