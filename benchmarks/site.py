"""The site of the measured world: the home as editors find it, and two stories with their photos."""

import io

from django.utils.text import slugify
from PIL import Image

from faubourg.website import services
from faubourg.website.models import StoryListPage, StoryPage


def make_site() -> None:
    services.lay_out_site(by=None)
    out = io.BytesIO()
    Image.effect_noise((1200, 900), 40).convert("RGB").save(out, "JPEG")
    for name in ("Un premier récit", "Un second récit"):
        photo = services.keep_photo(
            out.getvalue(), "photo.jpg", title=name, description=name, credit="Mesure", is_agreed=True, by=None
        )
        story = StoryPage(title=name, slug=slugify(name), photo=photo, lead="Ce qui s’est passé.")
        services.put_up(story, StoryListPage.objects.get(), by=None)
