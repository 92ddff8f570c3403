from faubourg.core.cards import RoomCard


class DemoCard(RoomCard):
    name = "faubourg.demo"
    verbose_name = "monde d’exemple"
    url_prefix = "exemple"
