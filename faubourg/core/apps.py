from faubourg.core.cards import RoomCard


class CoreCard(RoomCard):
    name = "faubourg.core"
    verbose_name = "socle"
    url_prefix = ""
