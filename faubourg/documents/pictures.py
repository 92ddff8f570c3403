"""Pictures drawn again: what comes out is a picture and nothing else, whatever came in."""

import io
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, UnidentifiedImageError

from faubourg.core.errors import Refusal

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_SIDE = 4000  # of what comes in; a small file may unfold into a huge picture
LOGO = (640, 320)  # of what goes out
SAID = "PNG, JPEG ou WebP"


def logo_of(data: bytes) -> Image.Image:
    """The same picture on white, at most 640 by 320, without place, hour or author of a photo.

    A Refusal when it is no picture of these formats (a drawing in SVG is a program), broken, or too large.
    """
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(data)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise _refusal() from problem
    except (OSError, ValueError, SyntaxError, EOFError) as problem:  # cut short, or lying about itself
        raise _refusal() from problem


def _drawn(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        if max(picture.size) > MOST_SIDE:
            raise Refusal(f"Cette image est trop grande : {MOST_SIDE} points de côté au plus.", field="file")
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(LOGO)
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright)
    return sheet


def _refusal() -> Refusal:
    return Refusal(f"Ce fichier n’est pas une image {SAID}, ou il est abîmé. Il n’a pas été gardé.", field="file")
