"""What stands before a story begins: the town, its contract and the people of its institutions; no call yet."""

import io
from typing import Any

from faubourg.accounts.models import User
from faubourg.demo import ground, present
from faubourg.demo.world import World

OFFICER = "nadege.lesca@exemple.fr"
STATE = "paul.dubos@exemple.fr"
CAF = "cecile.lalanne@exemple.fr"
ELECTED = "marc.darrigade@exemple.fr"


def town() -> World:
    """The ground of the example world and its current contract."""
    world = World()
    ground.build_territory(world)
    ground.build_people(world)
    present.build_contract(world)
    return world


def pdf(name: str, text: str = "Exemple") -> dict[str, Any]:
    """A real PDF as a person would choose it on their disk (Playwright's form of a file)."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": text})
    content = io.BytesIO()
    writer.write(content)
    return {"name": name, "mimeType": "application/pdf", "buffer": content.getvalue()}


def person(email: str) -> User:
    return User.objects.get(email=email)
