"""From words to a mail: text is never escaped, pages always are, and no value adds a header or a foreign link."""

import pytest
from django.template import engines

from faubourg.notifications.letters import Letter, as_page, one_line, tidy, write

BODY = "faubourg.notifications.letters.get_template"


def written(monkeypatch, source: str, **context) -> str:
    monkeypatch.setattr(BODY, lambda name: engines["django"].from_string(source))
    return write("x.txt", kind="calls.receipt", to="a@exemple.fr", subject="Reçu", context=context).text


def body(text: str) -> str:
    """What as_page makes of a text, without the frame."""
    return as_page("Objet", text).partition("</h1>")[2].partition("<footer>")[0].strip()


def test_write_gives_a_whole_letter(monkeypatch):
    monkeypatch.setattr(
        BODY, lambda name: engines["django"].from_string("Bonjour {{ name }},\n\n{{ site }}/x/\n\n\n\nFin")
    )
    letter = write(
        "calls/letters/receipt.txt",
        kind="calls.receipt",
        to="a@exemple.fr",
        subject="Votre  dossier\n« Été »",
        context={"name": "Claire & <Co>"},
        enclosures=(("a.pdf", "application/pdf", b"x"),),
    )
    assert letter == Letter(
        kind="calls.receipt",
        to="a@exemple.fr",
        subject="Votre dossier « Été »",
        text="Bonjour Claire & <Co>,\n\nhttp://127.0.0.1:8000/x/\n\nFin\n",
        enclosures=(("a.pdf", "application/pdf", b"x"),),
    )


def test_write_knows_the_town(monkeypatch):
    assert written(monkeypatch, "{{ town.agency }}") == "Grand Dax Agglomération\n"


def test_write_with_an_unknown_variable_fails(monkeypatch):
    with pytest.raises(AssertionError, match="unknown"):
        written(monkeypatch, "{{ nobody }}")


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("Reçu\r\nBcc: x@y.fr", "Reçu Bcc: x@y.fr"),
        ("a\x00b\u2028c\u202ed", "a b c d"),
        ("x" * 201, "x" * 199 + "…"),
        ("x" * 200, "x" * 200),
        ("  a  b ", "a b"),
        ("«\u00a02\u202f000\u202f€\u00a0»", "«\u00a02\u202f000\u202f€\u00a0»"),
    ],
)
def test_subject_is_one_line(subject, line):
    assert one_line(subject) == line


def test_text_is_tidied():
    assert tidy("\n\na  \r\n\r\n\r\n\r\nb\x00\u202e\tc\n\n") == "a\n\nb\tc\n"


def test_page_has_paragraphs_lists_and_buttons():
    text = (
        "Bonjour,\nvoici.\n\n- un\n- deux\n\nVoir le dossier :\nhttp://127.0.0.1:8000/d/?a=1&b=2\n\n"
        "http://127.0.0.1:8000/e/\n"
    )
    assert body(text) == (
        "<p>Bonjour,<br>\nvoici.</p>\n"
        "<ul><li>un</li><li>deux</li></ul>\n"
        '<p><a class="button" href="http://127.0.0.1:8000/d/?a=1&amp;b=2">Voir le dossier</a></p>\n'
        '<p><a class="button" href="http://127.0.0.1:8000/e/">Ouvrir la page</a></p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "https://malin.example/",
        "http://127.0.0.1:8000.malin.example/",
        "http://127.0.0.1:8000@malin.example/",
        "Votre projet\nhttp://127.0.0.1:8000/e/",  # what is said before is not a label
        "http://127.0.0.1:8000/e/ <script>",
        "javascript:alert(1)",
    ],
)
def test_what_people_type_is_no_link(text):
    assert "<a " not in body(text)


def test_page_escapes_everything():
    assert body('<img src=x onerror="x">\n\n- <b>a</b>') == (
        "<p>&lt;img src=x onerror=&quot;x&quot;&gt;</p>\n<ul><li>&lt;b&gt;a&lt;/b&gt;</li></ul>"
    )
    assert "<title>&lt;b&gt;</title>" in as_page("<b>", "x")


def test_page_names_the_town():
    assert "<footer><p>Grand Dax Agglomération<br>contrat-de-ville@exemple.fr</p></footer>" in as_page("Objet", "x")
