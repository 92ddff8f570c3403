"""What the search finds of the partners: organisations for who may open their page, contracts and themes for all."""

from collections.abc import Iterator

from django.utils.text import capfirst

from faubourg.core.cards import Listed
from faubourg.partners.models import Contract, Objective, Organisation


def listed_organisation(one: Organisation) -> Listed:
    """Its public numbers find it too."""
    return Listed(
        "organisation",
        one.code,
        one.name,
        (capfirst(one.get_kind_display()), one.summary),
        words=f"{one.siret} {one.rna}",
        args=(one.code,),
        scope=one.code,
    )


def listed_organisations() -> Iterator[Listed]:
    return map(listed_organisation, Organisation.objects.filter(merged_into=None).order_by("pk").iterator())


def listed_contracts() -> Iterator[Listed]:
    for one in Contract.objects.order_by("pk"):
        yield Listed("contract", one.code, one.title, (one.summary,), position=one.starts_on.year)


def listed_themes() -> Iterator[Listed]:
    """One for each address: what several contracts name alike is the newest one's."""
    seen = set()
    for one in Objective.objects.select_related("contract").order_by("-contract__starts_on", "path", "pk"):
        if one.slug not in seen:
            seen.add(one.slug)
            contract = one.contract
            yield Listed(
                "theme",
                f"theme:{one.slug}",
                one.title,
                (contract.title, one.summary),
                args=(one.slug,),
                position=contract.starts_on.year,
            )
