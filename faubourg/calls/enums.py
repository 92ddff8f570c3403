from django.db import models


class CallState(models.TextChoices):
    DRAFT = "draft", "en préparation"
    PUBLISHED = "published", "publié"
    COMMITTEE = "committee", "en comité"
    ANNOUNCED = "announced", "résultats publiés"


class ApplicationState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SUBMITTED = "submitted", "déposé"
    INFO_REQUESTED = "info_requested", "pièce demandée"
    INADMISSIBLE = "inadmissible", "non recevable"
    ADMISSIBLE = "admissible", "recevable"
    DECIDED = "decided", "décidé"
    NOTIFIED = "notified", "notifié"
    WITHDRAWN = "withdrawn", "retiré"


class Outcome(models.TextChoices):
    """What the lines of a decided application add up to (rules.md 1.5: derived, never typed)."""

    OPEN = "open", "à décider"
    GRANTED = "granted", "accordé"
    PARTLY = "partly_granted", "accordé en partie"
    REFUSED = "refused", "refusé"


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", "favorable"
    RESERVED = "reserved", "réservé"
    UNFAVOURABLE = "unfavourable", "défavorable"


class PieceKind(models.TextChoices):
    """The pieces of an application (rules.md 1.6, Documents)."""

    STATUTES = "statutes", "statuts"
    BANK = "bank", "relevé d’identité bancaire"
    ACCOUNTS = "accounts", "comptes annuels"
    REPORT = "report", "rapport d’activité"
    OTHER = "other", "autre pièce"


class PaperKind(models.TextChoices):
    RECEIPT = "receipt", "accusé de réception"
    DECISION = "decision", "lettre de décision"
