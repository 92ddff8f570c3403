"""What a person writes in the environment means what they think."""

import pytest

from faubourg.config import settings


@pytest.mark.parametrize(("written", "meant"), [("oui", True), ("Oui", True), ("1", True), ("non", False), ("", False)])
def test_yes_and_no_are_french_words(written, meant, monkeypatch):
    monkeypatch.setenv("FAUBOURG_BEHIND_PROXY", written)
    assert settings.env.bool("FAUBOURG_BEHIND_PROXY") is meant
