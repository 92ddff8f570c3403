from faubourg.core.cards import RoomCard


class WebsiteCard(RoomCard):
    name = "faubourg.website"
    verbose_name = "site public"
    needs = ("territory", "partners", "funding", "projects", "calls")
    url_prefix = ""
    checks = ("faubourg.website.laws.missing",)
