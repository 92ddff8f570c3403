"""What a file really is, by its content. Its name and what the browser says of it are only claims."""

import io
import re
import zipfile
from dataclasses import dataclass

import puremagic

MOST_ENTRIES = 5000
MOST_UNPACKED = 500 * 1024 * 1024
READ_AT_MOST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    """What was found: how to say it, and under which extensions it may be stored (none: not accepted)."""

    said: str  # "un document PDF"
    content_type: str = ""
    extensions: tuple[str, ...] = ()


OPENXML = "application/vnd.openxmlformats-officedocument"
PDF = Content("un document PDF", "application/pdf", ("pdf",))
JPEG = Content("une photo JPEG", "image/jpeg", ("jpg", "jpeg"))
PNG = Content("une image PNG", "image/png", ("png",))
ODT = Content("un texte LibreOffice", "application/vnd.oasis.opendocument.text", ("odt",))
ODS = Content("un tableur LibreOffice", "application/vnd.oasis.opendocument.spreadsheet", ("ods",))
DOCX = Content("un texte Word", f"{OPENXML}.wordprocessingml.document", ("docx",))
XLSX = Content("un tableur Excel", f"{OPENXML}.spreadsheetml.sheet", ("xlsx",))
DOC = Content("un ancien texte Word", "application/msword", ("doc",))
XLS = Content("un ancien tableur Excel", "application/vnd.ms-excel", ("xls",))
TEXT = Content("du texte", "text/plain", ("txt", "csv"))
ACCEPTED = (PDF, JPEG, PNG, ODT, ODS, DOCX, XLSX, DOC, XLS, TEXT)

MACROS = Content("des macros, c’est-à-dire des programmes")
LOCKED = Content("un document fermé par un mot de passe")
CUT_SHORT = Content("un PDF incomplet, coupé avant sa fin")
TWOFOLD = Content("aussi une archive ZIP")
ZIP = Content("une archive ZIP")
PROGRAM = Content("un programme")
WEB_PAGE = Content("une page web ou un dessin animé par du code")
OLE = Content("un ancien fichier Microsoft d’un autre type")
RTF = Content("un texte RTF")
UNKNOWN = Content("autre chose")

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_PROGRAM_NAMES = (".exe", ".dll", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".hta", ".lnk")
_MARKUP = re.compile(rb"<(!doctype|html|head|body|svg|script|iframe|\?xml|\?php)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FAMILIES = {"image": "une image d’un autre type", "video": "une vidéo", "audio": "un son", "font": "une police"}


def what_is(data: bytes) -> Content:
    """What these bytes are, whatever they are called."""
    if data.startswith(b"%PDF-"):
        found = PDF if b"%%EOF" in data[-2048:] else CUT_SHORT
    elif data.startswith(b"\xff\xd8\xff"):
        found = JPEG
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    elif data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = _in_ole(data)
    elif data.startswith(b"#!") or (data.startswith(_PROGRAMS) and _CONTROL.search(data)):
        return PROGRAM
    else:
        found = _in_words(data)
    return TWOFOLD if found.extensions and _opens_as_zip(data) else found


def _opens_as_zip(data: bytes) -> bool:
    """A ZIP is read from its end: the same bytes may be a PDF for one program and an archive for another."""
    if b"PK\x05\x06" not in data[-66_000:]:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)):
            return True
    except (zipfile.BadZipFile, ValueError):
        return False


def _in_zip(data: bytes) -> Content:
    """Office documents are ZIP archives with a label inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _office(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, KeyError, OSError, NotImplementedError, EOFError):
        return ZIP


def _office(archive: zipfile.ZipFile) -> Content:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return ZIP
    if any(entry.flag_bits & 1 for entry in entries):
        return LOCKED
    if any(name.lower().endswith(_PROGRAM_NAMES) for name in names):
        return PROGRAM
    if "mimetype" in names:
        return _opendocument(archive, names)
    if "[Content_Types].xml" in names:
        return _openxml(archive, names)
    return ZIP


def _opendocument(archive: zipfile.ZipFile, names: set[str]) -> Content:
    label = _start_of(archive, "mimetype").decode("ascii", "replace").strip()
    found = next((kind for kind in (ODT, ODS) if kind.content_type == label), ZIP)
    if found is ZIP or "content.xml" not in names:
        return ZIP
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        return MACROS
    return found


def _openxml(archive: zipfile.ZipFile, names: set[str]) -> Content:
    label = _start_of(archive, "[Content_Types].xml")
    if b"macroEnabled" in label or any(name.lower().endswith("vbaproject.bin") for name in names):
        return MACROS
    if b"wordprocessingml.document.main+xml" in label and "word/document.xml" in names:
        return DOCX
    if b"spreadsheetml.sheet.main+xml" in label and "xl/workbook.xml" in names:
        return XLSX
    return ZIP


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """Never more than a megabyte of an entry, whatever its label promises."""
    with archive.open(name) as entry:
        return entry.read(READ_AT_MOST)


def _in_ole(data: bytes) -> Content:
    """The containers of Office before 2007 name their parts in UTF-16."""

    def has(part: str) -> bool:
        return part.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return LOCKED
    if has("_VBA_PROJECT") or has("Macros\0"):
        return MACROS
    if has("WordDocument\0"):
        return DOC
    return XLS if has("Workbook\0") or has("Book\0") else OLE


def _in_words(data: bytes) -> Content:
    if data.startswith(b"{\\rtf"):
        return RTF
    if _MARKUP.search(data[:4096].replace(b"\0", b"")):  # in UTF-16 too
        return WEB_PAGE
    return TEXT if _is_text(data) else _as_named_by_puremagic(data)


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(data, "utf-16")
    return not _CONTROL.search(data) and (_decodes(data, "utf-8") or _decodes(data, "cp1252"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _as_named_by_puremagic(data: bytes) -> Content:
    """Not accepted; but the person is told what it is, as far as one can tell."""
    try:
        best = puremagic.magic_string(data)[0]
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    family = _FAMILIES.get(best.mime_type.partition("/")[0])
    return Content(family or (f"un fichier {best.extension}" if best.extension else UNKNOWN.said))
