"""One index of all that may be found. It knows no room: the rooms put their things in it, and take them out."""

from django.db import models


class Listing(models.Model):
    """One thing that may be found, in one scope: what is shown of it and where it leads."""

    kind = models.SlugField("nature", max_length=24)  # a ``Searched.kind`` of some room's card
    thing = models.CharField("objet", max_length=80)
    scope = models.CharField("à qui", max_length=24, blank=True)
    title = models.CharField("titre", max_length=200)
    note = models.CharField("sous le titre", max_length=300, blank=True)
    args = models.JSONField("paramètres de l’adresse", default=list, blank=True)
    position = models.IntegerField("rang", default=0)
    digest = models.CharField("empreinte", max_length=32)  # of the ``Listed`` it was made of

    class Meta:
        verbose_name = "fiche de recherche"
        verbose_name_plural = "fiches de recherche"
        ordering = ["kind", "-position", "digest"]
        constraints = [
            models.UniqueConstraint(fields=["thing", "kind"], name="search_one_listing_a_thing"),
            models.CheckConstraint(condition=~models.Q(title=""), name="search_listing_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word that finds a listing. Its letters are a to z and 0 to 9: every database puts them in the same order."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="words", db_index=False)
    form = models.CharField("forme", max_length=40)
    weight = models.PositiveSmallIntegerField("poids")  # see ``words.forms_of``

    class Meta:
        verbose_name = "mot d’une fiche"
        verbose_name_plural = "mots d’une fiche"
        constraints = [models.UniqueConstraint(fields=["listing", "form"], name="search_one_form_a_listing")]
        indexes = [models.Index(fields=["form", "weight", "listing"], name="search_form")]

    def __str__(self) -> str:
        return self.form
