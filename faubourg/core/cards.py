"""The room card: what a room offers to all the others without being imported by them.

Each room's ``apps.py`` declares a ``RoomCard``. The daily run, the menu, the register of personal data, the
demo world and the url table walk the cards in ``django.apps``; a town closes a room by naming it in
``FAUBOURG_CLOSED_ROOMS``, and everything on its card goes with it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the desk's menu. ``rule`` is a dotted path to ``(user) -> bool``."""

    url_name: str
    label: str
    rule: str
    position: int = 50

    def shown_to(self, user: Any) -> bool:
        return bool(import_string(self.rule)(user))


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One line of the register of personal data (GDPR art. 30)."""

    what: str  # « Nom, prénom, adresse électronique »
    whose: str
    purpose: str
    kept: str  # how long, in words
    fields: tuple[str, ...] = ()  # "Model.field", so that a test can hold the register against the models


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing that may be found, as the room that keeps it says it."""

    kind: str
    thing: str  # its code, as the journal names it
    title: str
    notes: tuple[str, ...] = ()  # stand under the title; searched like it, count for less
    words: str = ""  # searched, never shown
    args: tuple[str, ...] = ()  # of its page's address
    scope: str = ""  # what ``Searched.reach`` answers with: the code of the organisation whose it is
    position: int = 0  # of two that answer as well, the higher one comes first: a year

    @property
    def note(self) -> str:
        """« Roue libre 40 · Réparer ensemble les vélos du quartier. »"""
        return " · ".join(filter(None, self.notes))


@dataclass(frozen=True, slots=True)
class Searched:
    """One kind of things to be found, on the card of the room that keeps them; their page may stand higher.

    Without ``reach`` they are everybody's; else it says, for somebody, in which scopes: None is all of them.
    """

    kind: str
    label: str
    source: str  # dotted path to () -> Iterable[Listed]: all there are, for the rebuild; several kinds may share it
    url_name: str = ""  # takes the ``args``; "" when each thing is itself the name of a page of this room
    reach: str = ""  # dotted path to (user) -> scopes or None
    position: int = 50


class RoomCard(AppConfig):
    """Base of every room's ``AppConfig``. All entries are data or dotted paths, so that cards import nothing."""

    room = True
    needs: tuple[str, ...] = ()  # the rooms that it imports: none of them may be closed while it is open
    default = False  # Django takes the one AppConfig of apps.py: the base that it imports is not the one
    default_auto_field = "django.db.models.BigAutoField"
    url_prefix: str | None = None  # French path under which the room's urls are mounted ("" = at the root)
    menu: tuple[MenuItem, ...] = ()
    daily: tuple[str, ...] = ()  # dotted paths to () -> int (how many were treated)
    often: tuple[str, ...] = ()  # the same, once a minute while the worker runs
    personal_data: tuple[PersonalData, ...] = ()
    erase: str = ""  # dotted path to (user) -> None: forget this person
    belongings: str = ""  # dotted path to (organisation) -> {kind in French: codes}: what hangs on an organisation here
    rehome: str = ""  # dotted path to (things, source, target) -> things: moves these; without it they cannot be moved
    demo: str = ""  # dotted path to (world) -> None
    doors: tuple[str, ...] = ()  # dotted paths to (request) -> answer or None: passed before every page of one's own
    strong: str = ""  # dotted path to (user) -> bool: may do so much here that a second factor is needed
    bare_urls: str = ""  # dotted path to addresses whose names a library asks for without a room's name
    rest_urls: str = ""  # dotted path to addresses asked last: what no room's own address has answered
    public_menu: str = ""  # dotted path to () -> (address, label) of each more link in the public menu
    checks: tuple[str, ...] = ()  # dotted paths to () -> Iterable[str]: what is wrong, in French
    search: tuple[Searched, ...] = ()

    def __init_subclass__(cls) -> None:
        cls.default = True


def cards() -> Iterator[RoomCard]:
    """The cards of the open rooms, in the order of the settings (ground floor first)."""
    for config in apps.get_app_configs():
        if isinstance(config, RoomCard):
            yield config


def needs_are_open() -> None:
    """Refuse a house in which an open room lacks a closed one, with the list that would do."""
    told = {card.label: card.needs for card in cards()}
    lacking = sorted({need for needs in told.values() for need in needs} - set(told))
    if not lacking:
        return
    asking = [room for room, needs in told.items() if set(needs) & set(lacking)]
    closed = {*lacking, *settings.CLOSED_ROOMS}
    for room, needs in told.items():  # ground floor first: what stands on a closed one follows
        closed |= {room} if closed & set(needs) else set()
    words = "la pièce {} manque à {} : rouvrez-la" if len(lacking) == 1 else "les pièces {} manquent à {} : rouvrez-les"
    instead = f"FAUBOURG_CLOSED_ROOMS={','.join(sorted(closed))}"
    raise ImproperlyConfigured(f"{words.format(_quoted(lacking), _quoted(asking))}, ou écrivez {instead}")


def _quoted(names: list[str]) -> str:
    return ", ".join(f"« {name} »" for name in names)


def way_to(name: str, *args: Any) -> str:
    """The address of another room's page, nothing where that room is closed."""
    return reverse(name, args=args) if apps.is_installed(f"faubourg.{name.partition(':')[0]}") else ""


def load(path: str) -> Callable[..., Any]:
    return import_string(path)


@cache
def _doors() -> tuple[Callable[..., Any], ...]:
    return tuple(load(path) for card in cards() for path in card.doors)


def stopped_at_a_door(request: Any) -> Any:
    """What the first closed door answers to somebody who is signed in; None when all are open."""
    return next((answer for door in _doors() if (answer := door(request)) is not None), None)


def searched() -> list[Searched]:
    """The kinds of things that the open rooms let people find, in order. One whose page is closed is not found."""
    rooms = {card.label: card for card in cards()}
    kinds = (one for card in rooms.values() for one in card.search)
    open_kinds = (one for one in kinds if ":" not in one.url_name or one.url_name.split(":")[0] in rooms)
    return sorted(open_kinds, key=lambda one: (one.position, one.label))


def public_menu() -> list[tuple[str, str]]:
    """(address, label) of what the rooms add to the public menu."""
    return [link for card in cards() if card.public_menu for link in load(card.public_menu)()]


def menu_for(user: Any) -> list[MenuItem]:
    """What this person finds in the desk's menu, in order."""
    items = [item for card in cards() for item in card.menu if item.shown_to(user)]
    return sorted(items, key=lambda item: (item.position, item.label))
