"""The stage of the main job: who is in front of which browser, and the clock."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pypdf import PdfReader

from faubourg.calls.models import Application
from tests.journeys.visitor import Visitor, plain

ASSOCIATION = "zoe.berho@exemple.fr"


@dataclass
class Play:
    """Five people and their hands."""

    visitor: Callable[..., Visitor]
    hands: Callable[[datetime], None]
    people: dict[str, Visitor] = field(default_factory=dict)

    def __getitem__(self, email: str) -> Visitor:
        return self.people[email]

    @property
    def application(self) -> Application:
        return Application.objects.get()


def words(content: Any) -> str:
    """What a PDF says."""
    return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
