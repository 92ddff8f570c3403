"""The site's photos: who took each, what it shows for whoever cannot see it, and that its people agreed."""

import io
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField, get_upload_to

from faubourg.documents.services import draw_photo


def originals() -> Storage:
    """Where photos lie whole, drawn again when they came in; nobody is shown them there."""
    return storages["originals"]


class Photo(AbstractImage):
    """A photo of the site. A new file is drawn again before it is kept: no place, hour or camera stays in it."""

    file = WagtailImageField(
        "photo", storage=originals, upload_to=get_upload_to, width_field="width", height_field="height",
        help_text="JPEG, PNG ou WebP, 20 Mo et 30 millions de points au plus.",
    )  # fmt: skip
    description = models.CharField(
        "ce que montre la photo", max_length=255,
        help_text="Lu à voix haute à qui ne la voit pas : « Trois jeunes réparent un vélo devant un hangar. »",
    )  # fmt: skip
    credit = models.CharField(
        "crédit", max_length=120, help_text="Qui l’a prise, ou à qui elle est : « Ville de Dax »."
    )
    is_agreed = models.BooleanField(
        "on peut la publier", default=False,
        help_text="Personne n’y est reconnaissable, ou chacun a donné son accord ; pour un enfant, ses parents.",
    )  # fmt: skip

    admin_form_fields = ("title", "file", "description", "credit", "is_agreed", "collection", "tags")

    class Meta:
        verbose_name = "photo"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(credit="") & ~Q(description=""), name="website_photo_is_told"),
            models.CheckConstraint(condition=Q(is_agreed=True), name="website_photo_is_agreed"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        if self.file and not self.file._committed:  # noqa: SLF001  Django has no other word for « new »
            self.file.open()
            name = f"{token_hex(8)}{Path(self.file.name).suffix.lower()}"  # it is guessed by nobody before it is shown
            self.file = ImageFile(io.BytesIO(draw_photo(self.file.read())), name=name)
            self._set_image_file_metadata()
        super().save(*args, **options)

    def clean(self) -> None:
        super().clean()
        if not self.is_agreed:
            raise ValidationError({"is_agreed": "Sans cet accord, la photo ne peut pas être publiée."})


class Rendition(AbstractRendition):
    """A photo cut to one size; made when a page first asks for it."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions", verbose_name="photo")

    class Meta:
        verbose_name = "photo mise à la taille"
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="website_one_rendition_a_size"
            )
        ]
