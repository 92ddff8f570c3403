from faubourg.core.cards import RoomCard


class ProjectsCard(RoomCard):
    name = "faubourg.projects"
    verbose_name = "projets"
    needs = ("journal", "accounts", "territory", "partners", "funding")
