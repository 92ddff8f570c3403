"""Mails in the outbox."""

import factory

from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Enclosure, Mail


class MailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mail

    kind = "rooms.letter"
    to = factory.Sequence(lambda n: f"destinataire{n}@exemple.fr")
    subject = "Votre dossier"
    text = "Bonjour,\n\nVotre dossier est reçu.\n"
    html = "<p>Bonjour,</p>"
    state = MailState.QUEUED


class EnclosureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enclosure

    mail = factory.SubFactory(MailFactory)
    name = "recepisse.pdf"
    content_type = "application/pdf"
    content = b"%PDF-1.7 exemple"
