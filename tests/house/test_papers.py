"""docs/settings.md and docs/glossaire.md are true."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.db.models import Choices

from faubourg.core.cards import cards
from tests.house import papers, tables
from tests.house.places import ROOT

pytestmark = pytest.mark.once


@pytest.fixture
def terms():
    choices = [
        value
        for card in cards()
        if find_spec(f"{card.name}.enums")
        for value in vars(import_module(f"{card.name}.enums")).values()
        if isinstance(value, type) and issubclass(value, Choices) and value.__module__ == f"{card.name}.enums"
    ]
    return papers.terms_of(tables.of_the_house(apps.get_models()), choices)


def test_every_setting_is_documented_and_read():
    assert papers.settings_gaps(ROOT) == []


def test_every_table_and_state_is_in_the_glossary(terms):
    assert papers.glossary_gaps(terms, (ROOT / "docs/glossaire.md").read_text()) == []


def test_each_french_term_names_one_table(terms):
    assert papers.twice_translated(terms) == []
