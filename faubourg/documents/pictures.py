"""Pictures drawn again: what comes out is a picture and nothing else, whatever came in."""

import io
from collections.abc import Callable
from typing import TypeVar
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, UnidentifiedImageError

from faubourg.core.errors import Refusal

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_SIDE = 4000  # of what comes in; a small file may unfold into a huge picture
LOGO, PHOTO = (640, 320), (2400, 2400)  # of what goes out
SAID = "PNG, JPEG ou WebP"
Drawn = TypeVar("Drawn")


def logo_of(data: bytes) -> Image.Image:
    """The same picture on white, at most 640 by 320, without place, hour or author of a photo.

    A Refusal when it is no picture of these formats (a drawing in SVG is a program), broken, or too large.
    """
    return _read(data, _logo)


def photo_of(data: bytes) -> tuple[Image.Image, str]:
    """The same photo, upright, at most 2 400 points a side, bare of what a camera writes; and its format."""
    return _read(data, _photo)


def _read(data: bytes, draw: Callable[[Image.Image], Drawn]) -> Drawn:
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return draw(picture)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise _refusal() from problem
    except (OSError, ValueError, SyntaxError, EOFError) as problem:  # cut short, or lying about itself
        raise _refusal() from problem


def _logo(picture: Image.Image) -> Image.Image:
    if max(picture.size) > MOST_SIDE:
        raise Refusal(f"Cette image est trop grande : {MOST_SIDE} points de côté au plus.", field="file")
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(LOGO)
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright)
    return sheet


def _photo(picture: Image.Image) -> tuple[Image.Image, str]:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I"):  # sixteen bits of grey: Pillow cuts what is over eight, and all is white
        upright = upright.convert("I").point(lambda grey: grey / 256).convert("L")
    upright = upright.convert("RGBA" if picture.has_transparency_data else "RGB")
    upright.thumbnail(PHOTO)
    profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA", "P") else None
    upright.info = {"icc_profile": profile} if profile else {}  # neither comment, place nor author
    return upright, picture.format or FORMATS[0]


def _refusal() -> Refusal:
    return Refusal(f"Ce fichier n’est pas une image {SAID}, ou il est abîmé. Il n’a pas été gardé.", field="file")
