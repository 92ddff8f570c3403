"""The example world: built through the services of the rooms, the same on every machine, dates apart."""

import random

from django.conf import settings
from django.db import transaction

from faubourg.accounts import services as accounts
from faubourg.core import codes
from faubourg.demo import applications, ground, history, present, site
from faubourg.demo.cast import PEOPLE
from faubourg.demo.world import World
from faubourg.journal import services as journal
from faubourg.journal.selectors import entries_about
from faubourg.search import services as search

MARK = "world:grand-dax"  # the journal's line that says: the world is whole
LINK_MINUTES = 24 * 60


def world_is_ready() -> bool:
    """Was the world built to its end? It is one transaction: either all of it is there or nothing."""
    return entries_about(MARK).exists()


@transaction.atomic
def build_world() -> World:
    """Build everything, from the communes to last spring's public results."""
    world = World()
    with codes.drawn_from(random.Random(40088)):  # noqa: S311  the same codes everywhere: an example has no secret
        ground.build_territory(world)
        ground.build_people(world)
        history.build_contract(world)
        history.build_projects(world)
        present.build_contract(world)
        applications.build_calls(world)
        site.build_site(world)
    search.rebuild()  # the services listed all of it; the site's own pages are nobody's deed
    journal.record("build_world", MARK, room="demo", by=None)
    return world


def link_for(email: str) -> str | None:
    """A fresh sign-in token for one of the people shown at the door; None for anybody else."""
    if not any(person.email == email and person.shown for person in PEOPLE) or not world_is_ready():
        return None
    return accounts.mint_link(accounts.person_for(email, by=None), next="/bureau/", minutes=LINK_MINUTES)


def sign_in_links(base_url: str = "") -> list[tuple[str, str, str]]:
    """(role, person, link) for each account shown at the door; the links are new each time."""
    base = (base_url or settings.BASE_URL).rstrip("/")
    return [
        (person.shown, f"{person.first_name} {person.last_name} <{person.email}>", f"{base}/entrer/{token}/")
        for person in PEOPLE
        if (token := link_for(person.email))
    ]
