"""In a real browser: axe on the gallery and the error pages, and the script's help: autosave, totals, grid."""

import json
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Browser, Page, expect

from tests import parts
from tests.core.test_gallery import ERRORS, error

CHROMIUM = parts.chromium()
pytestmark = [
    pytest.mark.journey,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium"),
]
FORM = """{% extends "layouts/public.html" %}{% block title %}Essai{% endblock %}
{% block scripts %}{% include "core/_script.html" %}{% endblock %}
{% block content %}<div class="wrap page"><h1>Essai</h1>
<form class="form" method="post" data-autosave="/champ/" data-version="1">{% csrf_token %}
<input type="hidden" name="version" value="1">
<div class="field"><label for="t">Titre</label><input id="t" name="title" value="Vélo"></div>
<div class="field"><label for="n">Note</label><input id="n" name="note" value=""></div>
<p class="saved" role="status" data-saved></p></form></div>{% endblock %}"""


class Server:
    """What the far side has, and what it will answer."""

    sent: ClassVar[list[dict[str, str]]] = []
    answer: ClassVar[tuple[int, dict[str, Any]]] = (200, {"version": 2, "problem": ""})


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(FORM).render({}, request))


def take(request: HttpRequest) -> JsonResponse:
    Server.sent.append({name: str(request.POST[name]) for name in ("name", "value", "seen", "version")})
    status, told = Server.answer
    return JsonResponse(told, status=status)


urlpatterns = [
    path("", include("faubourg.core.urls")),
    path("erreur/<name>/", error),
    path("essai/", form),
    path("bureau/", include(([path("", form, name="home")], "desk"))),  # so that « Mon espace » stands in the bar
    path("site/", include(([path("", form, name="home")], "website"))),  # and « Le site public » in the desk's menu
    path("champ/", take),
]


@pytest.fixture
def address(live_server: Any, settings: Any) -> str:
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["*"]
    settings.DEMO = True  # the line that says so is part of the page
    Server.sent.clear()
    Server.answer = (200, {"version": 2, "problem": ""})
    return str(live_server.url)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: Any, width: int) -> None:
    context = browser.new_context(
        base_url=address, locale="fr-FR", color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page, found, aside = context.new_page(), [], []
    for where in ["/galerie/", "/galerie/?face=bureau", *(f"/erreur/{name}/" for name in ERRORS)]:
        page.goto(where)
        page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })")
        result = Axe().run(page)
        if result.violations_count:
            found.append((where, result.generate_report()))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            aside.append(where)
    context.close()
    assert found == []
    assert aside == []  # nothing scrolls sideways at 320 px


