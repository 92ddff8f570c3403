from faubourg.core.cards import MenuItem, RoomCard


class DeskCard(RoomCard):
    name = "faubourg.desk"
    verbose_name = "bureau"
    needs = ("journal", "accounts", "notifications", "search", "territory", "partners", "calls")
    url_prefix = "bureau"
    menu = (
        MenuItem("desk:home", "Ce qui vous attend", "faubourg.desk.rules.is_inside", 10),
        MenuItem("desk:territory", "Le territoire", "faubourg.partners.rules.is_officer", 45),
        MenuItem("desk:search", "Rechercher", "faubourg.desk.rules.is_inside", 75),
        MenuItem("desk:outbox", "Courrier", "faubourg.desk.rules.may_read_post", 80),
        MenuItem("desk:journal", "Journal", "faubourg.desk.rules.may_read_journal", 90),
    )
