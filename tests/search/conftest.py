import pytest

from tests.search.ground import only_examples


@pytest.fixture
def examples(db, monkeypatch):
    """Two kinds: « example » for all, « secret » for who is given its scopes."""
    with only_examples(monkeypatch):
        yield
