"""Somebody in front of a browser: goes, reads, clicks, signs in by the link of a mail; and what the page says wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from faubourg.accounts.models import User
from tests.journeys.clockwork import HANDS

WIDE, NARROW = 1280, 360
PATIENCE = 20_000  # milliseconds: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
AXE = Axe()
ANSWERS = ("409", "422")  # a refusal is an answer; the browser calls it an error of the network
SCROLLS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visitor:
    """A person and their browser. ``said`` holds what went wrong on the way: no page may add to it."""

    browser: Browser
    address: str
    name: str
    script: bool = True
    width: int = WIDE
    dark: bool = False
    said: list[str] = field(default_factory=list)
    page: Page = field(init=False)
    reader: Page | None = None

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": self.width, "height": 800},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            color_scheme="dark" if self.dark else "light",
            java_script_enabled=self.script,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(f"{self.where}: {error}"))
        self.context.on("request", self._watch)

    @property
    def where(self) -> str:
        return urlparse(self.page.url).path

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(f"status of {answer}" in message.text for answer in ANSWERS):
            self.said.append(f"{self.where}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self.said.append(f"{self.where}: asks elsewhere, {request.url}")

    def leave(self) -> None:
        self.context.close()
        if self.reader:
            self.reader.close()

    # ------------------------------------------------------------------------------------------- going about
    def open(self, path: str) -> None:
        """Go there, look at the page."""
        if HANDS.instant:
            self.page.clock.set_fixed_time(HANDS.instant)
        answer = self.page.goto(path)
        assert answer
        assert answer.status == 200, f"{self.name} gets {answer.status} at {path}"
        self.look()

    def look(self) -> None:
        """Everything that must hold of a page that somebody sees."""
        faults = self.faults()
        assert not faults, "\n".join([f"{self.name} at {self.where}:", *faults])

    def faults(self) -> list[str]:
        found = [*self.said, *self.axe(), *self.sideways()]
        self.said.clear()
        return found

    def axe(self, *rules: str) -> list[str]:
        """What axe finds on the page, by all its rules or by these: « axe color-contrast: .tag.warn »."""
        only = {"runOnly": list(rules)} if rules else {}
        found = AXE.run(
            self.page if self.script else self._copied(), options={"resultTypes": ["violations"], **only}
        ).response["violations"]
        return [
            f"axe {fault['id']}: {' '.join(map(str, node['target']))} {node['html'][:160]}"
            for fault in found
            for node in fault["nodes"]
        ]

    def _copied(self) -> Page:
        """The page as it stands, where axe can run: a browser without script would not run axe either."""
        if self.reader is None:
            self.reader = self.browser.new_page(viewport={"width": self.width, "height": 800}, reduced_motion="reduce")
        html = self.page.content().replace("<head>", f'<head><base href="{self.address}/">', 1)
        self.reader.set_content(re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL))
        return self.reader

    def sideways(self) -> list[str]:
        over = self.page.evaluate(SCROLLS)
        return [f"scrolls sideways by {over} px"] if over > 0 else []

    def click(self, name: str, *, role: str = "button", within: Locator | None = None, exact: bool = False) -> None:
        """Press what bears this name and leads to a page; that page is looked at."""
        self.leads_on(lambda: self.find(name, role=role, within=within, exact=exact).click())

    def leads_on(self, gesture: Callable[[], Any]) -> None:
        """Do what leads to another page; look at it once it is there."""
        with self.page.expect_navigation(wait_until="load"):
            gesture()
        self.look()

    def follow(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        self.click(name, role="link", within=within, exact=exact)

    def find(self, name: str, *, role: Any = "button", within: Locator | None = None, exact: bool = False) -> Locator:
        return (within or self.page).get_by_role(role, name=name, exact=exact).first

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label).first.fill(text)

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_label(label).first.check()

    def reads(self, *texts: str) -> None:
        """These words stand on the page, or come within seconds (kinds of spaces do not count)."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text, use_inner_text=True)

    def does_not_read(self, *texts: str) -> None:
        shown = plain(self.page.locator("body").inner_text())
        for text in texts:
            assert plain(text) not in shown, f"{self.name} reads « {text} » at {self.where}:\n{shown}"

    # ------------------------------------------------------------------------------------------- coming in
    def sign_in(self, email: str) -> None:
        """Ask for a link, read the mail, open it, press « Entrer »."""
        self.open("/entrer/")
        self.write("Adresse électronique", email)
        self.click("Recevoir le lien")
        self.reads("Regardez votre boîte", email)
        self.open(link_in(last_mail(email)))
        self.click("Entrer", exact=True)

    def is_signed_in(self, user: User) -> None:
        """Where coming in is not the story: the session that « Entrer » would have opened."""
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.context.add_cookies([{"name": "session", "value": session.session_key or "", "url": self.address}])


def plain(text: str) -> str:
    """One kind of space, no break."""
    return re.sub(r"\s+", " ", text)


def last_mail(to: str) -> EmailMultiAlternatives:
    """The newest mail in somebody's box."""
    found = [message for message in mail.outbox if message.to == [to]]
    assert found, f"{to} has no mail"
    return found[-1]


def link_in(message: EmailMultiAlternatives) -> str:
    found = re.search(r"http://\S+", message.body)
    assert found
    return found[0]
