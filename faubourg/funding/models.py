"""Money: envelopes, what is committed on them, the balanced budget. Knows no call.

``Envelope.committed_cents`` is kept by the database itself (triggers of the first migration add up the live
commitments) and can never pass ``amount_cents``: no envelope can be overdrawn, whatever writes to it.
"""

from django.db import models
from django.db.models import F, Q

from faubourg.core.models import cents_field, code_field, made_at
from faubourg.funding.enums import CoFunding, MoneyKind
from faubourg.partners.models import Organisation


class Envelope(models.Model):
    """The money of one funder for one year, earmarked or ordinary."""

    code = code_field("E")
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="envelopes", verbose_name="financeur"
    )
    kind = models.CharField("nature", max_length=9, choices=MoneyKind)
    year = models.PositiveSmallIntegerField("année")
    short_name = models.CharField("nom court", max_length=24)  # the head of a column: "État"
    amount_cents = cents_field("montant")
    committed_cents = cents_field("engagé", default=0, editable=False)

    class Meta:
        verbose_name = "enveloppe"
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="funding_envelope_not_negative"),
            models.CheckConstraint(condition=Q(committed_cents__gte=0), name="funding_committed_not_negative"),
            models.CheckConstraint(
                condition=Q(committed_cents__lte=F("amount_cents")), name="funding_envelope_not_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name}, {self.get_kind_display()}, {self.year}"

    @property
    def free_cents(self) -> int:
        return self.amount_cents - self.committed_cents


class Commitment(models.Model):
    """Money of an envelope promised to a thing, named by its code. Released, it frees its money once."""

    code = code_field("G")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="commitments")
    thing = models.CharField("pour", max_length=48, db_index=True)
    amount_cents = cents_field("montant")
    made_at = made_at("engagé le")
    released_at = models.DateTimeField("libéré le", null=True, blank=True)

    class Meta:
        verbose_name = "engagement"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_cents__gt=0), name="funding_commitment_positive")]
        indexes = [
            # What the triggers add up at each write, read from the index alone.
            models.Index(
                fields=["envelope", "amount_cents"],
                condition=Q(released_at__isnull=True),
                name="funding_live_sum",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Budget(models.Model):
    """A provisional budget; which project it belongs to is the higher room's business."""

    code = code_field("B")
    # field ("b-613") -> text as typed; the line of an unreadable amount counts 0
    typed = models.JSONField("montants illisibles, tels que tapés", default=dict, blank=True)
    indirect_rule = models.CharField("règle de répartition des charges indirectes", max_length=400, blank=True)

    class Meta:
        verbose_name = "budget"

    def __str__(self) -> str:
        return self.code


class BudgetLine(models.Model):
    """One amount on one account of the chart (funding/chart.py). Totals are computed, never stored."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    account = models.CharField("compte", max_length=12)
    slot = models.PositiveSmallIntegerField("rang", default=1)  # several co-funders on one account 74
    label = models.CharField("précision", max_length=120, blank=True)  # the co-funder's name on a line 74
    amount_cents = cents_field("montant")
    co_funding = models.CharField("état de l’aide", max_length=8, choices=CoFunding, blank=True)

    class Meta:
        verbose_name = "ligne de budget"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="funding_line_not_negative"),
            models.UniqueConstraint(fields=["budget", "account", "slot"], name="funding_one_line"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.label}".strip()