def test_content_policy_is_kept_by_every_component(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/galerie/")
    page.goto("/galerie/?face=bureau")
    assert said == []


def test_skip_link_is_the_first_stop(page: Page) -> None:
    page.goto("/essai/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_autosave_sends_the_field_and_says_when(page: Page) -> None:
    page.goto("/essai/")
    page.get_by_label("Titre").fill("Vélo solidaire")
    page.get_by_label("Titre").blur()
    expect(page.get_by_role("status")).to_contain_text("Enregistré à")
    assert Server.sent == [{"name": "title", "value": "Vélo solidaire", "seen": "Vélo", "version": "1"}]
    assert page.locator("[name=version]").input_value() == "2"
    assert page.evaluate("localStorage.length") == 0


def test_autosave_shows_the_problem_beside_the_field(page: Page) -> None:
    Server.answer = (200, {"version": 2, "problem": "Ce titre est trop court."})
    page.goto("/essai/")
    page.get_by_label("Titre").fill("V")
    page.get_by_label("Titre").blur()
    expect(page.locator(".field.bad .err")).to_have_text("Ce titre est trop court.")
    expect(page.get_by_label("Titre")).to_have_attribute("aria-invalid", "true")
    Server.answer = (200, {"version": 3, "problem": ""})
    page.get_by_label("Titre").fill("Vélos")
    page.get_by_label("Titre").blur()
    expect(page.locator(".err")).to_have_count(0)


def test_autosave_refused_for_good_is_said_and_not_tried_again(page: Page) -> None:
    Server.answer = (422, {"problem": "L’appel est clos. Votre texte est gardé."})
    page.goto("/essai/")
    page.get_by_label("Titre").fill("Trop tard")
    page.get_by_label("Titre").blur()
    expect(page.locator(".err")).to_have_text("L’appel est clos. Votre texte est gardé.")
    assert page.get_by_label("Titre").input_value() == "Trop tard"


@pytest.mark.parametrize(
    ("choice", "kept", "sent"),
    [("Garder ma version", "À moi", 2), ("Prendre l’autre", "À eux", 1)],
)
def test_autosave_clash_shows_both_and_overwrites_nothing(page: Page, choice: str, kept: str, sent: int) -> None:
    Server.answer = (409, {"theirs": "À eux", "by": "Nadège"})
    page.goto("/essai/")
    page.get_by_label("Titre").fill("À moi")
    page.get_by_label("Titre").blur()
    expect(page.get_by_text("Nadège a écrit « À eux » entre-temps.")).to_be_visible()
    Server.answer = (200, {"version": 5, "problem": ""})
    page.get_by_role("button", name=choice).click()
    expect(page.get_by_role("status")).to_contain_text("Enregistré à")
    assert page.get_by_label("Titre").input_value() == kept
    assert len(Server.sent) == sent
    assert Server.sent[-1]["seen"] == ("À eux" if sent == 2 else "Vélo")


def test_autosave_without_network_keeps_and_sends_later(page: Page) -> None:
    page.goto("/essai/")
    page.context.set_offline(True)
    page.get_by_label("Note").fill("Dans le tunnel")
    page.get_by_label("Note").blur()
    expect(page.get_by_role("status")).to_contain_text("1 champ pas encore enregistré")
    expect(page.locator(".field.unsent")).to_contain_text("le réseau est coupé")
    assert json.loads(page.evaluate("localStorage.getItem('unsent:/champ/')")) == {"note": ["Dans le tunnel", ""]}
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Enregistré à")
    assert Server.sent == [{"name": "note", "value": "Dans le tunnel", "seen": "", "version": "1"}]


def test_autosave_after_a_closed_window_takes_back_what_was_not_sent(page: Page) -> None:
    Server.answer = (503, {})
    page.goto("/essai/")
    page.get_by_label("Note").fill("Gardée")
    page.get_by_label("Note").blur()
    expect(page.locator(".field.unsent")).to_be_visible()
    Server.answer = (200, {"version": 2, "problem": ""})
    page.goto("/essai/")
    expect(page.get_by_role("status")).to_contain_text("Enregistré à")
    assert page.get_by_label("Note").input_value() == "Gardée"
    assert page.evaluate("localStorage.length") == 0


def test_autosave_kept_text_does_not_overwrite_a_newer_one(page: Page) -> None:
    page.goto("/essai/")
    page.evaluate("""localStorage.setItem("unsent:/champ/", '{"title": ["Ancien", "Autre"]}')""")
    page.goto("/essai/")
    expect(page.get_by_text("a écrit « Vélo » entre-temps")).to_be_visible()
    assert Server.sent == []


def test_budget_totals_follow_the_hand(page: Page) -> None:
    page.goto("/galerie/")
    page.locator("#ge").fill("7 100")
    expect(page.locator("[data-gap]")).to_have_text("Le budget est équilibré")
    page.locator("#ge").fill("7 1OO")
    expect(page.locator("[data-gap]")).to_contain_text("Il manque 7\u202f100\u202f€ de produits")
    page.locator("#ge").fill("6600,5")
    page.locator("#ge").blur()
    assert page.locator("#ge").input_value() == "6\u202f600,50"


def test_menu_on_a_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/galerie/?face=bureau")
    page.locator("details.menu > summary").press("Enter")
    expect(page.locator("details.menu nav")).to_be_visible()
    page.locator("details.menu a").first.press("Escape")
    expect(page.locator("details.menu nav")).to_be_hidden()
    expect(page.locator("details.menu > summary")).to_be_focused()
