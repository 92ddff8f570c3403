from faubourg.core.cards import RoomCard


class CallsCard(RoomCard):
    name = "faubourg.calls"
    verbose_name = "appels à projets"
