"""The budget on the page of a draft: the grid of what is saved, with what was typed and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from faubourg.calls.draft import Value
from faubourg.funding.figures import INDIRECT_RULE, Column, Grid, Group, Row


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes other texts in the fields of a grid, and its faults beside them; its sums stay those of what is saved.

    ``typed``: field -> text. ``said``: field -> words. ``refused``: the fields whose words come from a page that was
    not saved.
    """

    typed: Mapping[str, Value]
    said: Mapping[str, list[str]]
    refused: Collection[str]

    def grid(self, sheet: Grid) -> Grid:
        return replace(
            sheet,
            expense=self._column(sheet.expense),
            income=self._column(sheet.income),
            indirect_rule=self._text(INDIRECT_RULE, sheet.indirect_rule),
            indirect_problem=self._words(INDIRECT_RULE),
        )

    def _column(self, one: Column) -> Column:
        return replace(one, groups=[self._group(each) for each in one.groups], in_kind=self._group(one.in_kind))

    def _group(self, one: Group) -> Group:
        rows, more = [self._row(row) for row in one.rows], [self._row(row) for row in one.more]
        return replace(one, rows=rows, more=more, problem=self._words(one.key) if one.is_asked else "")

    def _row(self, row: Row) -> Row:
        name, state = f"{row.field}-name", f"{row.field}-state"
        text = self._text(row.field, row.text)
        return replace(
            row,
            text=text,
            name=self._text(name, row.name),
            state=self._text(state, row.state),
            problem=self._problem(row, text),
            name_problem=self._words(name),
            state_problem=self._words(state),
        )

    def _problem(self, row: Row, text: str) -> str:
        """A line's own words stand without its name, which is beside them, as long as it is the text they judge."""
        if row.problem and row.field not in self.refused:
            return row.problem if text == row.text else ""
        return self._words(row.field)

    def _text(self, name: str, kept: str) -> str:
        return str(self.typed.get(name, kept))

    def _words(self, name: str) -> str:
        return " ".join(self.said.get(name, ()))
