from faubourg.core.cards import RoomCard


class DemoCard(RoomCard):
    name = "faubourg.demo"
    verbose_name = "monde d’exemple"
    needs = (
        "journal",
        "accounts",
        "documents",
        "search",
        "territory",
        "partners",
        "funding",
        "projects",
        "calls",
        "website",
    )
    url_prefix = "exemple"
