import pytest

from faubourg.core.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("", ""), ("Réussite  éducative, CŒUR", "reussite educative, coeur"), ("L’Été\n", "l'ete")],
)
def test_fold(text, folded):
    assert fold(text) == folded
