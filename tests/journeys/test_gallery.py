"""The gallery as it looked when its look was last wished for: every component in every state, by day, by night, in the
colours that a person's own system forces.

Pictures are kept at a tenth of their size, so that letters drawn a little otherwise elsewhere do not matter, and a
component that changes does. After a wanted change: FAUBOURG_TEST_ACCEPT=1 pytest tests/journeys/test_gallery.py
"""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]

KEPT = Path(__file__).with_name("gallery")
FACES = {
    "jour": ("/galerie/?jour", {}),
    "nuit": ("/galerie/?nuit", {}),
    "bureau": ("/galerie/?face=bureau&jour", {}),
    "contraste": ("/galerie/?jour", {"forced_colors": "active"}),
    "papier": ("/galerie/?jour", {"media": "print"}),
}
SMALLER, FAR, MOST = 10, 40, 0.001  # tenth of the size; steps of 255 that count; share of points that may
TALLER = 0.01


@pytest.mark.parametrize("face", FACES)
def test_the_gallery_looks_as_wished(face: str, visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    address, media = FACES[face]
    one = visitor("Galerie")
    one.page.emulate_media(**media)
    one.page.goto(address)
    one.page.evaluate("document.fonts.ready")
    seen = small(one.page.screenshot(full_page=True))
    file = KEPT / f"{face}.png"
    if os.environ.get("FAUBOURG_TEST_ACCEPT"):
        seen.save(file, optimize=True)
    seen.save(tmp_path / file.name)
    assert difference(seen, Image.open(file).convert("RGB")) <= MOST, f"look at {tmp_path / file.name}"


def small(picture: bytes) -> Image.Image:
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    return whole.resize((whole.width // SMALLER, whole.height // SMALLER), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of points that differ clearly; 1 when the heights do."""
    if one.width != other.width or abs(one.height - other.height) > TALLER * other.height:
        return 1.0
    box = (0, 0, one.width, min(one.height, other.height))
    far = ImageChops.difference(one.crop(box), other.crop(box)).split()
    most = ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2])
    return sum(most.histogram()[FAR:]) / (most.width * most.height)


def test_another_colour_of_a_button_is_a_difference() -> None:
    page = Image.new("RGB", (1280, 9000), "#FBF4E6")
    button = page.copy()
    button.paste("#0B5A60", (100, 100, 500, 148))
    made = [io.BytesIO(), io.BytesIO()]
    for picture, out in zip((page, button), made, strict=True):
        picture.save(out, "PNG")
    plain, changed = (small(out.getvalue()) for out in made)
    assert (difference(plain, plain), difference(plain, changed) > MOST) == (0, True)
