"""The visitor itself sees what no page may do: planted faults, each found."""

from typing import Any

import pytest

from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.journey,
    pytest.mark.once,
    pytest.mark.django_db,
]  # the server asks for a database, these pages do not

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Une page</title></head>
<body><main><h1>Titre</h1>%s</main></body></html>"""
FAULTS = {
    '<img src="http://ailleurs.example/x.png" alt="">': "asks elsewhere, http://ailleurs.example/x.png",
    "<h3>Un niveau sauté</h3>": "axe heading-order: h3",
    '<p style="color:#ccc;background:#fff">Pâle</p>': "axe color-contrast: p",
    '<p style="width:3000px">Large</p>': "scrolls sideways by",
    '<script>console.error("aïe")</script>': "aïe",
    "<script>rien()</script>": "rien is not defined",
}


@pytest.fixture
def her(visitor: Any) -> Visitor:
    one: Visitor = visitor("her")
    one.context.route("http://ailleurs.example/**", lambda route: route.abort())
    return one


def shown(her: Visitor, part: str) -> list[str]:
    her.context.route("**/fausse/", lambda route: route.fulfill(body=PAGE % part, content_type="text/html"))
    her.page.goto("/fausse/")
    return her.faults()


@pytest.mark.parametrize("part", FAULTS)
def test_a_fault_of_a_page_is_seen(part, her):
    assert FAULTS[part] in "\n".join(shown(her, part))


def test_a_page_without_fault_has_none(her):
    assert shown(her, "<p>Tout va bien.</p>") == []
