"""Things of an example room, and what of them is found by whom."""

from contextlib import contextmanager
from typing import Any

from faubourg.core import cards
from faubourg.core.cards import Listed, Searched
from faubourg.search import selectors, services

EXAMPLES: list[Listed] = []
KINDS = [
    Searched("example", "Exemples", f"{__name__}.examples", "website:project", position=1),
    Searched("secret", "Secrets", f"{__name__}.secrets", "website:theme", f"{__name__}.reach", position=2),
]


def examples() -> list[Listed]:
    return [one for one in EXAMPLES if one.kind == "example"]


def secrets() -> list[Listed]:
    return [one for one in EXAMPLES if one.kind == "secret"]


def reach(user: Any) -> Any:
    """The scopes themselves, where a test gives them in the place of a person."""
    return user if isinstance(user, list) else ()


def example(title: str, **more: Any) -> Listed:
    kind = more.pop("kind", "example")
    thing = f"X-{len(EXAMPLES)}"
    EXAMPLES.append(Listed(kind, thing, title, args=(thing,), **more))
    services.put(EXAMPLES[-1])
    return EXAMPLES[-1]


@contextmanager
def only_examples(monkeypatch: Any) -> Any:
    """The house with these two kinds of things and no other."""
    EXAMPLES.clear()
    for module in (cards, selectors, services):
        monkeypatch.setattr(module, "searched", lambda: KINDS)
    yield


def titles(text: str, user: Any = None, **more: Any) -> list[str]:
    """What is found, in its order."""
    found = selectors.find(text, user, **more)
    return [hit.title for hit in [*found.hits, *(hit for group in found.groups for hit in group.hits)]]
