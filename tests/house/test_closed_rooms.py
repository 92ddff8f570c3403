"""A town closes a room: its paths, menu, daily run, checks and register go, and what is left stands and works."""

import json
import re
import subprocess
import sys

import pytest
from django.conf import settings

from faubourg.config import settings as written
from faubourg.core.cards import cards, way_to
from tests.databases import environment
from tests.house import needs
from tests.house.pages import url_names
from tests.house.places import ROOT, sources

pytestmark = [pytest.mark.once, pytest.mark.clock(None)]
CLOSABLE = [room for room in settings.ROOMS if room not in settings.ALWAYS_OPEN]


def test_each_card_says_what_its_room_needs():
    assert needs.untrue_needs(ROOT) == []


def test_no_page_leads_blindly_to_a_room_that_may_be_closed():
    assert needs.blind_ways(ROOT) == []


def test_what_never_closes_stands_by_itself():
    """The command's own rooms are among them, and nothing there needs a room that may be closed."""
    whole = needs.with_what_they_need(ROOT)
    assert {need for room in settings.ALWAYS_OPEN for need in whole[room]} == set(settings.ALWAYS_OPEN)
    hall = " ".join(source.text for source in sources() if source.room == "config" and source.part != "urls")
    named = set(re.findall(r"faubourg\.(\w+)\.\w", hall)) & set(settings.ROOMS)
    # the one is asked for by `faubourg demo`, which opens it; the other named to a library that goes with it
    assert named - set(settings.ALWAYS_OPEN) == {"demo", "website"}


def closing(room):
    """The room, with those above it that need it."""
    return [one for one in settings.ROOMS if room in needs.with_what_they_need(ROOT)[one]]


def faubourg(folder, closed, *command):
    home = environment(f"sqlite:///{folder / 'base.sqlite3'}", folder, FAUBOURG_CLOSED_ROOMS=",".join(closed))
    home["DJANGO_SETTINGS_MODULE"] = "faubourg.config.settings"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", *command], cwd=ROOT, env=home, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("room", CLOSABLE)
def test_a_closed_room_takes_everything_along_and_the_rest_works(room, tmp_path):
    closed = closing(room)
    done = faubourg(tmp_path, closed, "tests.house.closed")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    left = [card for card in cards() if card.label not in closed]
    first_page = {"first_page"} if "website" in closed else set()  # « / » leads to one's own page
    assert {name.partition(":")[0] for name in found["menu"]} & set(closed) == set()
    assert found == {
        "rooms": [card.label for card in left],
        "addresses": sorted({name for name in url_names() if name.partition(":")[0] not in closed} | first_page),
        "menu": sorted(item.url_name for card in left for item in card.menu),
        "daily": [path for card in left for path in card.daily],
        "checks": [path for card in left for path in card.checks],
        "register": [row.what for card in left for row in card.personal_data],
        "broken": [],
        "failed": [],
        "problems": [],
    }


LACKS = {
    "calls": (
        "la pièce « calls » manque à « desk », « website », « demo » : rouvrez-la",
        ", ou écrivez FAUBOURG_CLOSED_ROOMS=calls,demo,desk,website",
    ),
    "funding,questions,demo,website": (
        "les pièces « funding », « questions » manquent à « projects », « calls » : rouvrez-les",
        ", ou écrivez FAUBOURG_CLOSED_ROOMS=calls,demo,desk,funding,projects,questions,website",
    ),
    "partners": ("FAUBOURG_CLOSED_ROOMS : « partners » ne se ferme pas",),
    "websit": ("FAUBOURG_CLOSED_ROOMS : « websit » n’est pas une pièce. Il y a : ", ", ".join(written.ROOMS)),
}


@pytest.mark.parametrize("closed", LACKS)
def test_a_list_that_does_not_stand_is_refused_in_one_french_line(closed, tmp_path):
    done = faubourg(tmp_path, closed.split(","), "faubourg.config.cli", "check")
    line = f"Un réglage ne convient pas : {''.join(LACKS[closed])}. La liste est dans docs/settings.md.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)


def test_the_list_that_is_proposed_is_accepted(tmp_path):
    said = faubourg(tmp_path, ["funding"], "faubourg.config.cli", "check").stderr
    proposed = re.search(r"FAUBOURG_CLOSED_ROOMS=(\S+)\.", said)[1].split(",")
    assert set(proposed) == set(closing("funding"))
    assert faubourg(tmp_path, proposed, "faubourg.config.cli", "check").stdout.startswith("✗ Il manque")


def test_the_example_opens_its_own_room(tmp_path):
    """`faubourg demo` sets FAUBOURG_DEMO: what a town closed for its real site is no matter there."""
    code = "from faubourg.config import settings; print(settings.ROOMS[-1])"
    for demo, last in (("", "website"), ("1", "demo")):
        seen = environment("", tmp_path, FAUBOURG_CLOSED_ROOMS="demo", FAUBOURG_DEMO=demo)
        seen.pop("DATABASE_URL")
        said = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=seen, text=True)  # noqa: S603
        assert said.strip() == last


def test_a_way_into_a_closed_room_is_nothing(monkeypatch):
    assert way_to("website:call_list") == "/appels-a-projets/"
    assert way_to("website:call", "2027") == "/appels-a-projets/2027/"
    monkeypatch.setattr("django.apps.apps.is_installed", lambda name: name != "faubourg.website")
    assert way_to("website:call_list") == ""
