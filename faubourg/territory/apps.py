from faubourg.core.cards import MenuItem, RoomCard


class TerritoryCard(RoomCard):
    name = "faubourg.territory"
    verbose_name = "territoire"
    # Its pages stand in the desk: this room is under the one that knows who may change it.
    menu = (MenuItem("desk:territory", "Le territoire", "faubourg.partners.rules.is_officer", 45),)
