"""A file is what its content says; its name and the browser's word are claims."""

import pytest

from faubourg.core.errors import Refusal
from faubourg.documents import contents, rules
from faubourg.documents.contents import what_is
from tests.factories.documents import JPEG, OLE, PDF, PNG, docx, odt, ole, xlsx, zipped

ZIP = zipped({"a.txt": "x"})
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(60)
ELF = b"\x7fELF\x02\x01\x01" + bytes(60)


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        rules.check_content(name, data)
    assert refused.value.field == "file"
    return refused.value.message


# ------------------------------------------------------------------------------------------------- accepted
@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.odt", odt(), "application/vnd.oasis.opendocument.text"),
        ("a.ods", odt("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.doc", ole("WordDocument"), "application/msword"),
        ("a.xls", ole("Workbook"), "application/vnd.ms-excel"),
        ("a.xls", ole("Book"), "application/vnd.ms-excel"),
        ("a.txt", "Été à Dax, 5 €\n".encode(), "text/plain"),
        ("a.txt", "Été\n".encode("cp1252"), "text/plain"),
        ("a.csv", "nom;montant\nÉté;5\n".encode(), "text/csv"),
        ("a.csv", "nom;montant\n".encode("utf-16"), "text/csv"),
        ("a.csv", b"MZone;1\n", "text/csv"),
        ("a.csv", b"=1+1;a<b\n", "text/csv"),
    ],
)
def test_accepted_content_is_kept_under_its_name(name, data, content_type):
    assert rules.check_content(name, data) == (name, content_type)


def test_name_without_extension_is_given_the_one_of_its_content():
    assert rules.check_content("statuts", PDF) == ("statuts.pdf", "application/pdf")


# ------------------------------------------------------------------------------------------------- lies
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ZIP, "une archive ZIP"),
        (EXE, "un programme"),
        (ELF, "un programme"),
        (b"#!/bin/sh\nrm -rf ~\n", "un programme"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x34", "un programme"),
        (HTML, "une page web ou un dessin animé par du code"),
        (b"\xef\xbb\xbf  <HTML><body>", "une page web ou un dessin animé par du code"),
        (SVG, "une page web ou un dessin animé par du code"),
        ("<svg onload=alert(1)>".encode("utf-16"), "une page web ou un dessin animé par du code"),
        (docx(), "un texte Word"),
        (PNG, "une image PNG"),
        (b"GIF89a\x01\x00\x01\x00" + bytes(30), "une image d’un autre type"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(30), "une vidéo"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "un fichier .rar"),
        (b"{\\rtf1 bonjour}", "un texte RTF"),
        (b"bonjour", "du texte"),
        (bytes(range(256)), "autre chose"),
        (PDF[:-20], "un PDF incomplet, coupé avant sa fin"),
        (OLE, "un ancien fichier Microsoft d’un autre type"),
        (PDF + ZIP, "aussi une archive ZIP"),
        (PDF.replace(b"%%EOF", b"") + ZIP + b"%%EOF", "aussi une archive ZIP"),
    ],
)
def test_content_that_lies_about_its_extension_is_refused(data, said):
    assert refusal("statuts.pdf", data) == (
        f"Ce fichier s’appelle .pdf mais contient {said}. Il n’a pas été gardé. "
        "Enregistrez le document en PDF, puis déposez ce PDF."
    )


