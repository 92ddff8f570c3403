"""Writes: the territory is loaded from official sources, again and again with the same outcome.

No rule is asked here: this room stands under the one that knows roles. Commands and higher rooms ask it.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from faubourg.accounts.models import User
from faubourg.core.errors import Refusal
from faubourg.journal import services as journal
from faubourg.territory.enums import Indicator
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood
from faubourg.territory.outlines import OutlineError, read_outline

ROOM = "territory"
Row = TypeVar("Row", bound=Model)


def _put(row: Row, values: dict[str, Any], thing: str, verb: str, by: User | None) -> Row:
    """Make the row or change what differs; the same values again write nothing, not even in the journal."""
    is_new = row.pk is None
    changed = [name for name, value in values.items() if is_new or getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    try:
        row.full_clean()
    except ValidationError as faults:
        field, messages = next(iter(faults.message_dict.items()))
        raise Refusal(f"{thing} : {' '.join(messages)}", field=field) from None
    row.save()
    journal.record(verb, thing, room=ROOM, before="" if is_new else "known", after="known", by=by)
    return row


@transaction.atomic
def add_municipality(
    *, insee: str, name: str, siren: str, population: int, postcodes: Sequence[str] = (), by: User | None
) -> Municipality:
    """A commune of the agglomeration, known by its INSEE code."""
    row = Municipality.objects.select_for_update().filter(insee=insee).first() or Municipality(insee=insee)
    values = {"name": name, "siren": siren, "population": population, "postcodes": list(postcodes)}
    return _put(row, values, f"commune:{insee}", "add_municipality", by)


@transaction.atomic
def add_geography(
    *,
    code: str,
    name: str,
    valid_from: date,
    valid_until: date | None = None,
    source: str,
    licence: str,
    by: User | None,
) -> Geography:
    """A version of the priority geography: the 2015 list, the 2024 list."""
    row = Geography.objects.select_for_update().filter(code=code).first() or Geography(code=code)
    values = {
        "name": name,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "source": source,
        "licence": licence,
    }
    return _put(row, values, f"geography:{code}", "add_geography", by)


@transaction.atomic
def add_neighbourhood(
    *,
    code: str,
    name: str,
    geography: Geography,
    municipality: Municipality,
    slug: str = "",
    previous: Neighbourhood | None = None,
    outline: Any = None,
    area_ha: Decimal | float | str | None = None,
    summary: str = "",
    by: User | None,
) -> Neighbourhood:
    """A priority neighbourhood, known by its code (QP040001, QN04001M).

    ``outline``: MultiPolygon coordinates or a GeoJSON geometry, WGS84; its rings must be closed.
    """
    try:
        coordinates = None if outline is None else read_outline(outline)
    except OutlineError as trouble:
        raise Refusal(f"{code} : {trouble}", field="outline") from None
    row = Neighbourhood.objects.select_for_update().filter(code=code).first() or Neighbourhood(code=code)
    values = {
        "name": name,
        "slug": slug or slugify(name),
        "geography": geography,
        "municipality": municipality,
        "previous": previous,
        "outline": coordinates,
        "area_ha": None if area_ha is None else _one_decimal(area_ha, "area_ha"),
        "summary": summary,
    }
    return _put(row, values, f"neighbourhood:{code}", "add_neighbourhood", by)


@transaction.atomic
def add_figure(
    neighbourhood: Neighbourhood,
    indicator: str,
    *,
    edition: int,
    value: Decimal | float | str,
    outline_of: Geography,
    source: str,
    by: User | None,
) -> KeyFigure:
    """One figure of one edition, with its source and the outlines on which it was counted."""
    if indicator not in Indicator:
        raise Refusal(f"L’indicateur « {indicator} » n’est pas connu.", field="indicator")
    found = KeyFigure.objects.select_for_update().filter(
        neighbourhood=neighbourhood, indicator=indicator, edition=edition
    )
    row = found.first() or KeyFigure(neighbourhood=neighbourhood, indicator=indicator, edition=edition)
    values = {"value": _one_decimal(value, "value"), "outline_of": outline_of, "source": source}
    return _put(row, values, f"figure:{neighbourhood.code}:{indicator}:{edition}", "add_figure", by)


def _one_decimal(value: Decimal | float | str, field: str) -> Decimal:
    try:
        return Decimal(str(value)).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise Refusal(f"« {value} » n’est pas un nombre.", field=field) from None
