"""What the search finds of the territory."""

from collections.abc import Iterator

from faubourg.core.cards import Listed
from faubourg.territory.selectors import current_geography, neighbourhoods


def listed_neighbourhoods() -> Iterator[Listed]:
    """The neighbourhoods of the version in force, as the public site shows them. Two queries."""
    for place in neighbourhoods(current_geography()):
        yield Listed(
            "neighbourhood",
            place.code,
            place.name,
            (place.municipality.name, place.summary),
            args=(place.slug,),
        )
