from faubourg.core.cards import RoomCard


class JournalCard(RoomCard):
    name = "faubourg.journal"
    verbose_name = "journal"
