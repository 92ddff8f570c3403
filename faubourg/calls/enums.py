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


# What was taken back or never fitted the rules: its project is free for another application of the same call.
NEVER_LIVED = (ApplicationState.WITHDRAWN, ApplicationState.INADMISSIBLE)


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


class Deed(models.TextChoices):
    """The verbs that this room writes in the journal about an application, as a person reads them."""

    START = "start", "brouillon commencé"
    ATTACH = "attach", "pièce jointe"
    DETACH = "detach", "pièce retirée"
    SUBMIT = "submit", "dossier déposé"
    ASK_FOR_PIECE = "ask_for_piece", "pièce demandée"
    ANSWER_REQUEST = "answer_request", "réponse reçue"
    ADMIT = "admit", "déclaré recevable"
    REJECT = "reject", "déclaré non recevable"
    WRITE_OPINION = "write_opinion", "avis écrit"
    DECIDE = "decide", "montant décidé"
    CLOSE_DECISION = "close_decision", "décision complète"
    REOPEN_DECISION = "reopen_decision", "décision rouverte"
    PREPARE_LETTER = "prepare_letter", "lettre préparée"
    NOTIFY = "notify", "décision notifiée"
    WITHDRAW = "withdraw", "dossier retiré"
