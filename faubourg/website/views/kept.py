"""Pages that are the same for everybody, kept by each process until something is done."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse

from faubourg.core import clock
from faubourg.journal.selectors import head

View = Callable[..., HttpResponse]


def same_for_all(view: View) -> View:
    """Draw the page once a minute at most, and anew as soon as the journal has one more line.

    Only for who brings nothing (no cookie, no question in the address) and outside a transaction, whose end may undo
    what it shows. The journal's head is the stamp: what editors publish is journalled like all other deeds.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.COOKIES or request.GET or "page" in kwargs or connection.in_atomic_block:
            return view(request, *args, **kwargs)
        stamp = (head(), clock.now().replace(second=0, microsecond=0))
        found = caches["process"].get(f"page:{request.path}")
        if found is not None and found[0] == stamp:
            return HttpResponse(found[1])
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            caches["process"].set(f"page:{request.path}", (stamp, response.content))
        return response

    return kept
