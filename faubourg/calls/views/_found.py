"""What the applicant's views share: the application behind an address, for those whose it is."""

from collections.abc import Callable

from django.http import Http404, HttpRequest

from faubourg.calls import selectors
from faubourg.calls.models import Application
from faubourg.calls.rules import may_read
from faubourg.core.errors import NotAllowed
from faubourg.partners.rules import may_work_for

Read = Callable[[str], Application | None]
NOT_YOURS = (
    "Ce dossier est celui d’un autre organisme. Si vous y travaillez, demandez d’abord à le rejoindre ; "
    "si vous avez deux adresses, entrez avec l’autre."
)


def readable(request: HttpRequest, code: str, read: Read = selectors.application_by_code) -> Application:
    """The application, if this person may read it; ``read`` brings what the page shows of it."""
    found = read(code)
    if found is None:
        raise Http404
    if not may_read(request.user, found):
        raise NotAllowed(NOT_YOURS)
    return found


def own(request: HttpRequest, code: str, read: Read = selectors.application_by_code) -> Application:
    """The application, if this person works for the organisation that wrote it."""
    found = readable(request, code, read)
    if not may_work_for(request.user, found.organisation):
        raise NotAllowed(NOT_YOURS)
    return found
