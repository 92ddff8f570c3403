"""What makes the tests strict: each part is switched on for all tests by conftest.py.

- a template that shows an unknown variable fails (``{% if %}`` and ``{% for %}`` may ask for one);
- a query without an order answers in a random one, and may not be sliced;
- nothing leaves the machine;
- no page lays a cookie that the page « Cookies » does not tell;
- Ctrl-C ends what a test starts, wherever the tests run.
"""

import random
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.models import QuerySet
from django.http.response import HttpResponseBase

from faubourg.website import laws


class UnknownVariableError(AssertionError):
    """A template asked for a variable that its view did not give."""


class UnknownVariable(str):
    """Django's ``string_if_invalid``, which refuses to be shown. What a library's own template lacks is its matter."""

    __slots__ = ()

    def __mod__(self, missing: Any) -> str:
        context = sys._getframe(1).f_locals.get("context")  # of FilterExpression.resolve, which asks
        template = context.render_context.template if context else None
        if template and "/wagtail/" in str(template.origin):
            return ""
        raise UnknownVariableError(f"this template variable is unknown: {{{{ {missing} }}}}")


class UnorderedSliceError(AssertionError):
    """``queryset[:5]`` of a query without an order: the database may answer with any five."""


@contextmanager
def unordered_is_shuffled() -> Iterator[None]:
    """Rows of an unordered query come in a random order (the seed is pytest-randomly's)."""
    fetch, item = QuerySet._fetch_all, QuerySet.__getitem__

    def shuffled(self: QuerySet) -> None:
        fresh = self._result_cache is None
        fetch(self)
        rows = self._result_cache
        if fresh and isinstance(rows, list) and len(rows) > 1 and not self.ordered:
            random.shuffle(rows)

    def ordered_item(self: QuerySet, key: Any) -> Any:
        if self._result_cache is None and not self.ordered:
            raise UnorderedSliceError(f"an unordered query of {self.model.__name__} is sliced: give it an order")
        return item(self, key)

    with (
        mock.patch.object(QuerySet, "_fetch_all", shuffled),
        mock.patch.object(QuerySet, "__getitem__", ordered_item),
    ):
        yield


@contextmanager
def ctrl_c_is_heard() -> Iterator[None]:
    """A shell that puts the tests in the background has them ignore Ctrl-C, and all that they start with them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class UntoldCookieError(AssertionError):
    """A page laid a cookie that the page « Cookies » keeps silent about."""


@contextmanager
def only_told_cookies() -> Iterator[None]:
    """What the public is told is laid in a browser is all that is laid there."""
    lay = HttpResponseBase.set_cookie

    def told_only(self: HttpResponseBase, key: str, *args: Any, **kwargs: Any) -> None:
        if key not in {one.name for one in laws.cookies()}:
            raise UntoldCookieError(f"no page may lay the cookie « {key} »: faubourg/website/laws.py does not tell it")
        lay(self, key, *args, **kwargs)

    with mock.patch.object(HttpResponseBase, "set_cookie", told_only):
        yield


class ClosedNetworkError(AssertionError):
    """A test tried to leave the machine."""


@contextmanager
def closed_network() -> Iterator[None]:
    """Only loopback addresses and local sockets can be reached; no name but localhost can be asked for."""
    connect, connect_ex, ask = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def is_near(host: Any) -> bool:
        name = host.decode() if isinstance(host, bytes) else str(host or "")
        return name in {"", "localhost", "::1", "0.0.0.0", socket.gethostname()} or name.startswith("127.")  # noqa: S104

    def guard(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_near(address[0]):
            raise ClosedNetworkError(f"a test tried to reach {address[0]}:{address[1]}")

    def near_connect(self: socket.socket, address: Any) -> None:
        guard(self, address)
        return connect(self, address)

    def near_connect_ex(self: socket.socket, address: Any) -> int:
        guard(self, address)
        return connect_ex(self, address)

    def near_names(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_near(host):
            raise ClosedNetworkError(f"a test asked where {host} is")
        return ask(host, *args, **kwargs)

    with (
        mock.patch.object(socket.socket, "connect", near_connect),
        mock.patch.object(socket.socket, "connect_ex", near_connect_ex),
        mock.patch.object(socket, "getaddrinfo", near_names),
    ):
        yield
