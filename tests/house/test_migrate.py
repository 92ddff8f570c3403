"""The one test that migrates: from an empty database to the very tables, constraints and triggers of the tests."""

import subprocess
import sys

import pytest
from django.db import connection

from tests.databases import connected, empty_database, environment
from tests.house.places import ROOT

# The book of migrations, and the index of the editors' library, which each database's own migration makes.
MADE_ASIDE = ("django_migrations", "wagtailsearch", "modelsearch")
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def is_made_aside(name):
    return any(word in name for word in MADE_ASIDE)


def shape(link):
    """Every table with its columns and constraints, and the triggers."""
    with link.cursor() as cursor:
        names = [name for name in link.introspection.table_names(cursor) if not is_made_aside(name)]
        tables = {
            name: (
                sorted(column.name for column in link.introspection.get_table_description(cursor, name)),
                sorted(
                    (
                        sorted(map(str, found["columns"] or [])),
                        found["unique"],
                        found["check"],
                        bool(found["foreign_key"]),
                    )
                    for found in link.introspection.get_constraints(cursor, name).values()
                ),
            )
            for name in names
        }
        cursor.execute(TRIGGERS[link.vendor])
        return tables, sorted(name for (name,) in cursor.fetchall() if not is_made_aside(name))


@pytest.mark.migrate
@pytest.mark.django_db
def test_migrations_make_what_the_models_say(tmp_path):
    with empty_database(tmp_path) as address:
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=environment(address, tmp_path), capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, "")
        with connected(address) as link:
            assert shape(link) == shape(connection)
