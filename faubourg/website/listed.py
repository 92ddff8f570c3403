"""What the search finds of the site: the pages that are always there, each named by its address's name, and what
editors publish."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from faubourg.core.cards import Listed
from faubourg.website.models import FreePage, NeighbourhoodPage, SitePage, StoryPage, ThemePage
from faubourg.website.models.pages import NOWHERE, Beside

PAGES = (  # address, title, what it is about
    (
        "website:call_list",
        "Appels à projets",
        "Déposer un projet, demander une subvention : dates, règlement, résultats",
    ),
    ("website:project_list", "Projets soutenus", "Qui fait quoi, où, depuis quand : associations, porteurs, montants"),
    ("website:neighbourhood_list", "Quartiers", "Les quartiers prioritaires (QPV), leurs habitants, leur carte"),
    ("website:contract", "Le contrat de ville", "Signataires, partenaires, objectifs, piliers, avenants"),
    ("website:accessibility", "Accessibilité", "Déclaration de conformité au RGAA, signaler un obstacle, handicap"),
    ("website:legal", "Mentions légales", "Éditeur, directeur de la publication, hébergeur, licence"),
    ("website:privacy", "Données personnelles", "Confidentialité, RGPD, vos droits, effacement, cookies, traceurs"),
)


def listed_pages() -> Iterator[Listed]:
    for place, (name, title, words) in enumerate(PAGES):
        yield Listed("page", name, title, (words,), position=-place)


def listed_writings() -> Iterator[Listed]:
    """What is published, with the words that editors wrote; beside a theme, at the theme's address. Four queries."""
    for model in (StoryPage, FreePage, ThemePage, NeighbourhoodPage):
        for page in _live(model):
            if page.address != NOWHERE:
                yield listed_writing(page)


def _live(model: type[SitePage]) -> QuerySet[Any]:
    beside = [name for name in ("objective", "neighbourhood") if issubclass(model, Beside) and hasattr(model, name)]
    return model.objects.live().select_related(*beside).order_by("pk")


def listed_writing(page: SitePage) -> Listed:
    return Listed(
        "writing", f"page:{page.pk}", page.title, tuple(filter(None, (page.lead,))), _words(page),
        args=(page.address.lstrip("/"),),
    )  # fmt: skip


def _words(page: SitePage) -> str:
    """All that is written in its blocks, without their marks."""
    return " ".join(text for block in page.body for text in block.block.get_searchable_content(block.value))
