import errno

import pytest

from faubourg.config.words import first_line, reason

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied"), "droits insuffisants"),
        (OSError(errno.ENOSPC, "No space left"), "plus de place sur le disque"),
        (TimeoutError(), "pas de réponse"),
        (OSError("étrange\nsuite"), "étrange"),
        (OSError(), "OSError"),
    ],
)
def test_reasons_are_french(error, words):
    assert reason(error) == words


def test_first_line():
    assert first_line(ValueError("  un\ndeux")) == "un"
