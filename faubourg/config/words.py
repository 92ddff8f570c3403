"""What the command says when it will not, and the machine's own errors in French."""

import errno
import os
import re

_REASONS = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "plus de place sur le disque",
    errno.ENOENT: "introuvable",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.EEXIST: "il existe déjà",
    errno.EADDRINUSE: "adresse déjà prise",
    errno.EADDRNOTAVAIL: "cette adresse n’est pas celle de la machine",
    errno.ECONNREFUSED: "connexion refusée",
    errno.ETIMEDOUT: "pas de réponse",
}


class Stop(Exception):  # noqa: N818  it is an answer, not an error
    """Why it does not start, and what to do: one line; ``code`` is the command's."""

    def __init__(self, line: str, *, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


def reason(error: OSError) -> str:
    """Why the machine refused."""
    return _REASONS.get(error.errno or 0) or (
        "pas de réponse" if isinstance(error, TimeoutError) else first_line(error)
    )


# What a database says -> what a person reads.
_DATABASE = (
    (r"Connection refused|No such file or directory", "aucun serveur ne répond à cette adresse"),
    (r"Name or service not known|could not translate host|failed to resolve", "ce nom de machine est inconnu"),
    (r"authentication failed|role .* does not exist|no password", "le compte ou le mot de passe n’est pas le bon"),
    (r"database \".*\" does not exist", "cette base n’existe pas"),
    (r"time(d )?out", "pas de réponse"),
    (r"is locked", "elle est occupée par un autre programme"),
    (r"not a database|malformed", "son fichier est abîmé"),
    (r"unable to open database file", "son fichier ne peut pas être ouvert"),
    (r"readonly database", "son fichier ne peut pas être écrit"),
    (r"is full|No space left", "plus de place sur le disque"),
)
_NOT_A_NUMBER = re.compile(r"invalid literal for int\(\) with base 10: '(.*)'")


def of_database(error: BaseException) -> str:
    """Why the database refused; its own words when they are no known ones."""
    said = str(error)
    return next((words for known, words in _DATABASE if re.search(known, said, re.IGNORECASE)), first_line(error))


def of_setting(error: BaseException) -> str:
    """Why a setting cannot be read, by its name: « FAUBOURG_PORT : « abc » n’est pas un nombre entier »."""
    found = _NOT_A_NUMBER.search(str(error))
    if not found:
        return first_line(error)
    named = [name for name, text in os.environ.items() if name.startswith("FAUBOURG_") and text == found[1]]
    return "".join(f"{name} : " for name in named[:1]) + f"« {found[1]} » n’est pas un nombre entier"


def first_line(error: BaseException) -> str:
    """What the error says of itself, without its details."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else error.__class__.__name__
