"""Write each room's only migration, 0001_initial, out of its models.

`python tools/fold_migrations.py [--check] [room...]`

Until the first release the tables are born in one step: constraints and indexes stand inside CreateModel (as
separate operations SQLite copies the table for each of them), the room's TRIGGERS follow, and all of it runs
after the migrations of third-party packages. `--check` writes nothing and fails when a file is stale.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.config.settings")


def written() -> dict[Path, str]:
    """The text of every room's first migration."""
    from django.apps import apps
    from django.conf import settings
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.migrations.state import ProjectState

    from faubourg.core.cards import cards

    rooms = {card.label: card.name for card in cards()}
    before = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = dict.fromkeys(rooms)  # as if no room had been written yet
    try:
        loader = MigrationLoader(None)
    finally:
        settings.MIGRATION_MODULES = before
    loader.unmigrated_apps -= set(rooms)
    above = standing_on(set(rooms), loader.disk_migrations)
    above |= {config.label for config in apps.get_app_configs() if config.name in settings.WAGTAIL}  # may be closed
    third_party = sorted(node for node in loader.graph.leaf_nodes() if node[0] not in above)
    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner(specified_apps=set(rooms))
    )
    changes = detector.changes(graph=loader.graph, convert_apps=set(rooms), migration_name="initial")
    return {
        ROOT / rooms[label].replace(".", "/") / "migrations/0001_initial.py": text(rooms[label], found, third_party)
        for label, found in sorted(changes.items())
        if label in rooms
    }


def standing_on(rooms: set[str], migrations: dict) -> set[str]:
    """The packages whose tables point at a room's, as a second factor points at its person: they come after it."""
    found: set[str] = set()
    while True:
        more = {
            label
            for (label, _), migration in migrations.items()
            if any(needed[0] in rooms | found for needed in migration.dependencies)
        }
        if more <= found:
            return found
        found |= more


def text(room: str, migrations: list, third_party: list[tuple[str, str]]) -> str:
    """One room's migration as Python."""
    from django.db.migrations.writer import MigrationWriter

    if len(migrations) != 1:
        raise SystemExit(f"{room}: {len(migrations)} migrations au lieu d’une, les tables se tiennent en cercle")
    (migration,) = migrations
    migration.name = "0001_initial"
    migration.initial = True
    migration.operations = folded(migration.operations)
    if not any(name == "0001_initial" for label, name in migration.dependencies if find_spec(f"faubourg.{label}")):
        migration.dependencies = sorted({*migration.dependencies, *third_party})
    source = MigrationWriter(migration, include_header=False).as_string()
    if find_spec(f"{room}.triggers"):
        head, _, tail = source.rpartition("    ]\n")
        source = f"{head}        *TRIGGERS,\n    ]\n{tail}"
        source = source.replace(
            "\n\n\nclass Migration", f"\n\nfrom {room}.triggers import TRIGGERS\n\n\nclass Migration", 1
        )
    return source


def folded(operations: list) -> list:
    """Constraints and indexes inside the CreateModel of their table."""
    from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel

    tables = {operation.name_lower: operation for operation in operations if isinstance(operation, CreateModel)}
    kept = []
    for operation in operations:
        if isinstance(operation, AddConstraint):
            tables[operation.model_name_lower].options.setdefault("constraints", []).append(operation.constraint)
        elif isinstance(operation, AddIndex):
            tables[operation.model_name_lower].options.setdefault("indexes", []).append(operation.index)
        else:
            kept.append(operation)
    return kept


def main() -> int:
    import django
    from django.utils import translation

    django.setup()
    translation.deactivate_all()  # as makemigrations does: labels of Django's own fields stay in English
    wanted = {name for name in sys.argv[1:] if not name.startswith("-")}
    stale = []
    for file, source in written().items():
        if wanted and file.parents[1].name not in wanted:
            continue
        others = [other for other in file.parent.glob("[0-9]*.py") if other != file]
        if (file.read_text() if file.exists() else "") != source or others:
            stale.append(file)
            if "--check" not in sys.argv:
                file.parent.mkdir(exist_ok=True)
                (file.parent / "__init__.py").touch()
                file.write_text(source)
                for other in others:
                    other.unlink()
    for file in stale:
        print(file.relative_to(ROOT))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
