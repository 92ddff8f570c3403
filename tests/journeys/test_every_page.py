"""Each page of each role in the example world, wide and narrow: nothing wrong said, nothing fetched elsewhere,
no sideways scroll, axe finds nothing; public pages by day and by night. Pages are found as people find them, by
following links; the table of addresses says which ones must have been found.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from faubourg.calls.models import Application, Call
from faubourg.core import clock
from faubourg.demo.services import build_world
from tests.conftest import NOW
from tests.house.test_urls_by_roles import ROLES, rows
from tests.journeys.conftest import standing
from tests.journeys.ground import person
from tests.journeys.visitor import NARROW, WIDE, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once]

PEOPLE = {
    "nobody": "",
    "resident": "lea.martin@exemple.fr",
    "officer": "nadege.lesca@exemple.fr",
    "funder": "paul.dubos@exemple.fr",
    "elected": "marc.darrigade@exemple.fr",
    "signer": "michel.dupouy@exemple.fr",
    "member": "ines.haddad@exemple.fr",
    "council": "fatou.diallo@exemple.fr",
    "company": "hugo.labat@exemple.fr",
}
FILES = {
    "calls:piece", "calls:paper", "calls:csv", "partners:proof", "partners:logo", "desk:enclosure",
    "website:results_csv", "website:security", "website:photo",  # asked for by machines, no link leads there
}  # fmt: skip
OF_EVERYBODY = ("website", "core", "demo")  # these rooms' pages are the same for all: nobody walks them
# Pages that no link of a world at rest leads to: what comes after an act, or an act that nobody waits for.
NOT_ON_THE_WAY = {
    "accounts:sent", "accounts:link", "accounts:again", "partners:decide", "partners:invitation",
    "partners:invitation_mine", "partners:contact_change", "partners:merge", "calls:sent",
    # what a forgotten password, a closed account or a key of one's own leads to: tests/journeys/test_door.py
    "account_login", "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_inactive", "account_logout", "mfa_list_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip
LINKS = "all => all.map(a => a.href)"


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The example world, once for the module. The name is pytest-django's, which makes a database for who asks it."""

    def build() -> None:
        with clock.at(NOW):
            build_world()

    with standing(django_db_blocker, build):
        yield


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_is_well(role, db, visitor):
    """Every page that this role finds."""
    walker = visitor(role)
    if PEOPLE[role]:
        walker.is_signed_in(person(PEOPLE[role]))
    walk = Walk(walker, role)
    walk.go(doors(role))
    assert "\n".join(walk.faults) == ""
    assert walk.missed() == set()


def doors(role: str) -> list[str]:
    """Where the walk begins; and what is only reached by an act, as « Votre dossier est déposé »."""
    if role == "nobody":
        return ["/", "/plan-du-site/", "/galerie/", "/sortir/", "/recherche/?q=projet", "/recherche/?q=vello"]
    searches = ["/bureau/recherche/?q=velo", "/organismes/chercher/?q=Cuy"]
    begun = ["/bureau/", "/dossiers/", "/organismes/", *searches, "/sortir/"]
    if role not in ("signer", "member"):
        return begun
    theirs = Application.objects.filter(organisation__name="Roue libre 40").exclude(reference="").order_by("pk")
    claims = ["/organismes/demandes/"] if role == "signer" else []
    return [*begun, *claims, f"/dossiers/{theirs[0].code}/depose/"]


class Walk:
    """Follows every link to a kind of page that was not seen yet."""

    def __init__(self, walker: Visitor, role: str) -> None:
        self.walker, self.role = walker, role
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.names: set[str] = set()

    def go(self, doors: list[str]) -> None:
        waiting = list(doors)
        while waiting:
            path = waiting.pop(0)
            kind = self.kind(path)
            if kind and kind not in self.seen:
                self.seen.add(kind)
                self.names.add(kind.split("|")[0])
                waiting += self.visit(path)

    def kind(self, path: str) -> str:
        """Pages of one kind are tried once: the page's name, the state of its thing, with or without a filter."""
        parts = urlsplit(path)
        try:
            found = resolve(parts.path)
        except Resolver404:
            self.faults.append(f"a link leads nowhere: {path}")
            return ""
        if found.view_name == "wagtail_serve":  # each page that editors wrote, and where the tree leads nowhere
            return f"{found.view_name}|{path}" if self.role == "nobody" else ""
        if found.view_name.startswith("wagtail"):
            return ""  # the desk of editors: tests/journeys/test_editor.py
        room = found.view_name.split(":")[0]
        if found.view_name in FILES or (room in OF_EVERYBODY and self.role != "nobody"):
            return ""
        code = found.kwargs.get("code", "")
        things = [*Application.objects.filter(code=code)[:1], *Call.objects.filter(code=code)[:1]]
        state = things[0].state if things else found.kwargs.get("step", "")
        return f"{found.view_name}|{state}|{'asked' if parts.query else ''}"

    def visit(self, path: str) -> list[str]:
        """Look at the page in every way; give the links on it."""
        walker, page = self.walker, self.walker.page
        page.set_viewport_size({"width": WIDE, "height": 800})
        answer = page.goto(path)
        if not answer or answer.status != 200:
            self.faults.append(f"{path}: {answer and answer.status}")
        self.note(path, "wide", walker.faults())
        links = page.locator("a[href^='/'], a[href^='?']").evaluate_all(LINKS)
        page.set_viewport_size({"width": NARROW, "height": 740})
        self.note(path, "narrow", walker.faults())
        if self.role == "nobody":
            page.emulate_media(color_scheme="dark")
            self.note(path, "by night", walker.axe("color-contrast"))
            page.emulate_media(color_scheme="light")
        return [link.removeprefix(walker.address).partition("#")[0] for link in links]

    def note(self, path: str, how: str, faults: list[str]) -> None:
        self.faults += [f"{path} {how}: {fault}" for fault in faults]

    def missed(self) -> set[str]:
        """Pages that the table shows to this role and that the walk did not find."""
        column = ROLES.index(self.role)
        shown = {
            name
            for (method, name), answers in rows().items()
            if method == "GET" and answers[column] == "ok" and "@" not in name
        }
        if self.role != "nobody":
            shown = {name for name in shown if name.split(":")[0] not in OF_EVERYBODY}
        return shown - FILES - NOT_ON_THE_WAY - self.names
