"""`faubourg manage search_rebuild`: the index of the search, as the rooms tell it now."""

from typing import Any

from django.core.management.base import BaseCommand

from faubourg.core.templatetags.faubourg import plural
from faubourg.search.services import rebuild


class Command(BaseCommand):
    help = "Remettre l’index de recherche d’accord avec ce que disent les pages."

    def handle(self, *args: Any, **options: Any) -> None:
        moved = rebuild()
        words = plural(moved, "fiche remise d’accord,fiches remises d’accord")
        self.stdout.write(f"Recherche : {words}." if moved else "Recherche : l’index était juste.")
