"""What may be stored, and under which name."""

import unicodedata

from django.conf import settings

from faubourg.core.errors import Refusal
from faubourg.core.money import NARROW_SPACE
from faubourg.documents.contents import ACCEPTED, Content, what_is

LONGEST_NAME = 120
MEGABYTE = 1024 * 1024
MOST_LOGO = 2 * MEGABYTE
EXTENSIONS = tuple(extension for kind in ACCEPTED for extension in kind.extensions)
SAID_EXTENSIONS = "PDF, photo (JPG, PNG), texte ou tableur (ODT, ODS, DOC, DOCX, XLS, XLSX), TXT, CSV"
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def clean_name(name: str) -> str:
    """A name fit to be shown and to be saved: no path, no control or direction sign, at most 120 signs."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if sign.isspace() else sign for sign in last if sign.isspace() or _is_shown(sign))
    stem, dot, extension = " ".join(seen.translate(_FORBIDDEN).split()).lstrip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    ending = f".{extension[:10].strip()}" if dot else ""
    return f"{stem.strip('. ')[: LONGEST_NAME - len(ending)].strip() or 'fichier'}{ending}"


def _is_shown(sign: str) -> bool:
    """Control, format (which turn the reading direction), private and unassigned signs are not."""
    return not unicodedata.category(sign).startswith("C")


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def most_bytes() -> int:
    """What one file may weigh."""
    return int(settings.MAX_UPLOAD_MB) * MEGABYTE


def in_megabytes(size: int) -> str:
    """``in_megabytes(2_621_440)`` gives ``2,5 Mo``."""
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",") + f"{NARROW_SPACE}Mo"


def check_size(size: int) -> None:
    if size == 0:
        raise _refusal("Ce fichier est vide : il ne contient rien. Vérifiez-le, puis déposez-le de nouveau.")
    if size > most_bytes():
        raise _refusal(
            f"Ce fichier est trop lourd : {in_megabytes(size)}, pour {in_megabytes(most_bytes())} au plus. "
            "Réduisez-le, par exemple en l’enregistrant en PDF."
        )


def check_logo_size(size: int) -> None:
    if size > MOST_LOGO:
        raise _refusal(f"Ce logo est trop lourd : {in_megabytes(size)}, pour {in_megabytes(MOST_LOGO)} au plus.")


def check_content(name: str, data: bytes) -> tuple[str, str]:
    """The name and the content type under which these bytes may be stored, or why they may not.

    A name without extension is given the one of its content.
    """
    extension = extension_of(name)
    if extension and extension not in EXTENSIONS:
        raise _refusal(f"Les fichiers .{extension} ne sont pas acceptés. Déposez un de ceux-ci : {SAID_EXTENSIONS}.")
    found = what_is(data)
    if not found.extensions or (extension and extension not in found.extensions):
        raise _refusal(_lie(extension, found))
    if not extension:
        extension = found.extensions[0]
        name = f"{name}.{extension}"
    return name, "text/csv" if extension == "csv" else found.content_type


def _lie(extension: str, found: Content) -> str:
    called = f"s’appelle .{extension}" if extension else "n’a pas d’extension"
    return (
        f"Ce fichier {called} mais contient {found.said}. Il n’a pas été gardé. "
        "Enregistrez le document en PDF, puis déposez ce PDF."
    )


def _refusal(message: str) -> Refusal:
    return Refusal(message, field="file")
