from faubourg.core.cards import RoomCard


class FundingCard(RoomCard):
    name = "faubourg.funding"
    verbose_name = "financement"
    checks = ("faubourg.funding.figures.balance_faults",)
