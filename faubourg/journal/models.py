"""What was done: append-only, chained, without personal values.

The database itself refuses to change or delete an entry (triggers in the first migration); the chained digest
shows what somebody with the database's keys would have altered all the same (``faubourg check`` reads it).
"""

import hashlib

from django.db import models
from django.db.models import F, Q

GENESIS = hashlib.sha256(b"faubourg/journal").hexdigest()  # what the very first entry follows


class Entry(models.Model):
    """One deed: who (a code), when, what, on what (a code), from which state to which, with which amounts."""

    number = models.PositiveBigIntegerField("numéro", unique=True)
    at = models.DateTimeField("le")
    actor = models.CharField("auteur", max_length=24, blank=True)  # a user's code; "" for the machine itself
    room = models.CharField("pièce", max_length=24)
    verb = models.CharField("geste", max_length=48)
    thing = models.CharField("objet", max_length=48, db_index=True)
    before = models.CharField("état d’avant", max_length=32, blank=True)
    after = models.CharField("état d’après", max_length=32, blank=True)
    amounts = models.JSONField("montants, en centimes", default=dict, blank=True)
    previous = models.CharField("empreinte d’avant", max_length=64, unique=True)
    digest = models.CharField("empreinte", max_length=64, unique=True)

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="journal_number_from_one"),
            models.CheckConstraint(condition=~Q(previous=F("digest")), name="journal_digest_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.thing}"


class Head(models.Model):
    """The end of the chain, one row: locked by each writer, so that the chain never forks."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tête du journal"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="journal_one_head")]

    def __str__(self) -> str:
        return f"{self.number}"
