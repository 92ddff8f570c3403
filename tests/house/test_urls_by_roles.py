"""Every address x every role x GET and POST, in one table, urls_by_roles.txt. A page is added with its two rows.

ok: it is shown (200) - in: to the door, to sign in - go: sent elsewhere - no: refused (403) - lost: 404 -
bad: what was sent is refused beside its field (400, 409 or 422) - meth: this method is not for this page (405).
« calls:edit@draft » is the same address, pointing at a draft. POST sends an empty form; whatever it writes is taken
back. When a row is missing or differs, the test's answer is the row as it is: read it as a rule ("may this role
really?") before pasting it.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.pages import is_of_the_editors
from tests.house.roles import ROLES, World, build

WORDS = {200: "ok", 403: "no", 404: "lost", 410: "lost", 405: "meth", 400: "bad", 409: "bad", 422: "bad"}

TABLE = Path(__file__).with_name("urls_by_roles.txt")


def rows() -> dict[tuple[str, str], list[str]]:
    """(method, address) -> one word per role."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip()]
    assert tuple(lines[0]) == ROLES
    assert all(len(line) == len(ROLES) + 2 for line in lines[1:])
    return {(line[0], line[1]): line[2:] for line in lines[1:]}


def addresses(patterns: Iterable | None = None, prefix: str = "") -> dict[str, set[str]]:
    """Every address's name and its parameters."""
    found: dict[str, set[str]] = {}
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if is_of_the_editors(entry):
            continue
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found |= addresses(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            found[f"{prefix}{entry.name}"] = set(entry.pattern.converters)
    return found


def room_of(name: str) -> str:
    """The room of an address; those that a library names by itself are the door's."""
    return name.split(":")[0] if ":" in name else "accounts"


def gaps(patterns: Iterable | None, known: Iterable[str]) -> list[str]:
    """Addresses without rows and rows without address."""
    real, told = set(addresses(patterns)), set(known)
    return [
        *(f"no row in the table: {name}" for name in sorted(real - told)),
        *(f"no such address: {name}" for name in sorted(told - real)),
    ]


def answer(world: World, role: str, method: str, address: str) -> str:
    """What this person gets, as one word of the table; nothing stays written."""
    client = Client()
    cache.clear()  # each answer is a first one: nobody has tried too often
    if role != "nobody":
        client.force_login(world.people[role])
    with transaction.atomic():
        response = client.get(address) if method == "GET" else client.post(address)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    if response.status_code in (301, 302, 303):
        return "in" if response["Location"].startswith(reverse("accounts:sign_in")) and role == "nobody" else "go"
    return WORDS.get(response.status_code, str(response.status_code))


def test_every_address_has_its_two_rows_and_every_row_its_address():
    known = rows()
    assert gaps(None, {name.partition("@")[0] for _, name in known}) == []
    assert {(method, name) for name in addresses() for method in ("GET", "POST")} - set(known) == set()


def test_no_page_answers_a_post_as_if_it_were_read():
    """What is sent is done (go), refused beside its field (bad), or not for this page (meth): never passed over."""
    assert [name for (method, name), answers in rows().items() if method == "POST" and "ok" in answers] == []


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("room", sorted({room_of(name) for name in addresses()}))
def test_every_address_answers_every_role_as_the_table_says(room):
    world, known, wrong = build(), rows(), []
    for name, parameters in addresses().items():
        if room_of(name) != room:
            continue
        for variant in world.variants(name):
            arguments = world.arguments(variant, parameters)
            if arguments is None:
                wrong.append(f"tests/house/roles.py has no value for the parameters of {variant}: {sorted(parameters)}")
                continue
            address = reverse(name, kwargs=arguments)
            for method in ("GET", "POST"):
                got = [answer(world, role, method, address) for role in ROLES]
                if got != known.get((method, variant)):
                    cells = " ".join(f"{word:<{len(role)}}" for word, role in zip(got, ROLES, strict=True))
                    wrong.append(f"{method:<4} {variant:<26} {cells}".rstrip())
    if wrong:
        pytest.fail("\n".join(["these rows are not in the table:", *wrong]), pytrace=False)
