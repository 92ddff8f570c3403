from django.db import models


class Indicator(models.TextChoices):
    """INSEE indicators kept for a neighbourhood; the unit is in ``UNITS``."""

    POPULATION = "population", "habitants"
    UNDER_25 = "under-25", "ont moins de 25 ans"
    OVER_60 = "over-60", "ont 60 ans ou plus"
    EMPLOYMENT = "employment", "des 15-64 ans ont un emploi"
    JOBSEEKERS = "jobseekers", "demandeurs d’emploi"
    POVERTY = "poverty", "vivent sous le seuil de pauvreté"
    INCOME = "income", "de revenu annuel médian par unité de consommation"


UNITS: dict[str, str] = {
    Indicator.POPULATION: "",
    Indicator.UNDER_25: "%",
    Indicator.OVER_60: "%",
    Indicator.EMPLOYMENT: "%",
    Indicator.JOBSEEKERS: "",
    Indicator.POVERTY: "%",
    Indicator.INCOME: "€",
}
SHARES = [indicator for indicator, unit in UNITS.items() if unit == "%"]
