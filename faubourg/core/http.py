"""HTTP without business: doors on views, refusals answered as pages, files streamed, errors in French."""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from faubourg.core.cards import stopped_at_a_door
from faubourg.core.errors import Conflict, NotAllowed, Refusal

View = Callable[..., HttpResponse]


def client_ip(request: HttpRequest) -> str:
    """Whence the request comes. What a client says of itself counts only behind our own proxy, and then last."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def signed_in(view: View) -> View:
    """The page is for people who are signed in; others go to the door and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return stopped_at_a_door(request) or view(request, *args, **kwargs)

    return guarded


def page_for(rule: Callable[[Any], bool]) -> Callable[[View], View]:
    """The page is for the people whom the rule knows: ``@page_for(is_officer)``. 403 for the others."""

    def door(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):
                raise NotAllowed("Cette page est réservée à d’autres rôles que le vôtre.")
            return view(request, *args, **kwargs)

        return guarded

    return door


def act_for(rule: Callable[[Any], bool]) -> Callable[[View], View]:
    """The door of what is only sent: an act of the people whom the rule knows. 405 for who opens it like a page."""
    return lambda view: require_POST(page_for(rule)(view))


Said = str | Callable[[Any], str]  # words, or what makes them of the service's answer


def act(
    request: HttpRequest, deed: Callable[[], Any], page: Callable[[Refusal], HttpResponse], said: Said, to: str
) -> HttpResponse:
    """One act: do it, say it, go on. A refusal is said on the ``page`` that offered it; nothing else is lost."""
    try:
        result = deed()
    except NotAllowed:
        raise
    except Refusal as refusal:
        return page(refusal)
    return _gone(request, result, said, to)


def act_by_form(
    request: HttpRequest, form: Any, page: Callable[[Any], HttpResponse], said: Said, to: str
) -> HttpResponse:
    """The same by a form that was sent: what is refused stands beside its field."""
    return _gone(request, form.result, said, to) if form.save(by=request.user) else page(form)


def _gone(request: HttpRequest, result: Any, said: Said, to: str) -> HttpResponse:
    messages.success(request, said(result) if callable(said) else said)
    return redirect(to)


class AddressMiddleware:
    """No address of ours holds a zero sign, and PostgreSQL stores none: what asks for one is not readable."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("zero sign")
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal that no form caught is a page of its own, never a traceback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409 if isinstance(exception, Conflict) else 422
        return render(request, "errors/refusal.html", {"refusal": exception}, status=status)


class _Echo:
    """A file that gives back each line, for the csv writer."""

    def write(self, line: str) -> str:
        return line


def csv_stream(name: str, header: list[str], rows: Iterable[list[Any]]) -> StreamingHttpResponse:
    """A CSV that leaves row by row, in constant memory, as spreadsheets in France read it (``;``, UTF-8 BOM)."""
    writer = csv.writer(_Echo(), delimiter=";")

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield writer.writerow(header)
        for row in rows:
            yield writer.writerow([_inert(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _inert(cell: Any) -> Any:
    """No cell typed by a person may become a formula in somebody's spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request: no context processor runs, the database is not touched, the page always comes."""
    return HttpResponse(render_to_string("errors/500.html", {"look": settings.THEME}), status=500)
