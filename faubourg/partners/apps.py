from faubourg.core.cards import RoomCard


class PartnersCard(RoomCard):
    name = "faubourg.partners"
    verbose_name = "partenaires"
