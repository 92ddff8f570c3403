from faubourg.core.cards import PersonalData, RoomCard


class SearchCard(RoomCard):
    name = "faubourg.search"
    verbose_name = "recherche"
    daily = ("faubourg.search.services.rebuild",)
    checks = ("faubourg.search.selectors.faults",)
    personal_data = (
        PersonalData(
            what="Titre des dossiers et des projets, tel qu’il est tapé, et ses mots",
            whose="Les personnes qu’un titre nommerait",
            purpose="Retrouver une page ou un dossier par ses mots",
            kept="Tant que la chose elle-même peut être trouvée : ce qui est retiré quitte l’index aussitôt",
            fields=("Listing.title", "Listing.note", "Word.form"),
        ),
    )
