from faubourg.core.cards import RoomCard, needs_are_open


class CoreCard(RoomCard):
    name = "faubourg.core"
    verbose_name = "socle"
    url_prefix = ""

    def import_models(self) -> None:
        """The first of all tables: every card is known by now."""
        needs_are_open()
        super().import_models()

    def ready(self) -> None:
        """Django's own French: the editors' library says « Champ requis. » on every form of the house."""
        from django.forms import Field

        Field.default_error_messages["required"] = "Ce champ est obligatoire."
