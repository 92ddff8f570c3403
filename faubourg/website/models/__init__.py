"""What editors write: photos and pages. Everything else that the site shows belongs to the rooms below."""

from faubourg.website.models.pages import (
    FreePage,
    HomePage,
    NeighbourhoodPage,
    SitePage,
    StoryListPage,
    StoryPage,
    ThemePage,
)
from faubourg.website.models.photos import Photo, Rendition

__all__ = [
    "FreePage",
    "HomePage",
    "NeighbourhoodPage",
    "Photo",
    "Rendition",
    "SitePage",
    "StoryListPage",
    "StoryPage",
    "ThemePage",
]
