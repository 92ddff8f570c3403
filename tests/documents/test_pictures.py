"""A logo is drawn again: a picture goes out, whatever came in."""

import io

import pytest
from PIL import Image

from faubourg.core.errors import Refusal
from faubourg.documents.services import draw_logo
from tests.factories.documents import picture_of

pytestmark = pytest.mark.once


def seen(data: bytes) -> tuple[str, str, tuple[int, int]]:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return str(picture.format), picture.mode, picture.size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_logo_comes_out_small_and_on_white(kind):
    assert seen(draw_logo(picture_of((1280, 320), kind))) == ("PNG", "RGB", (640, 160))
    assert seen(draw_logo(picture_of((30, 20), kind))) == ("PNG", "RGB", (30, 20))  # never blown up


def test_logo_loses_what_a_camera_wrote_and_stands_upright():
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "chez Zoé Berho", 6  # a description; turned by a quarter
    out = draw_logo(picture_of((40, 20), "JPEG", exif=exif))
    assert seen(out)[2] == (20, 40)
    assert b"Berho" not in out
    assert not Image.open(io.BytesIO(out)).getexif()


def test_logo_clear_ground_becomes_white():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(draw_logo(out.getvalue()))).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ a program",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n and then nothing",
        picture_of((200, 200))[:-60],
        picture_of((20, 20), "GIF"),
        picture_of((20, 20), "TIFF"),
    ],
    ids=["empty", "program", "svg", "lie", "cut", "gif", "tiff"],
)
def test_logo_that_is_no_picture_is_refused(data):
    with pytest.raises(Refusal, match="PNG, JPEG ou WebP") as no:
        draw_logo(data)
    assert no.value.field == "file"


def test_logo_that_unfolds_into_a_huge_picture_is_refused():
    with pytest.raises(Refusal, match="trop grande"):
        draw_logo(picture_of((4001, 2)))
