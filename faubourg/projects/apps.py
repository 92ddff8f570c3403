from faubourg.core.cards import RoomCard, Searched


class ProjectsCard(RoomCard):
    name = "faubourg.projects"
    verbose_name = "projets"
    needs = ("journal", "accounts", "search", "territory", "partners", "funding")
    belongings = "faubourg.projects.selectors.belongings"
    rehome = "faubourg.projects.services.rehome"
    search = (
        Searched(
            "project", "Projets soutenus", "faubourg.projects.listed.listed_projects", "website:project", position=40
        ),
    )
