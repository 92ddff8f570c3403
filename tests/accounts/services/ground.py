"""What people's deeds and mails leave behind."""

from django.core import mail

from faubourg.core.clock import paris
from faubourg.journal.models import Entry

NOW = paris(2026, 11, 23, 10)


def deeds() -> list[tuple[str, str, str]]:
    return [(entry.verb, entry.thing, entry.actor) for entry in Entry.objects.all()]


def token_of(message: mail.EmailMessage) -> str:
    """What the person would click on."""
    return next(line for line in message.body.splitlines() if "/entrer/" in line).rstrip("/").rpartition("/")[2]
