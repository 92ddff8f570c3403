"""What a person writes in the environment means what they think."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from faubourg.config import settings


@pytest.mark.parametrize(("written", "meant"), [("oui", True), ("Oui", True), ("1", True), ("non", False), ("", False)])
def test_yes_and_no_are_french_words(written, meant, monkeypatch):
    monkeypatch.setenv("FAUBOURG_BEHIND_PROXY", written)
    assert settings.env.bool("FAUBOURG_BEHIND_PROXY") is meant


def test_a_day_is_written_as_machines_do_and_refused_in_french():
    assert settings._day("") is None
    assert settings._day("2027-03-12") == date(2027, 3, 12)
    with pytest.raises(ImproperlyConfigured, match="« 12 mars » n’est pas un jour, par exemple 2027-03-12"):
        settings._day("12 mars")
