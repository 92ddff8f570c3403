from faubourg.core.cards import RoomCard


class ProjectsCard(RoomCard):
    name = "faubourg.projects"
    verbose_name = "projets"
    needs = ("journal", "accounts", "territory", "partners", "funding")
    belongings = "faubourg.projects.selectors.belongings"
    rehome = "faubourg.projects.services.rehome"
