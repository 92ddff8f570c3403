from faubourg.core.cards import PersonalData, RoomCard


class JournalCard(RoomCard):
    name = "faubourg.journal"
    verbose_name = "journal"
    checks = ("faubourg.journal.services.verify",)
    personal_data = (
        PersonalData(
            what="Code de la personne qui a agi (jamais son nom ni son adresse)",
            whose="Toute personne qui agit dans l’application",
            purpose="Pouvoir dire qui a fait quoi et quand, et prouver que rien n’a été changé après coup",
            kept="Dix ans, comme les pièces comptables ; le code ne mène plus à personne après effacement",
            fields=("Entry.actor",),
        ),
    )
