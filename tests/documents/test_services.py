"""Files in, files out."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import IntegrityError, transaction
from django.urls import path

from faubourg.core import clock
from faubourg.core.clock import paris
from faubourg.core.errors import Refusal
from faubourg.documents import selectors, services
from faubourg.documents.models import StoredFile
from faubourg.journal.models import Entry
from tests.factories.documents import PDF, StoredFileFactory
from tests.factories.journal import Actor

pytestmark = pytest.mark.django_db
NOW = paris(2026, 11, 23, 10)


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(data: bytes = PDF, name: str = "Statuts.pdf") -> StoredFile:
    upload = SimpleUploadedFile(name, data, content_type="text/html")
    return services.store(upload, name=name, access="calls.application:D-22222222", by=Actor())


def on_disk(home: Path) -> list[str]:
    return sorted(p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file())


# ------------------------------------------------------------------------------------------------- in
def test_stored_file_is_described_by_its_content(home):
    stored = store()
    stored.refresh_from_db()
    assert {n: getattr(stored, n) for n in ("access", "name", "content_type", "size", "sha256", "made_at")} == {
        "access": "calls.application:D-22222222",
        "name": "Statuts.pdf",
        "content_type": "application/pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "made_at": NOW,
    }
    assert str(stored) == "Statuts.pdf"
    assert on_disk(home) == [f"{stored.code[2:4]}/{stored.code}"]
    assert [(e.verb, e.thing, e.room, e.actor) for e in Entry.objects.all()] == [
        ("store", stored.code, "documents", "U-ACTOR222")
    ]


def test_bytes_of_the_house_are_stored_too():
    stored = services.store(PDF, name="reçu.pdf", access="x:1", by=None)
    assert services.read(stored) == PDF


def test_large_upload_from_the_disk_is_stored():
    upload = TemporaryUploadedFile("a.pdf", "application/pdf", len(PDF), None)
    upload.write(PDF)
    upload.read()  # somebody looked at it before
    assert services.read(services.store(upload, name="a.pdf", access="x:1", by=None)) == PDF


def test_name_is_no_path(home):
    stored = store(name="../../../etc/cron.d/x.pdf")
    assert stored.name == "x.pdf"
    assert on_disk(home) == [f"{stored.code[2:4]}/{stored.code}"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.pdf", "Ce fichier est vide"),
        (b"<html>", "a.pdf", "mais contient une page web"),
        (PDF, "a.exe", "ne sont pas acceptés"),
        (PDF + bytes(1024 * 1024), "a.pdf", "trop lourd"),
    ],
)
def test_refused_file_leaves_nothing(home, settings, data, name, said):
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(Refusal, match=said) as refused:
        store(data, name)
    assert refused.value.field == "file"
    assert (StoredFile.objects.count(), on_disk(home), Entry.objects.count()) == (0, [], 0)


def test_upload_that_lies_about_its_size_is_refused(settings):
    settings.MAX_UPLOAD_MB = 1
    upload = SimpleUploadedFile("a.pdf", PDF + bytes(2 * 1024 * 1024))
    upload.size = 10
    with pytest.raises(Refusal, match="trop lourd"):
        services.store(upload, name="a.pdf", access="x:1", by=None)


def test_upload_without_a_size_is_empty():
    upload = SimpleUploadedFile("a.pdf", PDF)
    upload.size = None
    with pytest.raises(Refusal, match="vide"):
        services.store(upload, name="a.pdf", access="x:1", by=None)


def test_database_refuses_an_empty_file():
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFileFactory(size=0)


# ------------------------------------------------------------------------------------------------- out
def test_download_is_never_a_page():
    stored = services.store(b"bonjour", name="Été « 1 ».txt", access="x:1", by=None)
    response = services.download(stored)
    assert response.content == b"bonjour"
    assert {name: response[name] for name in response.headers} == {
        "Content-Type": "text/plain",
        "Content-Disposition": "attachment; filename*=utf-8''%C3%89t%C3%A9%20%C2%AB%201%20%C2%BB.txt",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


class Addresses:
    """One address that gives the only stored file, to see what the middlewares leave of its headers."""

    urlpatterns = [path("file/", lambda request: services.download(StoredFile.objects.get()))]


def test_download_keeps_its_sandbox_through_the_middlewares(client, settings):
    settings.ROOT_URLCONF = Addresses
    store()
    response = client.get("/file/")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == 'attachment; filename="Statuts.pdf"'


def test_file_altered_on_the_disk_is_not_given_out(home, caplog):
    stored = store()
    (home / stored.blob.name).write_bytes(b"%PDF- something else %%EOF")
    with pytest.raises(Refusal, match=f"ne peut pas être lu.*{stored.code}"):
        services.download(stored)
    assert "was altered" in caplog.text


def test_file_lost_from_the_disk_says_whom_to_ask(home, caplog):
    stored = store()
    (home / stored.blob.name).unlink()
    with pytest.raises(Refusal, match="perdu ou abîmé"):
        services.read(stored)
    assert list(services.lost_files()) == [f"Documents : 1 fichier manque dans {home}."]


def test_files_are_found_by_their_label():
    mine = [store(), store()]
    StoredFileFactory()
    assert list(selectors.files_of("calls.application:D-22222222")) == mine


# ------------------------------------------------------------------------------------------------- away
def test_removed_file_goes_when_it_is_certain(home, django_capture_on_commit_callbacks):
    stored = store()
    code = stored.code
    with django_capture_on_commit_callbacks() as callbacks:
        services.remove(stored, by=Actor())
    assert on_disk(home) == [f"{code[2:4]}/{code}"]
    for callback in callbacks:
        callback()
    assert (on_disk(home), StoredFile.objects.count()) == ([], 0)
    assert Entry.objects.last().verb == "remove"


def test_sweep_deletes_bytes_that_no_row_knows_after_a_day(home):
    kept = store()

    def deed_that_fails() -> None:
        with transaction.atomic():
            store()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed_that_fails()
    (home / "README").write_text("not ours")
    assert len(on_disk(home)) == 3
    for file in home.rglob("F-*"):
        os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    assert services.sweep_orphans() == 0
    with clock.at(NOW + timedelta(days=1, seconds=1)):
        assert services.sweep_orphans() == 1
    assert on_disk(home) == sorted(["README", kept.blob.name])
    assert list(services.lost_files()) == []
