"""Is the budget fit to be sent? Each no in plain French with its sum, beside the line it speaks of."""

from collections.abc import Iterable, Iterator, Sequence

from faubourg.core.errors import Refusal
from faubourg.core.money import format_amount
from faubourg.funding.figures.grid import Grid, Row, grid
from faubourg.funding.models import Budget

BALANCE = "b-balance"  # the bar under both columns
INDIRECT_RULE = "b-indirect-rule"


def problems(budget: Budget, asked: Iterable[Sequence] = ()) -> list[Refusal]:
    """R-BUD-01 to 07 and 11, in the order of the page. ``asked`` as for ``grid``."""
    return problems_of(grid(budget, asked))


def problems_of(sheet: Grid) -> list[Refusal]:
    """The same on a grid already read: no query."""
    return [
        *_unreadable(sheet),
        *_co_funders(sheet),
        *_indirect(sheet),
        *_asked(sheet),
        *_in_kind(sheet),
        *_balance(sheet),
    ]


def flags(budget: Budget, asked: Iterable[Sequence] = ()) -> list[str]:
    """What the officer should look at; nothing here stops a submission (R-BUD-04 pairs, R-BUD-12)."""
    return flags_of(grid(budget, asked))


def flags_of(sheet: Grid) -> list[str]:
    return [*_forecast(sheet), *_pairs(sheet)]


def _title(row: Row) -> str:
    return " ".join(word for word in (row.number, row.label, f"({row.name})" if row.name else "") if word)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _unreadable(sheet: Grid) -> Iterator[Refusal]:
    """R-BUD-01 (readable, not negative, whole euros) and R-BUD-02 (a parent and its lines)."""
    for row in sheet.typed_rows:
        if row.problem:
            yield Refusal(f"{_title(row)} : {_lower(row.problem)}", field=row.field or BALANCE)


def _co_funders(sheet: Grid) -> Iterator[Refusal]:
    """R-BUD-06: what is asked here is on its own rows; any other grant says where it stands."""
    for row in sheet.typed_rows:
        if row.is_grant and not row.state:
            yield Refusal(f"{_title(row)} : dites si cette aide est obtenue ou demandée.", field=f"{row.field}-state")


def _indirect(sheet: Grid) -> Iterator[Refusal]:
    """R-BUD-11"""
    cents = sheet.cents_on("IND")
    if cents and not sheet.indirect_rule:
        yield Refusal(
            f"Charges indirectes : dites comment ces {format_amount(cents)} sont répartis entre vos projets.",
            field=INDIRECT_RULE,
        )


def _asked(sheet: Grid) -> Iterator[Refusal]:
    """R-BUD-07"""
    total = sheet.expense.total_cents
    for row in sheet.asked:
        if row.cents > total:
            yield Refusal(
                f"{row.label} : les {format_amount(row.cents)} demandés dépassent le total des charges, "
                f"{format_amount(total)}.",
                field=row.field or BALANCE,
            )


def _in_kind(sheet: Grid) -> Iterator[Refusal]:
    """R-BUD-04: volunteers' work on both sides, and the blocks 86 and 87 equal."""
    given, used = sheet.cents_on("870"), sheet.cents_on("864")
    if given != used:
        yield Refusal(
            f"Bénévolat : {format_amount(used)} en charges (864) et {format_amount(given)} en produits (870). "
            "Écrivez le même montant des deux côtés.",
            field="b-870",
        )
    used, given = sheet.cents_on("86") - used, sheet.cents_on("87") - given
    if used != given:
        yield Refusal(
            f"Contributions en nature, bénévolat à part : {format_amount(used)} en charges (86) et "
            f"{format_amount(given)} en produits (87). Les deux totaux doivent être égaux.",
            field="b-870",
        )


def _balance(sheet: Grid) -> Iterator[Refusal]:
    """R-BUD-03; R-BUD-05 follows from it and from R-BUD-04."""
    gap = format_amount(abs(sheet.difference_cents))
    if not sheet.expense.total_cents and not sheet.income.total_cents:
        yield Refusal("Le budget est vide : écrivez au moins une charge et un produit.", field=BALANCE)
    elif sheet.difference_cents > 0:
        yield Refusal(f"Les charges dépassent les produits de {gap}.", field=BALANCE)
    elif sheet.difference_cents < 0:
        yield Refusal(f"Les produits dépassent les charges de {gap}.", field=BALANCE)


def _forecast(sheet: Grid) -> Iterator[str]:
    """R-BUD-12"""
    if cents := sheet.cents_on("EXC"):
        yield f"Le budget prévoit un excédent de {format_amount(cents)}."
    if cents := sheet.cents_on("INS"):
        yield f"Le budget prévoit un déficit de {format_amount(cents)}."


def _pairs(sheet: Grid) -> Iterator[str]:
    """R-BUD-04: the usual pairs of in-kind accounts, said and never refused."""
    for uses, gift, label in ((("861", "862"), "871", "Prestations en nature"), (("860",), "875", "Dons en nature")):
        used, given = sheet.cents_on(*uses), sheet.cents_on(gift)
        if used != given:
            yield (
                f"{label} : {format_amount(used)} en {' et '.join(uses)}, {format_amount(given)} en {gift}. "
                "D’ordinaire les deux vont ensemble."
            )
