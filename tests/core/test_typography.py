import pytest
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st

from faubourg.core.typography import keep_together


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Une question ?", "Une question\u202f?"),
        ("Reste : 3 ; tout va bien !", "Reste\u00a0: 3\u202f; tout va bien\u202f!"),
        ("« Nos demandes »", "«\u00a0Nos demandes\u00a0»"),
        ("« Vraiment ? »", "«\u00a0Vraiment\u202f?\u00a0»"),
        ("<b>Nom</b> : {{ name }}", "<b>Nom</b>\u00a0: {{ name }}"),
        ("Où ?</p>", "Où\u202f?</p>"),
        ("(Qui ?) [Référence :]", "(Qui\u202f?) [Référence\u00a0:]"),
        ("{% if a != b %}{{ at|time:'H:i' }}{% endif %}", "{% if a != b %}{{ at|time:'H:i' }}{% endif %}"),
        ("https://exemple.fr/?a=1 ?b", "https://exemple.fr/?a=1 ?b"),
        ("10:30 a:b ::1", "10:30 a:b ::1"),
    ],
)
def test_keep_together(typed, kept):
    assert keep_together(typed) == kept


@given(st.text())
def test_said_twice_it_is_the_same_and_only_spaces_change(text):
    once = keep_together(text)
    assert keep_together(once) == once
    assert once.replace("\u202f", " ").replace("\u00a0", " ") == text.replace("\u202f", " ").replace("\u00a0", " ")


def test_every_template_of_the_house_is_kept():
    """The loader is in place: a page's own words carry the space that holds them."""
    source = get_template("errors/404.html").template.source
    assert keep_together(source) == source
