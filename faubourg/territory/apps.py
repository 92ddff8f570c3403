from faubourg.core.cards import RoomCard


class TerritoryCard(RoomCard):
    name = "faubourg.territory"
    verbose_name = "territoire"
