from faubourg.core.cards import RoomCard


class AccountsCard(RoomCard):
    name = "faubourg.accounts"
    verbose_name = "comptes"
