"""Writes: the territory is entered from official sources, again and again with the same outcome.

No rule is asked here: this room stands under the one that knows roles. Commands and higher rooms ask it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from stdnum.fr import siren as siren_key

from faubourg.accounts.models import User
from faubourg.core.errors import Refusal
from faubourg.core.uses import uses_of
from faubourg.journal import services as journal
from faubourg.search import services as search
from faubourg.territory.enums import SHARES, Indicator
from faubourg.territory.listed import listed_neighbourhoods
from faubourg.territory.lists import decoded, raise_all, read_municipalities, whole
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood
from faubourg.territory.outlines import OutlineError, read_geojson, read_outline

__all__ = [
    "Loaded",
    "add_figure",
    "add_geography",
    "add_municipality",
    "add_neighbourhood",
    "decoded",
    "load_municipalities",
    "remove",
    "whole",
]
ROOM = "territory"
FIRST_EDITION, LAST_EDITION = 1990, 2100
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a list: rows that are new, brought up to date, as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0


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
        raise Refusal(" ".join(messages), field=field) from None
    row.save()
    if not isinstance(row, KeyFigure):
        search.settle("neighbourhood", listed_neighbourhoods())
        search.rebuild_soon()
    journal.record(verb, thing, room=ROOM, before="" if is_new else "known", after="known", by=by)
    return row


# ------------------------------------------------------------------------------------------------- communes
@transaction.atomic
def add_municipality(
    *, insee: str, name: str, siren: str, population: int, postcodes: Sequence[str] = (), by: User | None
) -> Municipality:
    """A commune of the agglomeration, known by its INSEE code."""
    insee, siren = _bare(insee), _bare(siren)
    row = Municipality.objects.select_for_update().filter(insee=insee).first() or Municipality(insee=insee)
    _check_numbers(insee, siren, postcodes)
    values = {"name": _line(name), "siren": siren, "population": population, "postcodes": list(postcodes)}
    return _put(row, values, f"commune:{insee}", "add_municipality", by)


def _check_numbers(insee: str, siren: str, postcodes: Sequence[str]) -> None:
    if re.fullmatch(r"[0-9]{9}", siren) and not siren_key.is_valid(siren):
        raise Refusal(f"Le SIREN {siren} n’existe pas : sa clé de contrôle est fausse.", field="siren")
    other = Municipality.objects.filter(siren=siren).exclude(insee=insee).first()
    if other is not None:
        raise Refusal(f"Le SIREN {siren} est déjà celui de « {other} ».", field="siren")
    wrong = [code for code in postcodes if not re.fullmatch(r"[0-9]{5}", code)]
    if wrong:
        raise Refusal(f"« {wrong[0]} » n’est pas un code postal : il compte cinq chiffres.", field="postcodes")


@transaction.atomic
def load_municipalities(text: str, *, by: User | None) -> Loaded:
    """A whole list, all of it or nothing; again, it brings up to date what differs.

    Refusals (field ``text``), one per line that cannot be kept, each with its number.
    """
    rows = read_municipalities(text)
    known = {row.insee: _facts(row) for row in Municipality.objects.order_by("pk")}
    faults: list[Refusal] = []
    counts = {"new": 0, "changed": 0, "same": 0}
    for number, values in rows:
        try:
            row = add_municipality(**values, by=by)
        except Refusal as refusal:
            faults.append(Refusal(f"Ligne {number} : {refusal.message}", field="text"))
            continue
        before = known.get(row.insee)
        counts["new" if before is None else "same" if before == _facts(row) else "changed"] += 1
    raise_all(faults)
    return Loaded(**counts)


def _facts(row: Municipality) -> tuple[Any, ...]:
    return row.name, row.siren, row.population, row.postcodes


# ------------------------------------------------------------------------------------------------- geography
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
    if valid_until is not None and valid_until < valid_from:
        raise Refusal("Cette liste finirait avant de commencer. Vérifiez les deux dates.", field="valid_until")
    row = Geography.objects.select_for_update().filter(code=code).first() or Geography(code=code)
    values = {
        "name": _line(name),
        "valid_from": valid_from,
        "valid_until": valid_until,
        "source": _line(source),
        "licence": _line(licence),
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

    ``outline``: MultiPolygon coordinates, a GeoJSON geometry or feature, or its text; WGS84, its rings closed.
    """
    code = _bare(code)
    try:
        given = read_geojson(outline, code) if isinstance(outline, str) else outline
        coordinates = None if given is None else read_outline(given)
    except OutlineError as trouble:
        raise Refusal(str(trouble), field="outline") from None
    row = Neighbourhood.objects.select_for_update().filter(code=code).first() or Neighbourhood(code=code)
    values = {
        "name": _line(name),
        "slug": slug or _slug(row, name, geography),
        "geography": geography,
        "municipality": municipality,
        "previous": previous,
        "outline": coordinates,
        "area_ha": None if area_ha is None else _one_decimal(area_ha, "area_ha"),
        "summary": _line(summary),
    }
    return _put(row, values, f"neighbourhood:{code}", "add_neighbourhood", by)


