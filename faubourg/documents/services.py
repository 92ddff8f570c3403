"""Files in, files out, paper made."""

import hashlib
import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.core.templatetags.faubourg import plural
from faubourg.documents import rules
from faubourg.documents.models import StoredFile
from faubourg.documents.paper import PaperError, make_pdf
from faubourg.documents.pictures import logo_of, photo_of
from faubourg.journal import services as journal

__all__ = [
    "PaperError",
    "download",
    "draw_logo",
    "draw_photo",
    "lost_files",
    "make_pdf",
    "read",
    "remove",
    "show_picture",
    "store",
    "store_logo",
    "sweep_orphans",
]

ROOM = "documents"
ORPHAN_AFTER = timedelta(days=1)

logger = logging.getLogger(__name__)


@transaction.atomic
def store(upload: UploadedFile | bytes, *, name: str, access: str, by: journal.HasCode | None) -> StoredFile:
    """Keep a file for ever as it came. ``access`` says whose it is, in the words of the room that owns it.

    Raises a Refusal (field ``file``) when it is empty, too large, of a type that is not accepted, or when its
    content is not what its name says.
    """
    data = _bytes_of(upload)
    name, content_type = rules.check_content(rules.clean_name(name), data)
    stored = StoredFile(
        access=access,
        name=name,
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    stored.blob.save(name, ContentFile(data), save=False)
    stored.save(force_insert=True)
    journal.record("store", stored.code, room=ROOM, by=by)
    return stored


@transaction.atomic
def store_logo(upload: UploadedFile, *, access: str, by: journal.HasCode | None) -> StoredFile:
    """A picture drawn again as a light PNG. A Refusal (field ``file``) when it is none, or weighs too much."""
    rules.check_logo_size(upload.size or 0)
    return store(draw_logo(_bytes_of(upload)), name="logo.png", access=access, by=by)


def draw_logo(data: bytes) -> bytes:
    """As a PNG. A Refusal when these bytes are no picture."""
    out = io.BytesIO()
    logo_of(data).save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_photo(data: bytes) -> bytes:
    """In its own format, without what a camera wrote in it. A Refusal when these bytes are no photo."""
    out = io.BytesIO()
    drawn, kind = photo_of(data)
    drawn.save(out, kind, quality=88)
    return out.getvalue()


def show_picture(stored: StoredFile) -> HttpResponse:
    """One of our own drawings inside a page, for anybody: it is public, and kept by browsers for an hour."""
    response = download(stored)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _bytes_of(upload: UploadedFile | bytes) -> bytes:
    """The bytes, once their number is known to be acceptable."""
    rules.check_size(len(upload) if isinstance(upload, bytes) else upload.size or 0)
    if isinstance(upload, bytes):
        return upload
    upload.seek(0)
    data = upload.read()
    rules.check_size(len(data))
    return data


@transaction.atomic
def remove(stored: StoredFile, *, by: journal.HasCode | None) -> None:
    """Take a file away that nothing points to any more. Its bytes go once that is certain."""
    code, storage, place = stored.code, stored.blob.storage, str(stored.blob.name)
    stored.delete()
    journal.record("remove", code, room=ROOM, by=by)
    transaction.on_commit(lambda: storage.delete(place), robust=True)


def read(stored: StoredFile) -> bytes:
    """The bytes, as they came in. A Refusal when they are lost or altered."""
    try:
        with stored.blob.open("rb") as blob:
            data: bytes = blob.read()
    except OSError as problem:
        logger.error("file %s cannot be read: %s", stored.code, problem)
        raise _unreadable(stored) from problem
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        logger.error("file %s was altered", stored.code)
        raise _unreadable(stored)
    return data


def _unreadable(stored: StoredFile) -> Refusal:
    return Refusal(
        f"Le fichier « {stored.name} » ne peut pas être lu : il est perdu ou abîmé. Écrivez à "
        f"{settings.TOWN['contact']} en donnant ce code : {stored.code}."
    )


def download(stored: StoredFile) -> HttpResponse:
    """The file, always to be saved: the browser never opens it as a page of this site. Ask the rule before."""
    response = HttpResponse(read(stored), content_type=stored.content_type)
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


# ------------------------------------------------------------------------------------------------- daily
def sweep_orphans() -> int:
    """Delete the bytes whose row was never written (a transaction undone) or is gone, after a day."""
    limit = (clock.now() - ORPHAN_AFTER).timestamp()
    known = set(StoredFile.objects.values_list("blob", flat=True))
    orphans = [
        path
        for path in _files_on_disk()
        if path.relative_to(settings.MEDIA_ROOT).as_posix() not in known and path.stat().st_mtime < limit
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _files_on_disk() -> Iterator[Path]:
    """Our own files alone: two signs of a code, then the code."""
    return (path for path in Path(settings.MEDIA_ROOT).glob("??/F-*") if path.is_file())


def lost_files() -> Iterator[str]:
    """What ``faubourg check`` says when rows have lost their bytes."""
    on_disk = {path.relative_to(settings.MEDIA_ROOT).as_posix() for path in _files_on_disk()}
    lost = set(StoredFile.objects.values_list("blob", flat=True)) - on_disk
    if lost:
        yield f"Documents : {plural(len(lost), 'fichier manque,fichiers manquent')} dans {settings.MEDIA_ROOT}."
