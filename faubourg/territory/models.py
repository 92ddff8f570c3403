"""Where: municipalities, versions of the priority geography, neighbourhoods with their outlines and figures."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from faubourg.core.shapes import Shaped
from faubourg.territory.enums import SHARES, UNITS, Indicator

DIGIT = "[0-9]"
QPV_CODE = RegexValidator(r"^Q[PN][0-9A-Z]{6}\Z", "Un code de quartier prioritaire ressemble à QN04001M.")
INSEE = RegexValidator(r"^([0-9]{2}|2[AB])[0-9]{3}\Z", "Un code Insee compte cinq signes, par exemple 40088.")
SIREN = RegexValidator(r"^[0-9]{9}\Z", "Un SIREN compte neuf chiffres.")


class Municipality(models.Model):
    """A commune of the agglomeration."""

    insee = models.CharField("code Insee", max_length=5, unique=True, validators=[INSEE])
    name = models.CharField("nom", max_length=80)
    siren = models.CharField("SIREN", max_length=9, unique=True, validators=[SIREN])
    population = models.PositiveIntegerField("habitants")
    postcodes = models.JSONField("codes postaux", default=list, blank=True)

    class Meta:
        verbose_name = "commune"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(Shaped("insee", 5 * DIGIT)) | Q(Shaped("insee", f"2[AB]{3 * DIGIT}")),
                name="territory_insee_shaped",
            ),
            models.CheckConstraint(condition=Shaped("siren", 9 * DIGIT), name="territory_siren_shaped"),
        ]

    def __str__(self) -> str:
        return self.name


class Geography(models.Model):
    """A version of the priority geography: the 2015 list, the 2024 list (rules.md section 3)."""

    code = models.SlugField("code", max_length=8, unique=True)  # "2015", "2024": an application stays tied to its own
    name = models.CharField("nom", max_length=120)
    valid_from = models.DateField("valable du")
    valid_until = models.DateField("valable au", null=True, blank=True)
    source = models.CharField("source", max_length=200)
    licence = models.CharField("licence", max_length=80)

    class Meta:
        verbose_name = "géographie prioritaire"
        verbose_name_plural = "géographies prioritaires"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="territory_geography_dates",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    """A priority neighbourhood (QPV) of one version of the geography."""

    code = models.CharField("code", max_length=8, unique=True, validators=[QPV_CODE])
    name = models.CharField("nom", max_length=80)
    slug = models.SlugField("nom dans les adresses", max_length=80)
    geography = models.ForeignKey(Geography, on_delete=models.PROTECT, related_name="neighbourhoods")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="neighbourhoods")
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="following")
    outline = models.JSONField("contour GeoJSON, WGS84", null=True, blank=True)  # MultiPolygon coordinates
    area_ha = models.DecimalField("hectares", max_digits=7, decimal_places=1, null=True, blank=True)
    summary = models.CharField("présentation", max_length=300, blank=True)

    class Meta:
        verbose_name = "quartier prioritaire"
        verbose_name_plural = "quartiers prioritaires"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["geography", "slug"], name="territory_one_slug_a_geography"),
            models.CheckConstraint(condition=Shaped("code", f"Q[PN]{6 * '[0-9A-Z]'}"), name="territory_code_shaped"),
        ]

    def __str__(self) -> str:
        return self.name


class KeyFigure(models.Model):
    """One figure of one neighbourhood, always with its edition, source and perimeter version."""

    neighbourhood = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="figures")
    indicator = models.SlugField("indicateur", max_length=40)  # see enums.Indicator
    edition = models.PositiveSmallIntegerField("édition")
    value = models.DecimalField("valeur", max_digits=12, decimal_places=1)
    outline_of = models.ForeignKey(
        Geography, on_delete=models.PROTECT, related_name="figures", verbose_name="contours de"
    )
    source = models.CharField("source", max_length=160)

    class Meta:
        verbose_name = "chiffre clé"
        verbose_name_plural = "chiffres clés"
        ordering = ["indicator", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "indicator", "edition"], name="territory_one_figure_an_edition"
            ),
            models.CheckConstraint(condition=Q(indicator__in=Indicator.values), name="territory_figure_known"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (~Q(indicator__in=SHARES) | Q(value__lte=100)),
                name="territory_figure_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.edition}"

    @property
    def label(self) -> str:
        """« habitants », « vivent sous le seuil de pauvreté »."""
        return str(dict(Indicator.choices).get(self.indicator, self.indicator))

    @property
    def unit(self) -> str:
        """``%``, ``€`` or nothing."""
        return UNITS.get(self.indicator, "")