def _slug(row: Neighbourhood, name: str, geography: Geography) -> str:
    """What stands in addresses: it stays when the name changes, and is one neighbourhood's in its version."""
    wanted = row.slug or slugify(name) or row.code.lower()
    others = Neighbourhood.objects.filter(geography=geography, slug=wanted).exclude(code=row.code)
    return f"{wanted[:71]}-{row.code.lower()}" if others.exists() else wanted


# ------------------------------------------------------------------------------------------------- figures
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
    if not FIRST_EDITION <= edition <= LAST_EDITION:
        raise Refusal(f"L’année se lit entre {FIRST_EDITION} et {LAST_EDITION}.", field="edition")
    amount = _one_decimal(value, "value")
    if amount < 0 or (indicator in SHARES and amount > 100):
        limit = "entre 0 et 100" if indicator in SHARES else "à partir de 0"
        raise Refusal(f"Ce chiffre se lit {limit}.", field="value")
    found = KeyFigure.objects.select_for_update().filter(
        neighbourhood=neighbourhood, indicator=indicator, edition=edition
    )
    row = found.first() or KeyFigure(neighbourhood=neighbourhood, indicator=indicator, edition=edition)
    values = {"value": amount, "outline_of": outline_of, "source": _line(source)}
    return _put(row, values, f"figure:{neighbourhood.code}:{indicator}:{edition}", "add_figure", by)


# ------------------------------------------------------------------------------------------------- removals
@transaction.atomic
def remove(row: Municipality | Geography | Neighbourhood | KeyFigure, *, by: User | None) -> None:
    """Take away what was entered by mistake and serves nobody yet; a neighbourhood goes with its figures."""
    kind = type(row)
    held = kind.objects.select_for_update().filter(pk=row.pk).first()
    if held is None:
        return
    uses = uses_of(held)
    if uses:
        raise Refusal(f"« {held} » reste en place : s’y rattachent encore {uses}. Vous pouvez le corriger.")
    verb, thing = _named(held)
    held.delete()
    search.settle("neighbourhood", listed_neighbourhoods())
    search.rebuild_soon()
    journal.record(verb, thing, room=ROOM, before="known", by=by)


def _named(row: Any) -> tuple[str, str]:
    """The deed and the thing, as the journal writes them."""
    if isinstance(row, Municipality):
        return "remove_municipality", f"commune:{row.insee}"
    if isinstance(row, Geography):
        return "remove_geography", f"geography:{row.code}"
    if isinstance(row, Neighbourhood):
        return "remove_neighbourhood", f"neighbourhood:{row.code}"
    return "remove_figure", f"figure:{row.neighbourhood.code}:{row.indicator}:{row.edition}"


# ------------------------------------------------------------------------------------------------- what was typed
def _line(text: str) -> str:
    return " ".join(text.split())


def _bare(code: str) -> str:
    """A code as it is kept: without spaces, in capitals."""
    return re.sub(r"\s", "", code).upper()


def _one_decimal(value: Decimal | float | str, field: str) -> Decimal:
    """« 34,3 », « 15 280 » or a number."""
    bare = re.sub(r"\s", "", str(value)).replace(",", ".")
    try:
        return Decimal(bare).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise Refusal(f"« {value} » n’est pas un nombre.", field=field) from None
