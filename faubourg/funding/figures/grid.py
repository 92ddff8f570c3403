"""The budget as a page shows it: two columns of groups, computed parents, totals (R-BUD-01 to 09)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from faubourg.core.money import format_amount
from faubourg.funding import chart
from faubourg.funding.chart import ACCOUNTS, Account, field_of
from faubourg.funding.enums import CoFunding, Side
from faubourg.funding.figures.amounts import meant, read_amount
from faubourg.funding.figures.shares import shares_words
from faubourg.funding.models import Budget, BudgetLine

ASKED, GRANTS, INDIRECT = "asked", "grants", "indirect"
LUMP_IGNORED = "Ce montant n’est pas compté : le total de ce compte est fait de ses lignes. Effacez l’un ou l’autre."


class Asked(NamedTuple):
    """What the application asks of one funder. With a ``field``, the amount is typed in the budget itself."""

    label: str
    cents: int
    field: str = ""
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the grid. ``cents`` is what it counts: 0 when unreadable or when its children speak."""

    label: str
    field: str  # the form field, "" when it is not typed here
    account: str = ""  # "" for what is asked through this call
    number: str = ""
    text: str = ""
    cents: int = 0
    problem: str = ""
    name: str = ""  # the co-funder's
    state: str = ""  # CoFunding
    name_problem: str = ""
    state_problem: str = ""
    is_lump: bool = False  # a parent typed without its lines
    is_typed: bool = False
    is_usual: bool = False

    @property
    def state_label(self) -> str:
        return CoFunding(self.state).label if self.state else ""

    @property
    def meant(self) -> str:
        """The amount that a button offers in place of what was typed."""
        return meant(self.text) if self.problem else ""

    @property
    def is_faulty(self) -> bool:
        return bool(self.problem or self.name_problem or self.state_problem)

    @property
    def is_grant(self) -> bool:
        return chart.is_grant(self.account)

    @property
    def states(self) -> list[tuple[str, str]]:
        """What a co-funder's line may say of itself."""
        return CoFunding.choices


@dataclass(frozen=True, slots=True)
class Group:
    """A parent and its lines. ``rows`` are shown at once, ``more`` on request."""

    key: str
    number: str
    label: str
    rows: list[Row]
    more: list[Row]
    problem: str = ""  # of the group as a whole

    @property
    def total_cents(self) -> int:
        return sum(row.cents for row in self.rows)

    @property
    def is_filled(self) -> bool:
        return any(row.is_typed for row in self.rows)

    @property
    def is_open(self) -> bool:
        """A fault is never hidden behind « Ajouter une ligne »."""
        return any(row.is_faulty for row in self.more)

    @property
    def is_asked(self) -> bool:
        return self.key == ASKED

    @property
    def is_indirect(self) -> bool:
        return self.key == INDIRECT

    @property
    def add_label(self) -> str:
        return "Ajouter un financeur" if self.key == GRANTS else "Ajouter une ligne"


@dataclass(frozen=True, slots=True)
class Column:
    """One side: its groups, and its in-kind block that counts apart (86 or 87)."""

    side: Side
    label: str
    hint: str
    groups: list[Group]
    in_kind: Group

    @property
    def words(self) -> str:
        """« charges » or « produits »: the side's name in the page's data attributes."""
        return self.side.label

    @property
    def total_cents(self) -> int:
        """Before contributions in kind (R-BUD-03)."""
        return sum(group.total_cents for group in self.groups)

    @property
    def grand_total_cents(self) -> int:
        """With them (R-BUD-05)."""
        return self.total_cents + self.in_kind.total_cents


@dataclass(frozen=True)
class Grid:
    """The whole budget."""

    expense: Column
    income: Column
    asked: list[Asked]
    indirect_rule: str
    _cents: dict[str, int] = field(repr=False)  # account -> what it counts
    indirect_problem: str = ""

    @property
    def columns(self) -> tuple[Column, Column]:
        return self.expense, self.income

    @property
    def difference_cents(self) -> int:
        """Charges less produits; 0 in a balanced budget."""
        return self.expense.total_cents - self.income.total_cents

    @property
    def is_balanced(self) -> bool:
        return self.difference_cents == 0

    @property
    def is_empty(self) -> bool:
        return not (self.expense.grand_total_cents or self.income.grand_total_cents)

    @property
    def largest_cents(self) -> int:
        """The scale of the two bars."""
        return max(self.expense.total_cents, self.income.total_cents, 1)

    @property
    def balance_words(self) -> str:
        """One sentence under the two totals."""
        if self.is_empty:
            return "Le budget est encore vide"
        if self.is_balanced:
            return "Le budget est équilibré"
        missing = "produits" if self.difference_cents > 0 else "charges"
        return f"Il manque {format_amount(abs(self.difference_cents))} de {missing}"

    @property
    def shares_words(self) -> str:
        return shares_words(self)

    @property
    def typed_rows(self) -> list[Row]:
        groups = [group for side in self.columns for group in (*side.groups, side.in_kind)]
        return [row for group in groups for row in group.rows if row.is_typed]

    def cents_on(self, *accounts: str) -> int:
        """What these accounts count together; a parent counts its lines."""
        return sum(self._cents.get(account, 0) for account in accounts)


class _Part(NamedTuple):
    """One group of the layout. Without ``accounts``, a parent with its own children."""

    key: str
    label: str = ""
    accounts: tuple[str, ...] = ()


