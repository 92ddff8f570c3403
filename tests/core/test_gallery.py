"""The gallery and the error pages: they come, they say what to do, and axe finds nothing on them."""

import re
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import include, path

from faubourg.core import http
from faubourg.core.errors import Conflict, NotAllowed, Refusal

REASON = Refusal("L’État n’a plus que 4 000 €, il en manque 1 000. Rien n’a été écrit.")


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise {"no": NotAllowed, "conflict": Conflict, "refusal": Refusal}[kind](REASON.message)


def error(request: HttpRequest, name: str) -> HttpResponse:
    if name == "500":
        return http.server_error(request)
    return render(request, f"errors/{name}.html", {"refusal": REASON})


urlpatterns = [
    path("", include("faubourg.core.urls")),
    path("refus/<kind>/", refuse),
    path("erreur/<name>/", error),
]
handler404 = "faubourg.core.http.not_found"
ERRORS = ["400", "403", "404", "csrf", "refusal", "500"]


@pytest.fixture
def visitor(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/galerie/", "/galerie/?face=bureau", "/galerie/?nuit", "/galerie/?jour"])
def test_gallery_comes_in_every_dress(visitor: Client, address: str) -> None:
    page = visitor.get(address)
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1>") == 1
    assert ("data-theme" in html) == ("nuit" in address or "jour" in address)
    assert ('<body class="desk">' in html) == ("bureau" in address)


def test_gallery_ids_are_unique_and_targets_exist(visitor: Client) -> None:
    html = visitor.get("/galerie/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted({name for name in ids if ids.count(name) > 1}) == []
    asked = re.findall(r'(?:for|aria-labelledby)="([^"]+)"', html) + re.findall(r'href="#(i-[^"]+)"', html)
    for said in re.findall(r'aria-describedby="([^"]+)"', html):
        asked += said.split()
    assert sorted(set(asked) - set(ids)) == []


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_says_what_happened_and_what_to_do(visitor: Client, name: str) -> None:
    html = visitor.get(f"/erreur/{name}/").content.decode()
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
    assert "noindex" in html


@pytest.mark.parametrize(("kind", "status"), [("no", 403), ("conflict", 409), ("refusal", 422)])
def test_refusal_is_a_page_with_its_words(visitor: Client, kind: str, status: int) -> None:
    page = visitor.get(f"/refus/{kind}/")
    assert page.status_code == status
    assert REASON.message in page.content.decode()


@pytest.mark.django_db
def test_not_found_page(visitor: Client) -> None:
    page = visitor.get("/nulle-part/")
    assert page.status_code == 404
    assert "Il n’y a rien à cette adresse." in page.content.decode()


def test_server_error_needs_neither_request_nor_database() -> None:
    page = http.server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert page.content.decode() == render_to_string("errors/500.html")
    assert "{%" not in page.content.decode()
