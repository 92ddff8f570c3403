"""Lists of communes as people have them: pasted from a spreadsheet or saved as CSV. Nothing is written here."""

import csv
import io
import re
from typing import Any

from faubourg.core.errors import Refusal, Refusals
from faubourg.core.text import fold

COLUMNS = "insee;nom;siren;habitants;codes_postaux"
NAMES = {  # as the first line may call them
    "insee": {"insee", "code insee", "code_insee", "codgeo"},
    "name": {"nom", "commune", "libelle", "libgeo"},
    "siren": {"siren", "siren_commune"},
    "population": {"habitants", "population", "pmun"},
    "postcodes": {"codes_postaux", "codes postaux", "code_postal", "code postal"},
}
MOST_LINES = 500  # the largest agglomeration has a hundred and thirty communes
MOST_TOLD = 8


def read_municipalities(text: str) -> list[tuple[int, dict[str, Any]]]:
    """``[(line, {insee, name, siren, population, postcodes}), ...]``, as ``services.add_municipality`` wants them.

    Refusals (field ``text``): no column of a name, a number that is none, a commune told twice, too many lines.
    """
    head, *lines = _cells(text)
    places = {wanted: _place(head, names) for wanted, names in NAMES.items()}
    missing = [min(NAMES[wanted], key=_as_written) for wanted, place in places.items() if place is None]
    if missing:
        raise _refusal(
            f"La première ligne nomme les colonnes ; il y manque : {', '.join(missing)}. Par exemple : {COLUMNS}"
        )
    rows = [(number, cells) for number, cells in enumerate(lines, 2) if any(cell.strip() for cell in cells)]
    if not rows:
        raise _refusal("Aucune commune sous la première ligne. Ajoutez une ligne par commune.")
    if len(rows) > MOST_LINES:
        raise _refusal(f"{len(rows)} lignes, pour {MOST_LINES} au plus. Gardez les communes de votre agglomération.")
    found, faults = [], []
    seen: dict[str, int] = {}
    for number, cells in rows:
        values = {name: _cell(cells, place) for name, place in places.items()}
        fault = _fault(values, seen.setdefault(values["insee"], number), number)
        if fault:
            faults.append(Refusal(f"Ligne {number} : {fault}", field="text"))
        else:
            found.append((number, {**values, "population": whole(values["population"]), "postcodes": _codes(values)}))
    raise_all(faults)
    return found


def _as_written(name: str) -> tuple[bool, int, str]:
    """The shortest name that a spreadsheet writes in one word; always the same one."""
    return " " in name, len(name), name


def raise_all(faults: list[Refusal]) -> None:
    """The first ones in words, the others by their number."""
    if not faults:
        return
    more = len(faults) - MOST_TOLD
    told = faults[:MOST_TOLD]
    if more > 0:
        told.append(Refusal(f"Et {more} autre{'s' if more > 1 else ''} après. Rien n’a été écrit.", field="text"))
    raise Refusals(told)


def decoded(content: bytes) -> str:
    """A file's text: UTF-8, or what spreadsheets save under Windows."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def whole(text: str) -> int:
    """« 22 109 » with any space; -1 when it is no number."""
    bare = re.sub(r"\s", "", text)
    return int(bare) if re.fullmatch(r"[0-9]{1,9}", bare) else -1


def _cells(text: str) -> list[list[str]]:
    lines = text.lstrip("\ufeff\r\n ")
    if "\x00" in lines:
        raise _refusal("Ce n’est pas du texte. Enregistrez le tableau en CSV, ou collez ses lignes.")
    first = lines.partition("\n")[0]
    sign = max(";\t,", key=first.count)
    try:
        cells = list(csv.reader(io.StringIO(lines, newline=""), delimiter=sign))
    except csv.Error:
        raise _refusal("Ce tableau ne peut pas être lu. Enregistrez-le en CSV, ou collez ses lignes.") from None
    if not cells:
        raise _refusal("Collez les lignes du tableau, ou choisissez un fichier.")
    return cells


def _place(head: list[str], names: set[str]) -> int | None:
    return next((place for place, cell in enumerate(head) if fold(cell) in names), None)


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _fault(values: dict[str, str], first: int, here: int) -> str:
    if first != here:
        return f"la commune {values['insee']} est déjà à la ligne {first}."
    if whole(values["population"]) < 0:
        return f"« {values['population']} » n’est pas un nombre d’habitants."
    return ""


def _codes(values: dict[str, str]) -> list[str]:
    return [code for code in re.split(r"[|/,;\s]+", values["postcodes"]) if code]


def _refusal(words: str) -> Refusal:
    return Refusal(words, field="text")
