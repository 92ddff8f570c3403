"""What a merge of doubles reads in this room."""

from faubourg.calls.models import Application
from faubourg.partners.models import Organisation


def belongings(organisation: Organisation) -> dict[str, list[str]]:
    """What hangs on an organisation here; of its opinions as a funder, the applications that they are on."""
    own = Application.objects.filter(organisation=organisation).order_by("pk")
    read = Application.objects.filter(opinions__funder=organisation).order_by("pk")
    return {"dossiers": list(own.values_list("code", flat=True)), "avis": list(read.values_list("code", flat=True))}
