"""Doubles: which organisations look like one, what hangs on each, which merges may still be undone."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import QuerySet

from faubourg.core import clock
from faubourg.core.cards import cards, load
from faubourg.core.text import fold
from faubourg.partners.enums import InvitationState
from faubourg.partners.models import Merge, Organisation

REVERSIBLE = timedelta(days=30)
MOST_PAIRS = 50
SAY_NOTHING = frozenset(
    ["association", "asso", "comite", "club", "les", "des", "une", "aux", "pour", "dans"]
)  # words of any name
Things = dict[str, dict[str, list[str]]]  # room -> kind -> codes


def belongings(organisation: Organisation) -> dict[str, list[str]]:
    """What hangs on an organisation in this room."""
    waiting = organisation.invitations.filter(state=InvitationState.WAITING)
    return {
        "SIRET": [organisation.siret] if organisation.siret else [],
        "RNA": [organisation.rna] if organisation.rna else [],
        "personnes": list(organisation.memberships.order_by("pk").values_list("code", flat=True)),
        "contacts": list(organisation.contacts.order_by("pk").values_list("code", flat=True)),
        "invitations": list(waiting.order_by("pk").values_list("code", flat=True)),
        "signatures": list(organisation.signatures.order_by("pk").values_list("contract__code", flat=True)),
    }


def all_belongings(organisation: Organisation) -> Things:
    """The same in every open room, ground floor first; what there is none of is left out."""
    told = {card.label: load(card.belongings)(organisation) for card in cards() if card.belongings}
    kept = {room: {kind: codes for kind, codes in things.items() if codes} for room, things in told.items()}
    return {room: things for room, things in kept.items() if things}


def counts_of(things: Things) -> dict[str, int]:
    """« personnes » -> 3, whatever the room."""
    return {kind: len(codes) for kinds in things.values() for kind, codes in kinds.items()}


def merge_by_code(code: str) -> Merge | None:
    return Merge.objects.select_related("source", "target").filter(code=code).first()


def reversible_merges() -> QuerySet[Merge]:
    """Neither undone nor a month old, newest first."""
    rows = Merge.objects.filter(undone_at__isnull=True, made_at__gt=clock.now() - REVERSIBLE)
    return rows.select_related("source", "target").order_by("-made_at", "-pk")


def likely_doubles() -> list[tuple[Organisation, Organisation, str]]:
    """Pairs that look like one, and why: the same SIREN, or the same words in the name. The older one first."""
    rows = list(Organisation.objects.filter(merged_into__isnull=True).select_related("municipality").order_by("pk"))
    groups: dict[tuple[str, str], list[Organisation]] = defaultdict(list)
    for row in rows:
        if row.siret:
            groups["même SIREN", row.siret[:9]].append(row)
        if words := _words_that_count(row.name):
            groups["même nom", words].append(row)
    found: dict[tuple[int, int], tuple[Organisation, Organisation, str]] = {}
    for (why, _), group in groups.items():
        for second in group[1:]:
            found.setdefault((group[0].pk, second.pk), (group[0], second, why))
    return list(found.values())[:MOST_PAIRS]


def _words_that_count(name: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in fold(name)).split()
    return " ".join(sorted({word for word in words if len(word) > 2 or word.isdigit()} - SAY_NOTHING))
