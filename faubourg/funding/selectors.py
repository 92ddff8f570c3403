"""Reading the money."""

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from faubourg.core.money import format_amount
from faubourg.funding.chart import place_of
from faubourg.funding.models import Budget, Envelope
from faubourg.partners.models import Organisation


def belongings(organisation: Organisation) -> dict[str, list[str]]:
    """What hangs on an organisation here, for a merge of doubles."""
    rows = Envelope.objects.filter(funder=organisation).order_by("pk")
    return {"enveloppes": list(rows.values_list("code", flat=True))}


def false_balances() -> QuerySet[Envelope]:
    """Envelopes whose committed figure is not their live commitments' sum: none, unless triggers were cut."""
    live = Coalesce(Sum("commitments__amount_cents", filter=Q(commitments__released_at__isnull=True)), 0)
    return Envelope.objects.annotate(live_cents=live).exclude(committed_cents=F("live_cents"))


def text_on(budget: Budget, field: str) -> str:
    """What stands in one field of the grid (``b-613``, ``b-74priv-2-name``), as a person typed it."""
    if field == "b-indirect-rule":
        return budget.indirect_rule
    if field in budget.typed:
        return str(budget.typed[field])
    bare = field.removesuffix("-name").removesuffix("-state")
    place = place_of(bare)
    line = budget.lines.filter(account=place[0], slot=place[1]).first() if place else None
    if line is None:
        return ""
    if field.endswith("-name"):
        return line.label
    return line.co_funding if field.endswith("-state") else format_amount(line.amount_cents, unit="")
