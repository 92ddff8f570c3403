"""The example's site as its editor writes it: pages of themes and neighbourhoods, two free pages, two stories."""

import json
from datetime import date
from typing import Any

from faubourg.demo.world import DATA, World, text
from faubourg.website import services
from faubourg.website.models import FreePage, HomePage, NeighbourhoodPage, StoryPage, ThemePage
from faubourg.website.selectors import story_list


def build_site(world: World) -> None:
    """Facts are those of the town's public page (data/SOURCES.md), words are ours, drawings too."""
    editor = world.people["lison.brun@exemple.fr"]
    written: dict[str, Any] = json.loads(text("site.json"))
    home = services.lay_out_site(by=editor)
    for one in written["pages"]:
        page = FreePage(title=one["title"], slug=one["slug"], lead=one["lead"], show_in_menus=one["menu"])
        page.body = [("text", one["text"]), *((block, None) for block in one["blocks"])]
        services.put_up(page, home, by=editor)
    _things(world, home, written)
    stories = story_list()
    for one in written["stories"]:
        services.put_up(_story(world, one), stories, by=editor)


def _things(world: World, home: HomePage, written: dict[str, Any]) -> None:
    """Beside a theme, beside a neighbourhood."""
    editor = world.people["lison.brun@exemple.fr"]
    for slug, one in written["themes"].items():
        theme = world.themes[slug]
        page = ThemePage(title=theme.title, slug=f"theme-{slug}", objective=theme, lead=one["lead"])
        page.body = [("text", one["text"])]
        services.put_up(page, home, by=editor)
    for code, one in written["places"].items():
        place = world.places[code]
        beside = NeighbourhoodPage(title=place.name, slug=f"quartier-{place.slug}", neighbourhood=place)
        beside.body = [("text", one["text"])]
        services.put_up(beside, home, by=editor)


def _story(world: World, one: dict[str, Any]) -> StoryPage:
    photo = services.keep_photo(
        (DATA / one["file"]).read_bytes(), one["file"], title=one["name"], description=one["description"],
        credit="Faubourg, dessin", is_agreed=True, by=world.people["lison.brun@exemple.fr"],
    )  # fmt: skip
    body: list[tuple[str, Any]] = [("text", one["text"])]
    if "quote" in one:
        words, who = one["quote"]
        body.append(("quote", {"words": words, "who": who}))
    told_on = date.fromisoformat(one["told_on"])
    theme = world.themes[one["theme"]]
    return StoryPage(
        title=one["title"], slug=one["slug"], lead=one["lead"], told_on=told_on, photo=photo, objective=theme, body=body
    )
