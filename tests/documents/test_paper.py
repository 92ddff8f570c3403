"""PDFs that everybody can read: tagged, titled, in French, and in which what people typed is only text."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from faubourg.core import clock
from faubourg.core.clock import paris
from faubourg.documents import paper
from faubourg.documents.services import PaperError, make_pdf

LETTER = """
#import "/letterhead.typ": letter, facts
#let d = json(bytes(sys.inputs.data))
#show: letter.with(d)
Madame, Monsieur,

#d.words

#facts(([Dossier], d.reference), ([Montant], d.amount))

== Détail
#table(columns: 2, table.header([Financeur], [Montant]), ..d.lines.flatten())
"""
DATA = {
    "agency": "Grand Dax Agglomération",
    "town": "Dax",
    "date": "12 mars 2027",
    "addressee": ["Les Amis du Gond", "12 rue des Écoles", "40100 Dax"],
    "title": "Votre projet est soutenu",
    "reference": "2027-0042",
    "amount": "1\u202f234,50\u202f€",
    "words": "Voici.",
    "lines": [["État", "1\u202f000\u202f€"], ["CAF", "234,50\u202f€"]],
}


@pytest.fixture
def template(tmp_path) -> Path:
    file = tmp_path / "letter.typ"
    file.write_text(LETTER)
    return file


def opened(template: Path, **changes) -> PdfReader:
    return PdfReader(io.BytesIO(make_pdf(template, DATA | changes)))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split(" ")).replace("\n", " ")


def test_letter_is_accessible_and_says_what_it_is(template):
    with clock.at(paris(2027, 3, 12, 17)):
        reader = opened(template)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-FR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Votre projet est soutenu"
    assert reader.metadata.author == "Grand Dax Agglomération"
    assert reader.metadata.creation_date == paris(2027, 3, 12, 17)
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert len(reader.pages) == 1
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]


def test_letter_holds_all_its_parts_in_reading_order(template):
    said = text(opened(template))
    parts = [
        "Grand Dax Agglomération", "Les Amis du Gond", "12 rue des Écoles", "40100 Dax", "À Dax, le 12 mars 2027",
        "Votre projet est soutenu", "2027-0042", "Madame, Monsieur,", "Voici.", "Détail", "État", "CAF",
        "Pour Grand Dax Agglomération", "Page 1 / 1",
    ]  # fmt: skip
    places = [said.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


def test_headings_are_tagged_in_order(template):
    reader = opened(template)
    tags: list[str] = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            tags.append(str(node.get("/S", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert [tag for tag in tags if tag in {"/H1", "/H2", "/Table", "/TH"}] == ["/H1", "/H2", "/Table", "/TH", "/TH"]


def test_fonts_are_manrope_alone(template):
    fonts = opened(template).pages[0]["/Resources"]["/Font"]
    assert {str(font.get_object()["/BaseFont"]).partition("+")[2].partition("-")[0] for font in fonts.values()} == {
        "Manrope"
    }


def test_amounts_keep_their_narrow_spaces(template):
    assert "1\u202f234,50\u202f€" in text(opened(template))


def test_signs_stay_with_their_words(tmp_path):
    """In what the letterhead says, in what the template says, in what it is given (title and body)."""
    file = tmp_path / "letter.typ"
    file.write_text(LETTER.replace("Madame, Monsieur,", "Une question ? Écrivez « ici » : vite !"))
    reader = opened(file, words="Le projet « Vélo » attend : oui ; non ?", title="Est-ce « vous » ?")
    said = text(reader)
    for kept in (
        "Référence\u00a0: ",
        "Dossier\u00a0: ",
        "Une question\u202f? Écrivez «\u00a0ici\u00a0»\u00a0: vite\u202f!",
        "Le projet «\u00a0Vélo\u00a0» attend\u00a0: oui\u202f; non\u202f?",
    ):
        assert kept in said
    assert reader.metadata.title == "Est-ce «\u00a0vous\u00a0»\u202f?"


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x")',
        '#{1+1} #import "/x": *',
        "*gras* _italique_ `code` $x^2$",
        "@reference <label> = Titre",
        "\\ \\n \\u{41} // commentaire /* x */",
        "- liste\n+ numéro\n/ terme: x",
        '#read("/letterhead.typ")',
        "https://malin.example/",
        "\"guillemets\" et 'apostrophes'",
        "[crochets] (parenthèses) {accolades}",
    ],
)
def test_what_people_typed_is_never_markup(template, typed):
    reader = opened(template, words=typed, addressee=[typed, typed], reference=typed)
    assert "".join(typed.split()) in "".join(text(reader).split())
    assert reader.metadata.title == "Votre projet est soutenu"
    assert not [a for page in reader.pages for a in page.get("/Annots", [])]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Fête 🎉 du quartier", "Fête ? du quartier"),
        ("👨‍👩‍👧 famille", "??? famille"),
        ("J’❤️ le Gond", "J’? le Gond"),
        ("étape ①", "étape 1"),
        ("e\u0301te\u0301", "été"),
        ("fin\u202edébut\u0007\u200b", "findébut"),
        ("العربية", "???????"),
        ("mot\u00adcoupé", "motcoupé"),
    ],
)
def test_signs_that_the_typeface_lacks_stop_no_letter(template, typed, shown):
    """An emoji in a project's title must not cost an association its receipt."""
    said = text(opened(template, words=f"[{typed}]", title=f"Projet {typed}")).replace("\u00ad", "")
    assert f"[{shown}]" in said


