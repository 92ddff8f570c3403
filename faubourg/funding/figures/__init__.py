"""Counts and sums of the money: reading amounts, the budget grid, its checks and its shares."""

from faubourg.funding.chart import field_of, place_of
from faubourg.funding.figures.amounts import meant, read_amount
from faubourg.funding.figures.balances import balance_faults
from faubourg.funding.figures.checks import INDIRECT_RULE, flags, flags_of, problems, problems_of
from faubourg.funding.figures.grid import Asked, Column, Grid, Group, Row, grid
from faubourg.funding.figures.shares import asked_share, own_share, percent, public_share

__all__ = [
    "INDIRECT_RULE",
    "Asked",
    "Column",
    "Grid",
    "Group",
    "Row",
    "asked_share",
    "balance_faults",
    "field_of",
    "flags",
    "flags_of",
    "grid",
    "meant",
    "own_share",
    "percent",
    "place_of",
    "problems",
    "problems_of",
    "public_share",
    "read_amount",
]
