from faubourg.core.cards import RoomCard


class DeskCard(RoomCard):
    name = "faubourg.desk"
    verbose_name = "bureau"
