from django.db import models


class MailState(models.TextChoices):
    HELD = "held", "à relire"
    QUEUED = "queued", "en partance"
    SENT = "sent", "envoyé"
    FAILED = "failed", "non remis"
    DROPPED = "dropped", "abandonné"
