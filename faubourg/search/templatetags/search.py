"""What was found, with the words that were asked for."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from faubourg.search.selectors import Found
from faubourg.search.words import pieces_of

register = template.Library()


@register.filter
def marked(text: str, found: Found) -> SafeString:
    """The text, escaped, the words that answer marked: ``{{ hit.title|marked:found }}``."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if _meets(words, found) else piece,)
            for piece, words in pieces_of(text)
        ),
    )


def _meets(words: list[str], found: Found) -> bool:
    return any(term.meets(word) for word in words for term in found.terms)
