"""Writes of the site that are not an editor's own: the tree's first pages, rights, what is due, what is forgotten."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import transaction
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    Site,
    UploadedFile,
)
from wagtail.users.models import UserProfile

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed
from faubourg.journal import services as journal
from faubourg.search import services as search
from faubourg.website import editing, rules
from faubourg.website.listed import listed_writings
from faubourg.website.models import HomePage, Photo, StoryListPage
from faubourg.website.selectors import MENU

ROOM = "website"
UNTOLD = timedelta(days=1)
EDITORS = "Rédaction du site"
ON_PAGES = ("add_page", "change_page", "publish_page")
ON_PHOTOS = ("add_image", "change_image", "choose_image")
ON_REDIRECTS = ("add_redirect", "change_redirect", "delete_redirect")


# ------------------------------------------------------------------------------------------------- who edits
@transaction.atomic
def admit_editor(user: User) -> bool:
    """Give the desk's library its word for what the rule says at this moment, or take it back. Says what it is."""
    may, known = rules.may_edit_site(user), user.groups.filter(name=EDITORS).exists()
    if may and not known:
        user.groups.add(_editors())
        journal.record("admit_editor", user.code, room=ROOM, by=user)
    elif known and not may:
        user.groups.clear()
        journal.record("dismiss_editor", user.code, room=ROOM, by=None)
    return may


def _editors() -> Group:
    """The group, with its rights on the whole tree of pages, on photos and redirections, on nothing else."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    root, collection = _roots()
    general = [("wagtailadmin", "access_admin"), *(("wagtailredirects", one) for one in ON_REDIRECTS)]
    group.permissions.set([_right(*one) for one in general])
    for one in ON_PAGES:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=_right("wagtailcore", one))
    for one in ON_PHOTOS:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=_right("wagtailimages", one)
        )
    return group


def _right(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _roots() -> tuple[Page, Collection]:
    """The tops of the trees. The library's migrations made them; tables emptied since have none."""
    Locale.objects.get_or_create(language_code="fr")
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Racine", slug="root", content_type=ContentType.objects.get_for_model(Page))
    )
    return root, Collection.get_first_root_node() or Collection.add_root(name="Racine")


# ------------------------------------------------------------------------------------------------- the first pages
@transaction.atomic
def lay_out_site(*, by: User | None) -> HomePage:
    """The home, as it is shown without any editor, and the list of stories, ready to be written. Once for ever."""
    found = HomePage.objects.order_by("pk").first()
    if found is not None:
        return found
    _check(by)
    root, _ = _roots()
    Page.objects.filter(depth=2, content_type__model="page").delete()  # « Welcome », which the library brings
    root = Page.objects.get(pk=root.pk)
    root.title = root.draft_title = settings.TOWN["name"]
    root.save()
    first = HomePage(title="Accueil", slug="accueil", body=HomePage.first_body(), owner=by)
    home: HomePage = root.add_child(instance=first)
    home.add_child(instance=StoryListPage(title="Récits", slug="recits", owner=by))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name=EDITORS)
    for page in (home, *home.get_children().specific()):
        publish(page, by=by)
    journal.record("lay_out_site", "site", room=ROOM, by=by)
    return home


@transaction.atomic
def put_up(page: Any, under: Page, *, by: User | None) -> Any:
    """One page, published. ``by=None`` is the machine itself."""
    _check(by)
    page.owner = by
    under.add_child(instance=page)
    publish(page, by=by)
    return page


@transaction.atomic
def publish(page: Page, *, by: User | None) -> None:
    """This page as it is written now."""
    _check(by)
    mark = editing.so_far()
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)  # the house's rule was asked
    note(mark, by=by)


def _check(by: User | None) -> None:
    if by is not None and not rules.may_edit_site(by):
        raise NotAllowed("Écrire le site est réservé à d’autres rôles que le vôtre.")


@transaction.atomic
def keep_photo(
    data: bytes, name: str, *, title: str, description: str, credit: str, is_agreed: bool, by: User | None
) -> Photo:
    """One photo, drawn again (``Photo.save``)."""
    _check(by)
    photo = Photo(title=title, description=description, credit=credit, is_agreed=is_agreed, uploaded_by_user=by)
    photo.collection = _roots()[1]
    photo.file = ImageFile(io.BytesIO(data), name=name)
    photo.save()
    journal.record("add_photo", f"photo:{photo.pk}", room=ROOM, by=by)
    return photo


# ------------------------------------------------------------------------------------------------- each minute
@transaction.atomic
def publish_due() -> int:
    """Publish what was to appear by now, withdraw what was to end. How many pages moved."""
    now, mark = clock.now(), editing.so_far()
    late = Page.objects.filter(live=True, expire_at__lt=now).count()
    due = Revision.objects.filter(approved_go_live_at__lt=now).count()
    if late or due:
        call_command("publish_scheduled", stdout=io.StringIO())
        note(mark, by=None)
    return late + due


# ------------------------------------------------------------------------------------------------- each day
def sweep_uploads() -> int:
    """Photos that were sent and never told: as they came, with what the camera wrote. Gone after a day."""
    limit, swept = (clock.now() - UNTOLD).timestamp(), 0
    for row in UploadedFile.objects.order_by("pk"):
        place = Path(row.file.path)
        if not place.exists() or place.stat().st_mtime < limit:
            _drop(row)
            swept += 1
    return swept


def _drop(row: UploadedFile) -> None:
    row.file.delete(save=False)
    row.delete()


@transaction.atomic
def keep_rights() -> int:
    """What the group of editors may do, as this version of the program says it."""
    if not Group.objects.filter(name=EDITORS).exists():
        return 0
    _editors()
    return 1


# ------------------------------------------------------------------------------------------------- what was done
@transaction.atomic
def note(mark: editing.Mark, *, by: User | None) -> None:
    """What was done since: the search and the menu follow, the journal tells it."""
    deeds = list(editing.deeds_since(mark, by))
    if any(deed.thing.startswith("page:") for deed in deeds):
        search.settle("writing", listed_writings())
        transaction.on_commit(lambda: caches["process"].delete(MENU), robust=True)
    for deed in deeds:
        journal.record(deed.verb, deed.thing, room=ROOM, by=by)


# ------------------------------------------------------------------------------------------------- forgotten
@transaction.atomic
def erase(user: User) -> None:
    """Their pages and photos stay, nobody's: what is published is the town's. Their draft locks end."""
    user.groups.clear()
    user.user_permissions.clear()
    Page.objects.filter(owner=user).update(owner=None)
    Page.objects.filter(locked_by=user).update(locked=False, locked_at=None, locked_by=None)
    Photo.objects.filter(uploaded_by_user=user).update(uploaded_by_user=None)
    Revision.objects.filter(user=user).update(user=None)
    for log in (PageLogEntry, ModelLogEntry):
        log.objects.filter(user=user).update(user=None)
    for own in (UserProfile, EditingSession):
        own.objects.filter(user=user).delete()
    for row in UploadedFile.objects.filter(uploaded_by_user=user):
        _drop(row)
