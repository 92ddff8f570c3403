from django.db import models


class MoneyKind(models.TextChoices):
    EARMARKED = "earmarked", "crédits spécifiques"
    ORDINARY = "ordinary", "droit commun"


class Side(models.TextChoices):
    EXPENSE = "expense", "charges"
    INCOME = "income", "produits"


class CoFunding(models.TextChoices):
    """Where another funder's money stands (R-BUD-06)."""

    OBTAINED = "obtained", "obtenue"
    PENDING = "pending", "demandée"
