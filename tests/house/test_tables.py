"""Tables: keys run downstairs, migrations are folded, personal data are registered."""

import subprocess
import sys

import pytest
from django.apps import apps

from faubourg.core.cards import cards
from tests.house import tables
from tests.house.places import ROOT, floors


@pytest.fixture
def models():
    return tables.of_the_house(apps.get_models(include_auto_created=True))


def test_foreign_keys_run_downstairs(models):
    assert tables.upstairs(models, floors()) == []


def test_each_room_has_one_folded_migration():
    assert tables.migrations_of(ROOT) == []


def test_migrations_are_what_the_models_say():
    command = [sys.executable, "tools/fold_migrations.py", "--check"]
    stale = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert stale.stdout + stale.stderr == ""


def test_personal_data_are_in_the_register(models):
    assert tables.register_gaps(tables.of_the_house(apps.get_models()), list(cards())) == []
