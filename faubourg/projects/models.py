"""Funded actions: a project lives over the years; each year has its territory, objectives, grants and results."""

from django.db import models
from django.db.models import F, Q

from faubourg.core.models import code_field, made_at
from faubourg.funding.models import Commitment
from faubourg.partners.models import Objective, Organisation
from faubourg.territory.models import Neighbourhood


class Project(models.Model):
    """What an organisation does for the neighbourhoods, whatever the year."""

    code = code_field("P")
    title = models.CharField("titre", max_length=160)
    summary = models.CharField("en une phrase", max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects", verbose_name="porteur"
    )
    is_example = models.BooleanField("inventé pour l’exemple", default=False)
    made_at = made_at()

    class Meta:
        verbose_name = "projet"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ProjectYear(models.Model):
    """One year of a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField("année")
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    people_expected = models.PositiveIntegerField("personnes attendues", null=True, blank=True)
    objectives = models.ManyToManyField(Objective, related_name="project_years", verbose_name="objectifs")
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="project_years", verbose_name="quartiers", blank=True
    )
    announced_at = models.DateTimeField("rendu public le", null=True, blank=True)

    class Meta:
        verbose_name = "année de projet"
        verbose_name_plural = "années de projet"
        ordering = ["-year", "project__title"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year"], name="projects_one_year"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="projects_year_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.year}"


class Grant(models.Model):
    """A project's year and the money committed to it."""

    project_year = models.ForeignKey(ProjectYear, on_delete=models.CASCADE, related_name="grants")
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="grant")

    class Meta:
        verbose_name = "aide accordée"

    def __str__(self) -> str:
        return f"{self.project_year_id}/{self.commitment_id}"


class Result(models.Model):
    """A figure that a project reached: dated, sourced, in words that stand alone."""

    project_year = models.ForeignKey(ProjectYear, on_delete=models.CASCADE, related_name="results")
    value = models.DecimalField("valeur", max_digits=12, decimal_places=1)
    unit = models.CharField("unité", max_length=60)  # "enfants", "emplois"
    text = models.CharField("phrase", max_length=200)
    measured = models.CharField("quand", max_length=60)  # "2018", "en 4 mois"
    source = models.CharField("source", max_length=160)
    is_headline = models.BooleanField("résultat mis en avant", default=False)

    class Meta:
        verbose_name = "résultat"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"
