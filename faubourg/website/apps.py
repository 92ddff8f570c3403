from faubourg.core.cards import MenuItem, PersonalData, RoomCard, Searched


class WebsiteCard(RoomCard):
    name = "faubourg.website"
    verbose_name = "site public"
    needs = ("journal", "accounts", "documents", "search", "territory", "partners", "funding", "projects", "calls")
    url_prefix = ""
    bare_urls = "faubourg.website.ways"
    rest_urls = "faubourg.website.rest"
    public_menu = "faubourg.website.selectors.menu"
    menu = (MenuItem("wagtailadmin_home", "Site public", "faubourg.website.rules.may_edit_site", 70),)
    daily = ("faubourg.website.services.sweep_uploads", "faubourg.website.services.keep_rights")
    often = ("faubourg.website.services.publish_due",)
    erase = "faubourg.website.services.erase"
    checks = ("faubourg.website.laws.missing",)
    search = (
        Searched("page", "Pages du site", "faubourg.website.listed.listed_pages", position=90),
        Searched("writing", "Récits et pages", "faubourg.website.listed.listed_writings", "wagtail_serve", position=55),
    )
    personal_data = (
        PersonalData(
            what="Textes des pages ; photos, leur description, leur crédit : ils peuvent nommer ou montrer quelqu’un",
            whose="Les personnes citées, photographiées ou qui ont pris les photos, avec leur accord",
            purpose="Raconter ce que fait le contrat de ville",
            kept="Tant que la page est en ligne ; retirés sur simple demande",
            fields=(
                "HomePage.headline",
                "HomePage.lead",
                "HomePage.body",
                "ThemePage.lead",
                "ThemePage.body",
                "NeighbourhoodPage.lead",
                "NeighbourhoodPage.body",
                "FreePage.lead",
                "FreePage.body",
                "StoryListPage.lead",
                "StoryListPage.body",
                "StoryPage.lead",
                "StoryPage.body",
                "Photo.title",
                "Photo.file",
                "Photo.description",
                "Photo.credit",
            ),
        ),
        PersonalData(
            what="Qui a écrit quelle version d’une page, ajouté quelle photo, et quand",
            whose="Les personnes qui rédigent le site",
            purpose="Revenir à une version d’avant, savoir à qui en parler",
            kept="Tant que la page existe ; à l’effacement du compte, la version reste sans auteur",
            fields=("Photo.uploaded_by_user",),
        ),
    )
