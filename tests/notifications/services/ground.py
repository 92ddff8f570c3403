"""The post room, as its tests use it."""

from faubourg.core.clock import paris
from faubourg.journal.models import Entry
from faubourg.notifications.services import Letter

NOW = paris(2026, 11, 23, 10)
LETTER = Letter("calls.receipt", "a@exemple.fr", "Votre dossier", "Bonjour,\n\nIl est reçu.\n")


def deeds() -> list[tuple[str, str, str, str, str]]:
    return [(e.verb, e.thing, e.before, e.after, e.actor) for e in Entry.objects.all()]
