"""What was done at the editors' desk, as its library logs it, in the words of the house's journal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from wagtail.models import ModelLogEntry, PageLogEntry

from faubourg.website.models import Photo

# what the library logs -> the journal's verb. Drafts are not yet deeds.
PAGES = {
    "wagtail.publish": "publish_page",
    "wagtail.publish.scheduled": "publish_page",
    "wagtail.unpublish": "withdraw_page",
    "wagtail.unpublish.scheduled": "withdraw_page",
    "wagtail.delete": "delete_page",
    "wagtail.copy": "copy_page",
    "wagtail.create_alias": "copy_page",
    "wagtail.move": "move_page",
    "wagtail.reorder": "move_page",
    "wagtail.rename": "rename_page",
    "wagtail.publish.schedule": "schedule_page",
    "wagtail.schedule.cancel": "unschedule_page",
}
OTHERS = {"wagtail.create": "add", "wagtail.edit": "change", "wagtail.delete": "delete"}


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the two logs went, and which photos there were: several ways to send or drop photos log nothing."""

    pages: int
    others: int
    photos: frozenset[int]


@dataclass(frozen=True, slots=True)
class Deed:
    verb: str
    thing: str


def so_far() -> Mark:
    """To be asked before something is done: three queries."""
    return Mark(_last(PageLogEntry), _last(ModelLogEntry), _photos())


def _photos() -> frozenset[int]:
    return frozenset(Photo.objects.values_list("pk", flat=True))


def _last(log: Any) -> int:
    return log.objects.order_by().aggregate(last=Max("pk"))["last"] or 0


def deeds_since(mark: Mark, user: Any) -> Iterator[Deed]:
    """What this person (None: the machine) did since, in order."""
    for row in PageLogEntry.objects.filter(pk__gt=mark.pages, user=user, action__in=PAGES).order_by("pk"):
        yield Deed(PAGES[row.action], f"page:{row.page_id}")
    others = ModelLogEntry.objects.filter(pk__gt=mark.others, user=user, action__in=OTHERS).order_by("pk")
    for row in others.select_related("content_type"):
        kind = row.content_type.model
        if kind != "photo" or row.action == "wagtail.edit":
            yield Deed(f"{OTHERS[row.action]}_{kind}", f"{kind}:{row.object_id}")
    yield from _of_photos(mark, user)


def _of_photos(mark: Mark, user: Any) -> Iterator[Deed]:
    own = Photo.objects.filter(uploaded_by_user=user).exclude(pk__in=mark.photos)
    for key in own.order_by("pk").values_list("pk", flat=True):
        yield Deed("add_photo", f"photo:{key}")
    for key in sorted(mark.photos - _photos()):
        yield Deed("delete_photo", f"photo:{key}")
