"""The contracts, who signed them, and their trees of objectives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from faubourg.core import clock
from faubourg.partners.models import Contract, Objective, Organisation, Signature
from faubourg.partners.selectors.organisations import institutions


def contracts() -> QuerySet[Contract]:
    """Newest first, with amendments and signatories."""
    signatures = Signature.objects.select_related("organisation")
    return Contract.objects.prefetch_related("amendments", Prefetch("signatures", queryset=signatures))


def contracts_with_counts() -> QuerySet[Contract]:
    """Newest first, with how many signed each one and how many objectives it has."""
    signed = Signature.objects.filter(contract=OuterRef("pk")).order_by().values("contract")
    set_out = Objective.objects.filter(contract=OuterRef("pk")).order_by().values("contract")
    return Contract.objects.annotate(
        signature_count=Subquery(signed.annotate(count=Count("pk")).values("count")),
        objective_count=Subquery(set_out.annotate(count=Count("pk")).values("count")),
    ).order_by("-starts_on", "pk")


def contract_by_code(code: str) -> Contract | None:
    return Contract.objects.filter(code=code).first()


def signatures_of(contract: Contract) -> QuerySet[Signature]:
    """Who signed, in the order in which they were entered."""
    return Signature.objects.filter(contract=contract).select_related("organisation").order_by("pk")


def unsigned_institutions(contract: Contract) -> QuerySet[Organisation]:
    """The institutions known here that did not sign this contract."""
    return institutions().exclude(signatures__contract=contract)


def objective_of(contract: Contract, code: str) -> Objective | None:
    return Objective.objects.filter(contract=contract, code=code).select_related("parent", "contract").first()


def contract_on(day: date | None = None) -> Contract | None:
    """The contract that binds on this day (today by default)."""
    day = day or clock.today()
    return Contract.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on").first()


def signatures_on(day: date | None = None) -> QuerySet[Signature]:
    """Those under the contract that binds on this day (today by default), each with it and its organisation."""
    day = day or clock.today()
    binding = Contract.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("-starts_on").values("pk")[:1]
    return Signature.objects.filter(contract__in=binding).select_related("contract", "organisation").order_by("pk")


def objectives_of(contract: Contract) -> QuerySet[Objective]:
    """The whole tree in reading order: one query."""
    return Objective.objects.filter(contract=contract).order_by("path")


@dataclass(slots=True)
class Knot:
    """An objective and what stands under it."""

    objective: Objective
    children: list["Knot"] = field(default_factory=list)


def tree(objectives: Iterable[Objective], only: Iterable[int] | None = None) -> list[Knot]:
    """The knots at the top, in reading order, whatever the depth. ``only``: these keys and their ancestors alone."""
    rows = sorted(objectives, key=lambda row: (row.contract_id, row.path))
    if only is not None:
        kept = set(only)
        paths = [row.path for row in rows if row.pk in kept]
        rows = [row for row in rows if any(f"{path}.".startswith(f"{row.path}.") for path in paths)]
    knots = {row.pk: Knot(row) for row in rows}
    tops: list[Knot] = []
    for row in rows:
        above = knots.get(row.parent_id) if row.parent_id else None
        (above.children if above else tops).append(knots[row.pk])
    return tops


def tops_of(objectives: Iterable[Objective]) -> list[Objective]:
    return [row for row in objectives if row.depth == 0]
