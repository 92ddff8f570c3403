from faubourg.core.cards import RoomCard


class DocumentsCard(RoomCard):
    name = "faubourg.documents"
    verbose_name = "documents"