_LAYOUT = {
    Side.EXPENSE: (
        *(_Part(code) for code in ("60", "61", "62", "63", "64")),
        _Part("other-expense", "Autres charges", ("65", "66", "67", "68", "69", "EXC")),
        _Part(INDIRECT, "Charges indirectes", ("IND1", "IND2", "IND3")),
    ),
    Side.INCOME: (
        _Part("70", "Ventes et prestations", ("70",)),
        _Part(ASKED, "Subventions demandées ici"),
        _Part(GRANTS, "Autres subventions"),
        _Part("75"),
        _Part("own", "Argent de l’association", ("OWN",)),
        _Part("78"),
        _Part("other-income", "Autres produits", ("73", "76", "77", "79", "INS")),
    ),
}
_WORDS = {
    Side.EXPENSE: ("Charges", "ce que vous dépensez", "86"),
    Side.INCOME: ("Produits", "ce qui paie le projet", "87"),
}


def grid(budget: Budget, asked: Iterable[Sequence] = ()) -> Grid:
    """The budget beside what is asked of each funder: ``asked`` holds ``Asked`` or ``(label, cents)``.

    One query, none when the lines are prefetched.
    """
    wanted = [Asked(*row) for row in asked]
    reader = _Reader(budget, wanted)
    expense, income = (
        Column(
            side,
            *_WORDS[side][:2],
            [reader.group(part) for part in _LAYOUT[side]],
            reader.group(_Part(_WORDS[side][2], "Contributions en nature")),
        )
        for side in Side
    )
    return Grid(expense, income, wanted, budget.indirect_rule, reader.cents())


class _Reader:
    """The lines of one budget, read once."""

    def __init__(self, budget: Budget, asked: list[Asked]) -> None:
        self.typed = budget.typed
        self.asked = asked
        self.lines: dict[str, list[BudgetLine]] = {}
        for line in sorted(budget.lines.all(), key=lambda line: line.slot):
            self.lines.setdefault(line.account, []).append(line)
        self.with_children = {ACCOUNTS[code].parent for code in self.lines if code in ACCOUNTS} - {""}

    def cents(self) -> dict[str, int]:
        """Account -> what it counts, parents computed (R-BUD-02), what is asked here under 74."""
        counted = {
            code: 0 if code in self.with_children else sum(line.amount_cents for line in lines)
            for code, lines in self.lines.items()
        }
        for code, cents in list(counted.items()):
            if code in ACCOUNTS and (parent := ACCOUNTS[code].parent):
                counted[parent] = counted.get(parent, 0) + cents
        counted["74"] = counted.get("74", 0) + sum(row.cents for row in self.asked)
        return counted

    def group(self, part: _Part) -> Group:
        if part.key == ASKED:
            return Group(part.key, "74", part.label, [self._asked(row) for row in self.asked], [])
        if part.key == GRANTS:
            rows = [self._row(ACCOUNTS[line.account], line) for line in self._grants()]
            return Group(part.key, "74", part.label, rows, self._free_grants())
        codes = part.accounts or (*(child.code for child in chart.children(part.key)), part.key)
        rows = [self._row(ACCOUNTS[code], self._line(code), is_lump=code == part.key) for code in codes]
        parent = ACCOUNTS.get(part.key)
        return Group(
            part.key,
            parent.number if parent else "",
            part.label or (parent.label if parent else ""),
            [row for row in rows if row.is_typed or row.is_usual],
            [row for row in rows if not (row.is_typed or row.is_usual)],
        )

    def _line(self, code: str) -> BudgetLine | None:
        return next(iter(self.lines.get(code, [])), None)

    def _grants(self) -> list[BudgetLine]:
        return [line for account in chart.children("74") for line in self.lines.get(account.code, [])]

    def _free_grants(self) -> list[Row]:
        """One empty place on each account of a co-funder."""
        rows = []
        for account in chart.children("74"):
            slot = max((line.slot for line in self.lines.get(account.code, [])), default=0) + 1
            rows.append(Row(account.label, field_of(account.code, slot), account.code))
        return rows

    @staticmethod
    def _asked(row: Asked) -> Row:
        text = row.text or (format_amount(row.cents, unit="") if row.cents or not row.field else "")
        return Row(row.label, row.field, "", "", text, row.cents, row.problem, is_typed=True)

    def _row(self, account: Account, line: BudgetLine | None, *, is_lump: bool = False) -> Row:
        slot = line.slot if line else 1
        name = field_of(account.code, slot)
        has_children = bool(chart.children(account.code))
        label = f"{account.label}, sans détail" if is_lump and has_children else account.label
        is_lump = is_lump and has_children
        if line is None:
            return Row(label, name, account.code, account.number, is_lump=is_lump, is_usual=account.usual)
        ignored = is_lump and account.code in self.with_children
        kept = self.typed.get(name)
        problem = read_amount(kept)[1] if kept is not None else LUMP_IGNORED if ignored else ""
        return Row(
            label,
            name,
            account.code,
            account.number,
            text=kept if kept is not None else format_amount(line.amount_cents, unit=""),
            cents=0 if ignored else line.amount_cents,
            problem=problem,
            name=line.label,
            state=line.co_funding,
            is_lump=is_lump,
            is_typed=True,
            is_usual=account.usual,
        )
