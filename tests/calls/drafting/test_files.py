"""The files of a draft: what is refused, how many, how heavy."""

from datetime import date
from pathlib import Path

import pytest

from faubourg.calls import services
from faubourg.calls.enums import PieceKind
from faubourg.calls.models import Piece
from faubourg.core.errors import Refusal
from faubourg.documents.models import StoredFile
from faubourg.journal.selectors import entries_about
from tests.calls.drafting.ground import again
from tests.factories.calls import a_file, full_draft, signer_of
from tests.factories.partners import officer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.pdf", b"", "vide"),
        ("virus.exe", b"MZ\x90\x00", "acceptés"),
        ("photo.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "mais contient"),
        ("lourd.pdf", b"%PDF-1.4\n" + b"0" * (10 * 1024 * 1024), "trop lourd"),
    ],
)
def test_attach_refuses_bad_files_beside_the_field(application, signer, name, content, words):
    with pytest.raises(Refusal, match=words) as refused:
        services.attach(application, a_file(name, content), PieceKind.STATUTES, by=signer)
    assert (refused.value.field, Piece.objects.count()) == ("file", 0)


def test_attach_asks_what_it_is(application, signer):
    with pytest.raises(Refusal) as refused:
        services.attach(application, a_file(), "mystère", by=signer)
    assert refused.value.field == "kind"


def weighing(piece: Piece, megabytes: int) -> None:
    """As if the file were this heavy."""
    StoredFile.objects.filter(pk=piece.file_id).update(size=megabytes * 1024 * 1024)


def test_attach_stops_at_so_many_files(application, signer):
    pieces = [services.attach(application, a_file(), PieceKind.OTHER, by=signer) for _ in range(20)]
    with pytest.raises(Refusal, match="20 fichiers au plus") as refused:
        services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    assert (refused.value.field, Piece.objects.count(), StoredFile.objects.count()) == ("file", 20, 20)
    services.detach(pieces[0], by=signer)
    services.attach(application, a_file(), PieceKind.OTHER, by=signer)


def test_attach_stops_at_so_many_megabytes(application, signer, settings):
    """Six files of the heaviest kind: the rest of the room is told in figures."""
    settings.MAX_UPLOAD_MB = 10
    for megabytes in (30, 29):
        weighing(services.attach(application, a_file(), PieceKind.OTHER, by=signer), megabytes)
    said = (
        "Avec ce fichier, les pièces pèseraient 60,5\u202fMo, pour 60\u202fMo au plus en tout. Allégez ce fichier, ou "
        "retirez une autre pièce. Rien n’a été ajouté."
    )
    for size, refused in ((3 * 1024 * 1024 // 2, said), (1024 * 1024, ""), (1, said.replace("60,5", "60"))):
        upload = a_file("notes.txt", b"a" * size)
        if not refused:
            services.attach(application, upload, PieceKind.OTHER, by=signer)
            continue
        with pytest.raises(Refusal) as no:
            services.attach(application, upload, PieceKind.OTHER, by=signer)
        assert (no.value.field, no.value.message) == ("file", refused)
    with pytest.raises(Refusal, match="Ce fichier est trop lourd"):  # what is wrong with the file comes first
        services.attach(application, a_file(content=b"0" * (11 * 1024 * 1024)), PieceKind.OTHER, by=signer)


def test_answer_has_room_of_its_own():
    """A full draft does not keep its people from giving the piece that is asked for."""
    application = full_draft()
    signer, boss = signer_of(application.organisation), officer()
    for _ in range(19):
        services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    services.submit(application, sworn=True, by=signer)
    services.ask_for_piece(again(application), text="Le RIB.", due_on=date(2026, 12, 10), by=boss)
    with pytest.raises(Refusal, match=r"« statuts.pdf » : 20 fichiers au plus"):
        services.answer_request(application, answer="", uploads=[a_file() for _ in range(21)], by=signer)
    assert Piece.objects.count() == 20
    services.answer_request(application, answer="", uploads=[a_file(), a_file()], by=signer)
    assert Piece.objects.count() == 22


def test_detach_takes_the_file_out(application, signer, django_capture_on_commit_callbacks):
    piece = services.attach(application, a_file(), PieceKind.BANK, by=signer)
    place = Path(piece.file.blob.path)
    with django_capture_on_commit_callbacks(execute=True):
        services.detach(piece, by=signer)
    assert not Piece.objects.exists()
    assert not StoredFile.objects.exists()
    assert not place.exists()
    assert [entry.verb for entry in entries_about(application.code)] == ["start", "attach", "detach"]
