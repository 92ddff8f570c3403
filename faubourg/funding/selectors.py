"""Reading the money."""

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from faubourg.funding.models import Envelope
from faubourg.partners.models import Organisation


def belongings(organisation: Organisation) -> dict[str, list[str]]:
    """What hangs on an organisation here, for a merge of doubles."""
    rows = Envelope.objects.filter(funder=organisation).order_by("pk")
    return {"enveloppes": list(rows.values_list("code", flat=True))}


def false_balances() -> QuerySet[Envelope]:
    """Envelopes whose committed figure is not their live commitments' sum: none, unless triggers were cut."""
    live = Coalesce(Sum("commitments__amount_cents", filter=Q(commitments__released_at__isnull=True)), 0)
    return Envelope.objects.annotate(live_cents=live).exclude(committed_cents=F("live_cents"))
