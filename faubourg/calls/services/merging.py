"""What a merge of doubles asks of this room: applications follow their organisation."""

from itertools import chain

from django.db import transaction

from faubourg.calls.listed import listed_application
from faubourg.calls.models import Application
from faubourg.core.errors import Refusal
from faubourg.partners.models import Organisation
from faubourg.search import services as search


@transaction.atomic
def rehome(things: dict[str, list[str]], source: Organisation, target: Organisation) -> dict[str, list[str]]:
    """These applications are the target's, in whatever state. A funder's opinions keep their author's institution."""
    if things.get("avis"):
        raise Refusal(f"{source} a écrit des avis comme financeur : ils ne changent pas d’institution.")
    rows = Application.objects.select_for_update(of=("self",)).select_related("call")
    moved = list(rows.filter(code__in=things.get("dossiers", []), organisation=source).order_by("pk"))
    Application.objects.filter(pk__in=[row.pk for row in moved]).update(organisation=target)
    for row in moved:
        row.organisation = target
    search.put(*chain.from_iterable(map(listed_application, moved)))
    return {"dossiers": [row.code for row in moved]}