def test_example_says_so(template):
    words = "Exemple. Ce document et tout ce qu’il raconte sont inventés pour la démonstration."
    assert words in text(opened(template, example=True))
    assert words not in text(opened(template, example=False))


def test_signature_can_be_given(template):
    said = text(opened(template, signature=["La présidente", "Ville de Dax"]))
    assert "La présidente Ville de Dax" in said
    assert "Pour Grand Dax" not in said


def test_long_letter_has_pages_that_say_their_number(template):
    reader = opened(template, lines=[[f"Financeur {n}", "1 €"] for n in range(80)])
    assert len(reader.pages) == 3
    assert ["Page 1 / 3" in reader.pages[0].extract_text(), "Page 3 / 3" in reader.pages[2].extract_text()] == [
        True
    ] * 2


def test_long_words_stay_inside_the_page(template):
    """What runs off the page is not seen by a count of pages: look at where the letters stand."""
    reader = opened(
        template,
        title="Très long titre " * 12 + "x" * 90,
        addressee=["Association " + "interminable " * 12, "x" * 160],
        words="mot " * 300 + "x" * 400,
        lines=[["Financeur" * 20, "1 €"]],
    )
    boxes = [box for page in reader.pages for box in boxes_of(page)]
    assert len(boxes) > 30
    assert min(left for left, _, _ in boxes) >= 70
    assert max(right for _, right, _ in boxes) <= 595 - 60  # measured in the widest cut
    assert min(bottom for _, _, bottom in boxes) >= 20


def boxes_of(page) -> list[tuple[float, float, float]]:
    """Where each piece of text begins and ends, and its foot, in points; widths are the typeface's own."""
    font = TTFont(Path(paper.HERE) / "fonts" / "Manrope-ExtraBold.ttf")
    letters, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    found = []

    def see(text, cm, tm, fonts, size) -> None:
        if text.strip():
            left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            foot = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            width = sum(widths[letters[ord(sign)]][0] for sign in text.strip()) / unit * size * abs(tm[0] * cm[0])
            found.append((left, left + width, foot))

    page.extract_text(visitor_text=see)
    return found


def test_missing_data_is_a_fault_that_names_it(template):
    data = {key: value for key, value in DATA.items() if key != "words"}
    with pytest.raises(PaperError, match=r'letter\.typ.*"words"'):
        make_pdf(template, data)


@pytest.mark.parametrize(
    "body",
    [
        "= Un second titre\n==== Trop bas",  # a level is skipped
        "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"), format: \"svg\")",  # no alt
        "🎉",  # written by the template itself: nothing to replace in the data
    ],
)
def test_letter_that_would_not_be_accessible_is_refused(tmp_path, body):
    file = tmp_path / "bad.typ"
    file.write_text(LETTER + "\n" + body)
    with pytest.raises(PaperError, match=r"bad\.typ"):
        make_pdf(file, DATA)


def test_same_letter_at_the_same_second_is_the_same_file(template):
    assert make_pdf(template, DATA) == make_pdf(template, DATA)


def test_files_beside_the_templates_cannot_be_read(tmp_path):
    file = tmp_path / "spy.typ"
    file.write_text('#read("../paper.py")')
    with pytest.raises(PaperError):
        make_pdf(file, DATA)
