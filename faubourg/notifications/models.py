"""The post room: mails as they leave, readable before they do. It knows no room's words."""

from django.db import models
from django.db.models import Q

from faubourg.core.models import code_field, made_at
from faubourg.notifications.enums import MailState


class Mail(models.Model):
    """One mail to one address, in text and HTML."""

    code = code_field("M")
    kind = models.CharField("modèle", max_length=48)  # the letter's name, e.g. "calls.award"
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("texte")
    html = models.TextField("mise en page", blank=True)
    state = models.CharField("état", max_length=8, choices=MailState, default=MailState.QUEUED)
    author = models.CharField("posté par", max_length=24, blank=True)  # a user's code; "" for the machine itself
    made_at = made_at()
    not_before = models.DateTimeField("pas avant", null=True, blank=True)  # taken by a worker, or after a failure
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    problem = models.CharField("dernier échec", max_length=300, blank=True)

    class Meta:
        verbose_name = "courrier"
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["state", "-made_at"], name="notif_mail_state_made")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="notif_sent_has_its_hour",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"


class Enclosure(models.Model):
    """A file that goes with a mail. Its bytes live here: the post room does not know the documents' room."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="enclosures", verbose_name="courrier")
    name = models.CharField("nom", max_length=120)
    content_type = models.CharField("type", max_length=80)
    content = models.BinaryField("contenu")

    class Meta:
        verbose_name = "pièce jointe"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
