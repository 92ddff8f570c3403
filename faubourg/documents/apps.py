from faubourg.core.cards import PersonalData, RoomCard


class DocumentsCard(RoomCard):
    name = "faubourg.documents"
    verbose_name = "documents"
    needs = ("journal",)
    daily = ("faubourg.documents.services.sweep_orphans",)
    checks = ("faubourg.documents.services.lost_files",)
    personal_data = (
        PersonalData(
            what="Fichiers déposés (statuts, justificatifs) et lettres produites, qui peuvent nommer des personnes",
            whose="Les personnes qui représentent un organisme",
            purpose="Instruire les demandes et notifier les décisions",
            kept="Aussi longtemps que le dossier auquel ils sont joints",
            fields=("StoredFile.name", "StoredFile.blob"),
        ),
    )
