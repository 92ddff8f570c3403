"""Counts and sums of the money: reading amounts, the budget grid, its checks and shares."""

from faubourg.funding.figures.amounts import read_amount

__all__ = ["read_amount"]
