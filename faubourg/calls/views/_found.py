"""What the applicant's views share: the application behind an address, for those whose it is."""

from django.http import Http404, HttpRequest

from faubourg.calls import selectors
from faubourg.calls.models import Application
from faubourg.calls.rules import may_read
from faubourg.core.errors import NotAllowed
from faubourg.partners.rules import may_work_for

NOT_YOURS = (
    "Ce dossier est celui d’un autre organisme. Si vous y travaillez, demandez d’abord à le rejoindre ; "
    "si vous avez deux adresses, entrez avec l’autre."
)


def readable(request: HttpRequest, code: str) -> Application:
    """The application, if this person may read it."""
    found = selectors.application_by_code(code)
    if found is None:
        raise Http404
    if not may_read(request.user, found):
        raise NotAllowed(NOT_YOURS)
    return found


def own(request: HttpRequest, code: str) -> Application:
    """The application, if this person works for the organisation that wrote it."""
    found = readable(request, code)
    if not may_work_for(request.user, found.organisation):
        raise NotAllowed(NOT_YOURS)
    return found