def test_content_without_extension_is_named_in_the_refusal():
    assert refusal("statuts", ZIP).startswith("Ce fichier n’a pas d’extension mais contient une archive ZIP.")


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.exe", "a.svg", "a.html", "a.docm", "a.zip", "a.js"])
def test_extension_that_is_not_accepted_is_refused_whatever_it_holds(name):
    ending = name.rpartition(".")[2]
    assert refusal(name, PDF) == (
        f"Les fichiers .{ending} ne sont pas acceptés. Déposez un de ceux-ci : PDF, photo (JPG, PNG), "
        "texte ou tableur (ODT, ODS, DOC, DOCX, XLS, XLSX), TXT, CSV."
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx(**{"word/vbaProject.bin": b"x"})),
        ("a.xlsx", xlsx(**{"xl/VBAPROJECT.BIN": b"x"})),
        ("a.docx", zipped({"[Content_Types].xml": "x.macroEnabled.main+xml", "word/document.xml": "x"})),
        ("a.odt", odt(**{"Basic/Standard/Module1.xml": b"x"})),
        ("a.ods", odt("spreadsheet", **{"Scripts/python/x.py": b"x"})),
        ("a.doc", ole("WordDocument", "_VBA_PROJECT")),
        ("a.xls", ole("Workbook", "Macros")),
    ],
)
def test_macros_are_refused_whatever_the_name(name, data):
    assert "contient des macros, c’est-à-dire des programmes" in refusal(name, data)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.docx", xlsx(), contents.XLSX),
        ("a.xlsx", docx(), contents.DOCX),
        ("a.odt", odt("spreadsheet"), contents.ODS),
        ("a.odt", odt("presentation"), contents.ZIP),
        ("a.odt", zipped({"mimetype": contents.ODT.content_type}), contents.ZIP),
        ("a.docx", zipped({"[Content_Types].xml": "x"}), contents.ZIP),
        ("a.docx", docx(**{"word/embeddings/setup.EXE": b"x"}), contents.PROGRAM),
        ("a.docx", ole("EncryptedPackage"), contents.LOCKED),
        ("a.doc", ole("Workbook"), contents.XLS),
        ("a.docx", docx()[:-40], contents.ZIP),
        ("a.docx", b"PK\x03\x04" + bytes(100), contents.ZIP),
    ],
)
def test_office_documents_are_looked_into(name, data, found):
    assert what_is(data) == found
    assert found.said in refusal(name, data)


def test_archive_that_promises_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(contents, "MOST_UNPACKED", 10)
    assert what_is(docx()) == contents.ZIP


def test_archive_of_too_many_entries_is_not_read(monkeypatch):
    monkeypatch.setattr(contents, "MOST_ENTRIES", 1)
    assert what_is(docx()) == contents.ZIP


def test_label_is_read_no_further_than_a_megabyte(monkeypatch):
    monkeypatch.setattr(contents, "READ_AT_MOST", 4)
    assert what_is(docx()) == contents.ZIP


def test_document_closed_by_a_password_says_so():
    data = bytearray(docx())
    for position in (data.find(b"PK\x01\x02") + 8, 6):  # the encryption flag of the first entry
        data[position] |= 1
    assert what_is(bytes(data)) == contents.LOCKED


def test_entry_packed_in_an_unknown_way_is_an_archive():
    data = bytearray(docx())
    data[data.find(b"PK\x01\x02") + 10] = 99
    assert what_is(bytes(data)) == contents.ZIP


def test_pdf_that_only_looks_like_an_archive_at_its_end_is_a_pdf():
    assert what_is(PDF + b"PK\x05\x06 %%EOF") == contents.PDF


# ------------------------------------------------------------------------------------------------- sizes and names
def test_empty_file_is_refused():
    with pytest.raises(Refusal, match="Ce fichier est vide"):
        rules.check_size(0)


def test_too_large_file_says_how_large(settings):
    settings.MAX_UPLOAD_MB = 2
    rules.check_size(2 * 1024 * 1024)
    with pytest.raises(Refusal) as refused:
        rules.check_size(2 * 1024 * 1024 + 512 * 1024)
    assert refused.value.message == (
        "Ce fichier est trop lourd : 2,5\u202fMo, pour 2\u202fMo au plus. Réduisez-le, par exemple en l’enregistrant "
        "en PDF."
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Statuts de l’été 2026.pdf", "Statuts de l’été 2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Claire\\statuts.pdf", "statuts.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("statuts\u202efdp.exe", "statutsfdp.exe"),
        ("\u2066a\u200b\ufeff.pdf", "a.pdf"),
        ('a"<b>|?*:.pdf', "a__b_____.pdf"),
        (".htaccess", "htaccess"),
        ("...", "fichier"),
        ("", "fichier"),
        (".pdf", "pdf"),
        ("a..pdf", "a.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("a.pdf/", "fichier"),
        ("  a   b .pdf", "a b.pdf"),
        ("a." + "x" * 50, "a." + "x" * 10),
    ],
)
def test_names_are_cleaned(given, kept):
    assert rules.clean_name(given) == kept


def test_name_turned_around_is_not_a_pdf():
    """With the sign that turns the direction, « statutsfdp.exe » is shown « statutsexe.pdf » by a careless page."""
    assert rules.extension_of(rules.clean_name("statuts\u202efdp.exe")) == "exe"
