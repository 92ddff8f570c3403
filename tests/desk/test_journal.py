"""The journal's page: filters, words in French, and the truth about the chain, when one asks."""

import ast
from unittest import mock

import pytest
from django.urls import reverse

from faubourg.calls.workflow import APPLICATION, CALL
from faubourg.desk.words import deed_of, line_of, url_of
from faubourg.journal import services as journal
from faubourg.journal.models import Entry
from faubourg.notifications.workflow import MAIL
from tests.factories import calls as call_factory
from tests.factories.journal import Actor
from tests.factories.partners import officer
from tests.house.places import sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(officer())
    return client


def things(desk, **query):
    return [line.entry.thing for line in desk.get(reverse("desk:journal"), query).context["lines"]]


def test_the_last_deed_comes_first_and_filters_narrow(desk):
    journal.record("submit", "D-AAAA2222", room="calls", by=Actor())
    journal.record("decide", "D-AAAA2222:E-BBBB3333", room="calls", amounts={"decided": 100_00}, by=None)
    journal.record("commit", "G-CCCC4444", room="funding", by=None)
    assert things(desk) == ["G-CCCC4444", "D-AAAA2222:E-BBBB3333", "D-AAAA2222"]
    assert things(desk, objet="d-aaaa2222 ") == ["D-AAAA2222:E-BBBB3333", "D-AAAA2222"]
    assert things(desk, objet="E-BBBB3333") == ["D-AAAA2222:E-BBBB3333"]
    assert things(desk, piece="funding") == ["G-CCCC4444"]
    assert things(desk, auteur=Actor().code.lower()) == ["D-AAAA2222"]
    assert things(desk, piece="rien") == things(desk)
    assert "Aucun geste ne répond" in desk.get(reverse("desk:journal"), {"objet": "X-1"}).content.decode()


def test_a_deed_is_said_in_french():
    entry = journal.record(
        "admit",
        "D-AAAA2222",
        room="calls",
        before="submitted",
        after="admissible",
        amounts={"asked": 5_000_00},
        by=None,
    )
    line = line_of(entry)
    assert (line.room, line.deed, line.step, line.amounts) == (
        "appels à projets", "déclaré recevable", "déposé → recevable", "demandé 5\u202f000\u202f€",
    )  # fmt: skip
    assert line.url == reverse("calls:desk_application", args=["D-AAAA2222"])
    call = line_of(journal.record("publish", "call:2027", room="calls", before="draft", after="published", by=None))
    assert (call.step, call.url) == ("en préparation → publié", reverse("calls:call_edit", args=["2027"]))
    file = line_of(journal.record("attach", "D-AAAA2222", room="calls", amounts={"bytes": 15_071}, by=None))
    assert (file.step, file.amounts) == ("", "16 ko")
    assert line_of(journal.record("share", "call:1", room="x", before="same", after="same", by=None)).step == "same"
    assert url_of("G-CCCC4444") == ""


def recorded() -> set[tuple[str, str]]:
    """(room, verb) of every deed that the code writes down."""
    found = {("calls", move.name) for flow in (CALL, APPLICATION) for move in flow.moves}
    found |= {("notifications", move.name) for move in MAIL.moves if move.name not in {"deliver", "give_up"}}
    for source in sources():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "record":
                verbs = ast.walk(node.args[0]) if node.args else []
                found |= {
                    (source.room, one.value)
                    for one in verbs
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return found


def test_every_deed_has_its_words():
    deeds = recorded()
    assert ("calls", "decide") in deeds
    assert sorted(f"{room}: {verb}" for room, verb in deeds if deed_of(room, verb) == verb) == []


def test_the_chain_is_read_again_only_when_asked(desk):
    journal.record("submit", "D-AAAA2222", room="calls", by=None)
    with mock.patch("faubourg.desk.views.journal.verify", return_value=[]) as verify:
        desk.get(reverse("desk:journal"))
        assert verify.call_count == 0
    text = desk.get(reverse("desk:journal"), {"verifier": "oui"}).content.decode()
    assert "Le journal est entier." in text
    assert Entry.objects.get(thing="D-AAAA2222").digest in text
    with mock.patch("faubourg.desk.views.journal.verify", return_value=["Journal, ligne 1 : elle a été retirée."]):
        text = desk.get(reverse("desk:journal"), {"verifier": "oui"}).content.decode()
    assert "Le journal a été touché." in text
    assert "elle a été retirée" in text


@pytest.mark.parametrize("count", [1, 60])
def test_pages_hold_fifty_lines_in_seven_queries(desk, django_assert_num_queries, count):
    for _ in range(count):
        journal.record("submit", "D-AAAA2222", room="calls", by=None)
    with django_assert_num_queries(7):
        lines = desk.get(reverse("desk:journal"), {"objet": "D-AAAA2222"}).context["lines"]
    assert len(lines) == min(count, 50)


def test_what_was_never_sent_has_no_page_to_lead_to(desk):
    draft = call_factory.draft()
    sent = call_factory.submitted_application(draft.call, draft.organisation)
    for application in (draft, sent):
        journal.record("attach", application.code, room="calls", by=None)
    lines = {
        line.entry.thing: line.url for line in desk.get(reverse("desk:journal"), {"piece": "calls"}).context["lines"]
    }
    assert lines[draft.code] == ""
    assert lines[sent.code] == reverse("calls:desk_application", args=[sent.code])
