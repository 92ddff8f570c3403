from faubourg.core.cards import RoomCard


class NotificationsCard(RoomCard):
    name = "faubourg.notifications"
    verbose_name = "courrier"
