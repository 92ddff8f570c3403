"""The two pages: what they say of what was found, safely, whatever is asked."""

import re

import pytest
from django.urls import reverse

from faubourg.partners.enums import Role
from faubourg.search import services
from faubourg.search.models import Listing
from tests.factories.partners import OrganisationFactory, member
from tests.search.ground import example

PAGES = pytest.mark.parametrize("page", ["website:search", "desk:search"])


@pytest.fixture
def read(client, examples):
    """The page's text for a question, its words in one line, spaces of one kind."""
    client.force_login(member(Role.SIGNER, OrganisationFactory.create(name="Boussole")))

    def get(name, text=None, status=200, **more):
        asked = {} if text is None else {"q": text}
        response = client.get(reverse(name), {**asked, **more})
        assert response.status_code == status
        content = response.content.decode()
        found = content.partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", " ", re.sub("[\u00a0\u202f]", " ", found))

    return get


@PAGES
def test_what_is_found_stands_under_its_kind_with_its_words_marked(page, read):
    example("Vélo-école", notes=("Roue libre, vélos réparés",))
    text = read(page, "velo")
    assert "1 résultat pour « velo »." in text
    assert ">Exemples</h2>" in text
    assert '<a href="/projets/X-0/"><mark>Vélo</mark>-école</a>' in text
    assert '<span class="sub">Roue libre, <mark>vélos</mark> réparés</span>' in text
    assert 'value="velo"' in text


@PAGES
def test_each_state_is_told(page, read):
    example("Vélo")
    example("Lecture")
    assert "avec ou sans accents" in read(page)
    assert "Ces mots sont trop courants" in read(page, "de la")
    assert "Rien ne répond à ces mots" in read(page, "introuvable")
    assert "Aucune page ne contient « vello ». Voici ce qui s’écrit presque pareil." in read(page, "vello")
    assert "Rien ne contient « zut », ni « flûte » : la recherche s’est faite sans." in read(page, "vélo zut flûte")
    assert "Aucune page ne contient tous ces mots" in read(page, "vélo lecture")


@PAGES
def test_many_of_a_kind_lead_to_their_pages(page, read):
    for number in range(21):
        example(f"Vélo {number}", position=number)
    example("Lecture")
    assert 'href="?q=v%C3%A9lo+lecture&amp;nature=example"' not in read(page, "vélo lecture")
    text = read(page, "vélo")
    assert (text.count('<a href="/projets/'), "Vélo 0<" in text) == (20, False)
    assert 'href="?q=v%C3%A9lo&amp;page=2"' in text
    assert read(page, "vélo", page="2").count('<a href="/projets/') == 1
    assert "21 résultats" in read(page, "vélo", page="'x", nature="<b>")


def test_several_kinds_lead_to_one_and_back(read, monkeypatch):
    monkeypatch.setattr("tests.search.ground.reach", lambda user: None)
    for number in range(7):
        example(f"Vélo {number}")
    example("Vélo secret", kind="secret")
    text = read("desk:search", "velo")
    assert '<a class="more" href="?q=velo&amp;nature=example">Voir les 7 résultats : Exemples</a>' in text
    text = read("desk:search", "velo", nature="example")
    assert "8 résultats pour « velo », dont 7 ici." in text
    assert '<a href="?q=velo">Voir aussi les autres résultats</a>' in text
    assert "Vélo secret" not in text


@PAGES
def test_nothing_typed_becomes_a_tag(page, read):
    example("<script>alert('vélo')</script>", notes=('vélo" onclick="x',))
    text = read(page, "vélo <img src=x> script onclick")
    assert "<script" not in text.replace("<script src", "")
    assert "<img" not in text
    assert "&lt;<mark>script</mark>&gt;alert(&#x27;<mark>vélo</mark>" in text
    assert "<mark>vélo</mark>&quot; <mark>onclick</mark>=" in text


@PAGES
@pytest.mark.parametrize("asked", ["x" * 1000, "mot " * 250, "%", "_", "'", '"', "é", "\uffff", "{{ mot }}"])
def test_whatever_is_asked_the_page_answers(page, read, asked):
    example("100 % vélo")
    assert "Rien ne répond" in (text := read(page, asked)) or "trop courants" in text


@PAGES
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_few_queries(page, count, read, django_assert_num_queries):
    for number in range(count):
        example(f"Vélo {number}")
    own = {"website:search": 3, "desk:search": 6}[page]  # the desk: the session, the person, their roles
    with django_assert_num_queries(own):
        read(page, "velo")


def test_a_page_that_is_no_more_is_passed_over(client, db):
    services.rebuild()
    Listing.objects.filter(thing="website:legal").update(thing="website:gone")
    for more in ({}, {"nature": "page"}):
        response = client.get("/recherche/", {"q": "mentions", **more})
        assert (response.status_code, response.context["found"].hits) == (200, [])


def test_results_are_not_for_robots_and_searching_is_offered_everywhere(client, db):
    services.rebuild()
    text = client.get("/recherche/", {"q": "accessibilité"}).content.decode()
    assert '<meta name="robots" content="noindex">' in text
    assert '<a href="/accessibilite/"><mark>Accessibilité</mark></a>' in text
    assert text.count('href="/recherche/"') == 3  # the bar, the menu, the foot
    lost = client.get("/rien/ici/").content.decode()
    assert re.search(r'<form[^>]* role="search" action="/recherche/">', lost)
    assert "Que cherchiez-vous" in lost
