"""What the search finds of the calls: never an opinion, never an amount, never a decision."""

from collections.abc import Iterator
from itertools import chain

from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Application, Call
from faubourg.core.cards import Listed

SAID = ("code", "title", "reference", "state", "organisation__code", "organisation__name", "call__year")
PREPARED = "prepared"  # the scope of a call that is not published yet


def listed_call(call: Call) -> Iterator[Listed]:
    """On the desk from its first day on; for everybody once it is published."""
    thing, args = f"call:{call.code}", (call.code,)
    scope = PREPARED if call.state == CallState.DRAFT else ""
    said = (thing, call.title, (f"Projets {call.year}", call.summary))
    yield Listed("desk_call", *said, args=args, scope=scope, position=call.year)
    if not scope:
        yield Listed("call", *said, args=args, position=call.year)


def listed_application(application: Application) -> Iterator[Listed]:
    own = application.organisation
    said = (application.code, application.title, application.reference, application.state)
    return _listed(*said, own.code, own.name, application.call.year)


def _listed(code: str, title: str, reference: str, state: str, own: str, owner: str, year: int) -> Iterator[Listed]:
    """For its own organisation from its first title on; for who instructs it once it is handed in; then for nobody
    when it is withdrawn."""
    if state == ApplicationState.WITHDRAWN or not title:
        return
    said, args = (code, title, (reference or "Brouillon", owner)), (code,)
    yield Listed("own_application", *said, args=args, scope=own, position=year)
    if state != ApplicationState.DRAFT:
        yield Listed("application", *said, args=args, position=year)


def listed_calls() -> Iterator[Listed]:
    return chain.from_iterable(map(listed_call, Call.objects.order_by("pk")))


def listed_applications() -> Iterator[Listed]:
    rows = Application.objects.order_by("pk").values_list(*SAID)  # ten thousand rows, twice a day at least
    return chain.from_iterable(_listed(*row) for row in rows.iterator(chunk_size=2000))
