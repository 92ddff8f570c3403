"""A neighbourhood beside the others: its figures compared, each with its edition and the version of its outline."""

from collections.abc import Sequence
from dataclasses import dataclass

from faubourg.core.money import NARROW_SPACE
from faubourg.core.templatetags.faubourg import number
from faubourg.territory.enums import Indicator
from faubourg.territory.models import KeyFigure, Neighbourhood


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator here and in the other neighbourhoods; ``rows`` as the component wants them."""

    number: str
    words: str
    rows: tuple[tuple[str, str, float, bool], ...]
    source: str


def said(figure: KeyFigure) -> str:
    """« 35,2 % », « 13 730 € », « 1 238 »."""
    unit = f"{NARROW_SPACE}{figure.unit}" if figure.unit else ""
    return f"{number(figure.value)}{unit}"


def comparisons(
    place: Neighbourhood, places: Sequence[Neighbourhood], figures: dict[str, dict[str, KeyFigure]]
) -> list[Comparison]:
    """One per indicator that this neighbourhood has; the others beside it, of the same edition alone."""
    found = []
    for indicator in Indicator:
        own = figures[place.code].get(indicator)
        if own is not None:
            found.append(Comparison(said(own), own.label, _rows(own, place, places, figures), _source(own)))
    return found


def _rows(
    own: KeyFigure,
    place: Neighbourhood,
    places: Sequence[Neighbourhood],
    figures: dict[str, dict[str, KeyFigure]],
) -> tuple[tuple[str, str, float, bool], ...]:
    ordered = [place, *(other for other in places if other.pk != place.pk)]
    rows = [(other, figures[other.code].get(own.indicator)) for other in ordered]
    return tuple(
        (other.name, said(figure), float(figure.value), other.pk == place.pk)
        for other, figure in rows
        if figure is not None and figure.edition == own.edition
    )


def _source(figure: KeyFigure) -> str:
    return f"{figure.source}, contours de {figure.outline_of.code}"
