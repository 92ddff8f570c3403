"""The example world under construction: what one builder hands to the next."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.partners.models import Contract, Objective, Organisation
from faubourg.territory.models import Geography, Neighbourhood

DATA = Path(__file__).parent / "data"
LETTERS = {"S": "QN04001M", "C": "QN04002I", "G": "QN04003I"}  # Sablar, Cuyès, Gond in histoire.csv


@dataclass
class World:
    """``today`` is the day of installation: all the present hangs on it."""

    today: date = field(default_factory=clock.today)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    geographies: dict[str, Geography] = field(default_factory=dict)
    places: dict[str, Neighbourhood] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    themes: dict[str, Objective] = field(default_factory=dict)  # of the 2015 contract, by slug
    stakes: dict[str, Objective] = field(default_factory=dict)  # of the current one, by slug

    @property
    def officer(self) -> User:
        return self.people["nadege.lesca@exemple.fr"]

    def places_of(self, letters: str) -> list[Neighbourhood]:
        return [self.places[LETTERS[letter]] for letter in letters]


def rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a data file of the world."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def outlines() -> dict[str, Any]:
    return dict(json.loads((DATA / "contours.json").read_text(encoding="utf-8")))


def text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8").strip()
