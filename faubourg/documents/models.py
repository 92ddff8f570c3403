"""Paper: stored files with an access label. The higher room that owns a file holds the link and asks the rule."""

from django.db import models
from django.db.models import Q

from faubourg.core.models import code_field, made_at


def place(file: "StoredFile", name: str) -> str:
    """Where a file lies under FAUBOURG_HOME/files: by code alone, so that no name given by a person is a path."""
    return f"{file.code[2:4]}/{file.code}"


class StoredFile(models.Model):
    """One file, immutable. ``access`` says whose it is in the words of the room that put it here."""

    code = code_field("F")
    access = models.CharField("accès", max_length=64, db_index=True)  # e.g. "calls.application:D-7FK3M9QX"
    name = models.CharField("nom", max_length=120)
    content_type = models.CharField("type", max_length=80)
    size = models.PositiveBigIntegerField("taille, en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    blob = models.FileField("contenu", upload_to=place, max_length=120)
    made_at = made_at("déposé le")

    class Meta:
        verbose_name = "fichier"
        ordering = ["made_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="documents_no_empty_file")]

    def __str__(self) -> str:
        return self.name
