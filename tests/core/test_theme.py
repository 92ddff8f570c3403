"""A town's look: three colours, all others out of them, nothing that cannot be read; its logo; an invented town."""

import re
import subprocess
import sys

import pytest
from django.test import override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from faubourg.core import http, theme
from faubourg.documents.services import make_pdf
from tests.core.brume import BRUME, SETTINGS
from tests.databases import environment
from tests.house.places import ROOT

pytestmark = pytest.mark.once
COLOURS = some.integers(0, 0xFFFFFF).map("#{:06X}".format)


# ------------------------------------------------------------------------------------------------- the arithmetic
@given(COLOURS)
def test_a_colour_comes_back_from_its_turn(colour):
    assert theme.from_oklch(*theme.oklch(colour)) == colour


def test_the_town_s_own_colours_change_nothing():
    day, night = theme.defaults()
    assert theme.dressed({family: day[family] for family in theme.FAMILIES}) == (day, night)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#FFFFFF", 21), ("#777777", "#FFFFFF", 4.48)])
def test_contrast_is_the_one_of_wcag(one, other, ratio):
    assert round(theme.contrast(one, other), 2) == ratio


def test_every_family_is_made_of_tokens():
    known = set(theme.defaults()[0])
    assert {token for tokens in theme.FAMILIES.values() for token in tokens} - known == set()
    assert {token for text, ground, _ in theme.PAIRS for token in (text, ground)} - known == set()


# ------------------------------------------------------------------------------------------------- what is refused
@given(COLOURS, some.sampled_from(sorted(theme.FAMILIES)))
def test_no_look_that_is_taken_has_a_pair_that_cannot_be_read(colour, family):
    try:
        theme.read({family: colour})
    except theme.UnreadableError as problem:
        instead = re.search(r"; (#\w{6}) conviendrait", str(problem))
        if instead:
            theme.read({family: instead[1]})
        return
    day, night = theme.dressed({family: colour})
    for paints in (day, night):
        for text, ground, least in theme.PAIRS:
            assert theme.contrast(paints[text], paints[ground]) >= least, (text, ground)


@pytest.mark.parametrize(
    ("colours", "words"),
    [
        ({"adour": "#7FC7C0"}, "liens et boutons : #7FC7C0 ne se lit pas assez (adour sur sand, de jour : contraste "),
        ({"terra": "rouge"}, "accent et nombres : « ROUGE » n’est pas une couleur comme #0B5A60"),
    ],
)
def test_what_cannot_be_read_is_said_in_french(colours, words):
    with pytest.raises(theme.UnreadableError) as refused:
        theme.read(colours)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [("logo.exe", 10, "ni SVG, ni PNG, ni WebP"), ("logo.png", None, "n’existe pas"), ("logo.svg", 41_000, "40 ko")],
)
def test_a_logo_that_cannot_be_shown_is_said(tmp_path, name, size, words):
    if size:
        (tmp_path / name).write_bytes(b"x" * size)
    with pytest.raises(theme.UnreadableError, match=words):
        theme.read({}, str(tmp_path / name))


# ------------------------------------------------------------------------------------------------- what is served
@pytest.mark.django_db
def test_nothing_is_added_where_nothing_is_set(client, settings):
    assert not settings.THEME
    assert "/apparence/" not in client.get("/galerie/").content.decode()
    assert client.get(reverse("core:colours", args=["x"])).status_code == 404


@pytest.mark.django_db
@override_settings(THEME=BRUME, TOWN=SETTINGS)
def test_the_second_town_has_its_name_logo_and_colours_everywhere(client):
    page = client.get("/galerie/").content.decode()
    links = re.findall(r'(?:href|src)="(/apparence/[^"]+)"', page)
    assert {link.rpartition("/")[2] for link in links} == {"couleurs.css", "icone.svg", "logo"}
    assert "Val-de-Brume" in page
    for link in set(links):
        found = client.get(link)
        assert (found.status_code, found["Cache-Control"]) == (200, "public, max-age=31536000, immutable"), link
        assert "default-src 'none'" in found["Content-Security-Policy"]
    sheet = client.get(links[0]).content.decode()
    assert "--adour:#5B2A6E;" in sheet
    assert client.get(links[0].replace(BRUME.digest, "0" * 12)).status_code == 404
    assert links[0] in http.server_error(client.get("/galerie/").wsgi_request).content.decode()


@override_settings(THEME=BRUME)
def test_its_letters_wear_them_too():
    """An accessible PDF still: a logo is furniture, told to nobody."""
    data = {"agency": "Val-de-Brume", "town": "Ormaie", "date": "2027", "addressee": ["x"], "title": "Lettre",
            "reference": "R", "example": False}  # fmt: skip
    template = ROOT / "tests/core/lettre.typ"
    with override_settings(THEME=theme.read({})):
        plain = make_pdf(template, data)
    assert make_pdf(template, data) != plain


def test_the_program_does_not_start_with_colours_that_cannot_be_read(tmp_path):
    seen = environment(f"sqlite:///{tmp_path / 'base.sqlite3'}", tmp_path, FAUBOURG_COLOUR_LINKS="#7FC7C0")
    command = [sys.executable, "-m", "faubourg.config.cli", "check"]
    done = subprocess.run(command, cwd=ROOT, env=seen, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert done.stderr.startswith("Un réglage ne convient pas : l’apparence, liens et boutons : #7FC7C0")
    assert "conviendrait" in done.stderr
