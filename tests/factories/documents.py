"""Files: the stored ones, and bytes of every kind that a person may send."""

import hashlib
import io
import zipfile

import factory
from django.core.files.base import ContentFile
from PIL import Image

from faubourg.documents.models import StoredFile

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20) + b"\xff\xd9"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def zipped(entries: dict[str, bytes | str]) -> bytes:
    """A ZIP archive of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def ole(*parts: str) -> bytes:
    """An Office document from before 2007 with these parts."""
    return OLE + b"".join(f"{part}\0".encode("utf-16-le") for part in parts)


def docx(**more: bytes) -> bytes:
    types = f'<Types><Override ContentType="{WORD}"/></Types>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **more})


def xlsx(**more: bytes) -> bytes:
    types = f'<Types><Override ContentType="{EXCEL}"/></Types>'
    return zipped({"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>", **more})


def odt(kind: str = "text", **more: bytes) -> bytes:
    label = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": label, "content.xml": "<office:document-content/>", **more})


class StoredFileFactory(factory.django.DjangoModelFactory):
    """A file as the service leaves it."""

    class Meta:
        model = StoredFile

    class Params:
        data = PDF

    access = "rooms.thing:X-22222222"
    name = factory.Sequence(lambda n: f"statuts-{n}.pdf")
    content_type = "application/pdf"
    size = factory.LazyAttribute(lambda o: len(o.data))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.data).hexdigest())
    blob = factory.LazyAttribute(lambda o: ContentFile(o.data, name=o.name))


def picture_of(size: tuple[int, int], kind: str = "PNG", **more: object) -> bytes:
    """A true picture, in terracotta."""
    out = io.BytesIO()
    Image.new("RGB", size, "#B4532A").save(out, kind, **more)
    return out.getvalue()
