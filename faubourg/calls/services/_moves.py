"""What every move of an application shares: lock it, ask the table, write the state, tell the journal."""

from collections.abc import Iterable

from faubourg.accounts.models import User
from faubourg.calls import workflow
from faubourg.calls.listed import listed_application
from faubourg.calls.models import Application, Call
from faubourg.core.errors import NotAllowed
from faubourg.journal import services as journal
from faubourg.search import services as search

ROOM = "calls"


def locked(application: Application | str, *, also: tuple[str, ...] = ()) -> Application:
    """The row as it is now, held until the transaction ends. Rows first, the journal last: no deadlock.

    By its code too, which spares a page the first look; ``also`` names what is read (and ``call``: held) with it.
    """
    held = ("self", "call") if "call" in also else ("self",)
    rows = Application.objects.select_for_update(of=held).select_related("call", "organisation", *also)
    return rows.get(code=application) if isinstance(application, str) else rows.get(pk=application.pk)


def all_locked(applications: Iterable[Application]) -> list[Application]:
    """Several rows as they are now, always taken in the same order and before the journal's head: two people who
    work on the same ones wait for each other, never in a circle."""
    keys = [application.pk for application in applications]
    rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("call", "organisation").order_by("pk"))


def locked_call(call: Call) -> Call:
    return Call.objects.select_for_update().get(pk=call.pk)


def allow(answer: bool, words: str) -> None:
    """The rule's answer, or a refusal in words."""
    if not answer:
        raise NotAllowed(words)


def find_again(application: Application) -> None:
    """Where the search finds this application now: after its title, or who may read it, moved."""
    listed = list(listed_application(application))
    if listed:
        search.put(*listed)
    else:
        search.drop(application.code)


def step(
    application: Application,
    move: str,
    *,
    by: User | None,
    amounts: dict[str, int] | None = None,
    **changes: object,
) -> Application:
    """Make the move of the table on a locked row, with the columns that change along, and journal it."""
    before = application.state
    changes["state"] = workflow.APPLICATION.step(move, before)
    for name, value in changes.items():
        setattr(application, name, value)
    application.version += 1
    application.save(update_fields=[*changes, "version"])
    if move in ("submit", "withdraw"):
        find_again(application)
    journal.record(
        move,
        application.code,
        room=ROOM,
        before=before,
        after=application.state,
        amounts=amounts or {},
        by=by,
    )
    return application
