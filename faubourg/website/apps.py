from faubourg.core.cards import RoomCard, Searched


class WebsiteCard(RoomCard):
    name = "faubourg.website"
    verbose_name = "site public"
    needs = ("search", "territory", "partners", "funding", "projects", "calls")
    url_prefix = ""
    checks = ("faubourg.website.laws.missing",)
    search = (Searched("page", "Pages du site", "faubourg.website.listed.listed_pages", position=90),)
