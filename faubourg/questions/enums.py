from django.db import models


class QuestionKind(models.TextChoices):
    TEXT = "text", "texte court"
    LONG_TEXT = "long_text", "texte long"
    NUMBER = "number", "nombre entier"
    DATE = "date", "date"
    CHOICE = "choice", "un choix"
    CHOICES = "choices", "plusieurs choix"
    YES_NO = "yes_no", "oui ou non"
