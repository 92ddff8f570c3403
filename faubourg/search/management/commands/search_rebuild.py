"""`faubourg manage search_rebuild`: the index of the search, as the rooms tell it now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from faubourg.core.templatetags.faubourg import plural
from faubourg.search.selectors import is_filled
from faubourg.search.services import rebuild


class Command(BaseCommand):
    help = "Remettre l’index de recherche d’accord avec ce que disent les pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="seulement s’il n’y a encore rien")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and is_filled():
            return
        moved = rebuild()
        words = plural(moved, "fiche remise d’accord,fiches remises d’accord")
        self.stdout.write(f"Recherche : {words}." if moved else "Recherche : l’index était juste.")
