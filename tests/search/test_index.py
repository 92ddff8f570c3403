"""The index: put, dropped, compared, rebuilt; what `faubourg check` says of it; which rooms it knows."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from faubourg.core import cards, daily
from faubourg.core.cards import Listed
from faubourg.search import selectors, services
from faubourg.search.models import Listing, Word
from tests.search.ground import EXAMPLES, example, titles


def rows():
    """The index without its keys."""
    words = {}
    for listing, form, weight in Word.objects.values_list("listing", "form", "weight"):
        words.setdefault(listing, {})[form] = weight
    return {
        (row.kind, row.thing): (row.title, row.note, row.scope, row.args, row.position, row.digest, words.get(row.pk))
        for row in Listing.objects.order_by("pk")
    }


def test_put_again_replaces(examples):
    one = example("Vélo")
    services.put(Listed("example", one.thing, "Lecture", notes=("Nouveau",), args=("X-9",), scope="a", position=3))
    assert (titles("velo"), titles("lecture"), Listing.objects.count()) == ([], ["Lecture"], 1)
    assert selectors.find("nouveau").hits[0].url == "/projets/X-9/"


def test_drop_takes_a_thing_out_of_every_kind(examples):
    one = example("Vélo")
    services.put(Listed("secret", one.thing, "Vélo", scope="a"))
    services.drop(one.thing)
    assert (Listing.objects.count(), Word.objects.count()) == (0, 0)
    services.drop("X-never")


@pytest.mark.parametrize("count", [1, 3])
def test_put_costs_three_queries(examples, django_assert_num_queries, count):
    with django_assert_num_queries(3):
        services.put(*(Listed("example", f"X-{i}", "Vélo solidaire", args=("a",)) for i in range(count)))
    with django_assert_num_queries(0):
        services.put()


def test_settle_writes_what_differs_alone(examples, django_assert_num_queries):
    one, two = example("Vélo"), example("Lecture")
    with django_assert_num_queries(1):
        assert services.settle("example", [one, two]) == 0
    assert services.settle("example", [Listed("example", one.thing, "Trottinette", args=("a",))]) == 2
    assert [key for _, key in rows()] == [one.thing]
    assert titles("trottinette") == ["Trottinette"]


def test_rebuild_from_nothing_makes_the_same_index(examples):
    example("Vélo", notes=("Note",), words="mots", position=3)
    example("Lecture", kind="secret", scope="a")
    before = rows()
    Listing.objects.all().delete()
    assert (services.rebuild(), rows(), services.rebuild()) == (2, before, 0)


def test_check_tells_what_is_wrong(examples):
    assert list(selectors.faults()) == [
        "L’index de recherche est vide : personne n’y trouve rien. Lancez : faubourg manage search_rebuild"
    ]
    example("Vélo")
    assert list(selectors.faults()) == []
    Listing.objects.update(digest="old")
    EXAMPLES.append(Listed("example", "X-new", "Jamais dit"))
    (fault,) = selectors.faults()
    assert fault == (
        "L’index de recherche ne dit plus ce que disent les pages (2 fiches fausses ou absentes)."
        " Lancez : faubourg manage search_rebuild"
    )
    EXAMPLES.clear()  # one listing is left, of a thing that is no more
    (fault,) = selectors.faults()
    assert "(1 fiche fausse ou absente)" in fault


def test_the_command_and_the_day_put_it_right(examples, capsys):
    example("Vélo")
    Listing.objects.all().delete()
    call_command("search_rebuild")
    call_command("search_rebuild")
    assert capsys.readouterr().out.splitlines() == [
        "Recherche : 1 fiche remise d’accord.",
        "Recherche : l’index était juste.",
    ]
    Listing.objects.all().delete()
    assert ("faubourg.search.services.rebuild", 1) in [(done.path, done.treated) for done in daily.run()]


KINDS_OF = {
    "calls": {"application", "own_application", "desk_call", "call"},
    "partners": {"organisation", "theme", "contract"},
    "projects": {"project"},
    "territory": {"neighbourhood"},
    "website": {"page", "writing", "call", "project", "theme", "contract", "neighbourhood"},
}


def test_what_moves_while_it_is_rebuilt_is_seen_the_second_time(examples, monkeypatch):
    one = example("Vélo")
    Listing.objects.all().delete()
    write = services._write

    def withdrawn_meanwhile(listed):
        write(listed)
        EXAMPLES.clear()
        monkeypatch.setattr(services, "_write", write)

    monkeypatch.setattr(services, "_write", withdrawn_meanwhile)
    assert (services.rebuild(), one.title, titles("velo")) == (2, "Vélo", [])


@pytest.mark.django_db
@pytest.mark.parametrize("room", [card.label for card in cards.cards()])
def test_a_room_struck_from_the_list_takes_its_search_along(room, monkeypatch):
    """Its things, and those whose page stands in it."""
    assert reverse("website:home") == "/"  # the addresses are read once, of the whole house
    everything = {one.kind for one in cards.searched()}
    services.rebuild()
    left = [card for card in cards.cards() if card.label != room]
    monkeypatch.setattr(cards, "cards", lambda: left)
    assert {one.kind for one in cards.searched()} == everything - KINDS_OF.get(room, set())
    found = selectors.find("accessibilité")
    assert [hit.title for hit in found.hits] == ([] if room == "website" else ["Accessibilité"])
    services.rebuild()
    assert set(Listing.objects.values_list("kind", flat=True)) == ({"page"} if room != "website" else set())
    services.put(Listed("page", "website:home", "Accueil"))
    assert Listing.objects.filter(thing="website:home").exists() == (room != "website")


@pytest.mark.django_db
def test_the_first_filling_is_made_once():
    call_command("search_rebuild", "--if-empty", stdout=StringIO())
    assert list(selectors.faults()) == []
    Listing.objects.filter(kind="page").first().delete()
    call_command("search_rebuild", "--if-empty", stdout=StringIO())
    assert len(list(selectors.faults())) == 1
