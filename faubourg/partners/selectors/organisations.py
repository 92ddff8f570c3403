"""Organisations: found by their names and numbers."""

import re
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from faubourg.core.text import fold
from faubourg.partners.enums import NO_INSTITUTION, OrganisationKind, Role
from faubourg.partners.models import Contact, Organisation, OrganisationName
from faubourg.partners.selectors.people import live_memberships


def agency() -> Organisation | None:
    """The institution that runs the contract: where the officers are, else the oldest agglomeration."""
    return (
        Organisation.objects.filter(kind=OrganisationKind.AGGLOMERATION)
        .annotate(runs=Exists(live_memberships().filter(role=Role.OFFICER, organisation=OuterRef("pk"))))
        .order_by("-runs", "pk")
        .first()
    )


def institutions() -> QuerySet[Organisation]:
    """All who may sign a contract, by name."""
    alone = Organisation.objects.filter(merged_into__isnull=True)
    return alone.exclude(kind__in=NO_INSTITUTION).order_by("folded", "pk")


def institution_named(name: str) -> Organisation | None:
    """Whatever its case and accents: nobody enters « Ville de Dax » beside « ville de Dax »."""
    return institutions().filter(folded=fold(name)).first()


def organisation_by_code(code: str) -> Organisation | None:
    """The one of this code; where it was a double, the one that it is now."""
    rows = Organisation.objects.select_related("municipality", "logo", "merged_into__municipality", "merged_into__logo")
    found = rows.filter(code=code).first()
    return found.merged_into or found if found is not None else None


def search_organisations(text: str, limit: int = 20) -> list[Organisation]:
    """By name (without accents, all the words in any order), SIRET, SIREN or RNA, typed with or without spaces.

    A former name finds too, and is said in ``once``; a double that was merged finds the one that it is now.
    """
    folded = fold(text)
    bare = re.sub(r"[\s.\-]", "", text).upper()
    if len(bare) < 2:
        return []
    named = Q(*[Q(folded__contains=word) for word in folded.split()])
    own = named | (Q(siret__startswith=bare) | Q(rna=bare) if len(bare) >= 9 else Q())
    former = OrganisationName.objects.filter(named, organisation=OuterRef("pk")).exclude(name=OuterRef("name"))
    once = Subquery(former.order_by(F("valid_from").desc(nulls_last=True), "pk").values("name")[:1])
    double = Organisation.objects.filter(own, merged_into=OuterRef("pk"))
    rows = Organisation.objects.filter(merged_into__isnull=True).annotate(once=once).select_related("municipality")
    rows = rows.filter(own | Q(once__isnull=False) | Exists(double))
    return list(rows.order_by("folded", "pk")[:limit])


def names_of(organisation: Organisation) -> list[OrganisationName]:
    """What it was and is called, newest first; nothing when it never changed its name."""
    return list(organisation.names.all())[::-1]


def name_on(organisation: Organisation, day: date) -> str:
    """What it was called on this day."""
    known = organisation.names.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day)).last()
    return known.name if known is not None else organisation.name


def contacts_of(organisation: Organisation) -> QuerySet[Contact]:
    return Contact.objects.filter(organisation=organisation).order_by("title", "pk")


def contact_by_code(code: str) -> Contact | None:
    return Contact.objects.select_related("organisation").filter(code=code).first()
