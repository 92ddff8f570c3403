"""What the command says when it will not, and the machine's own errors in French."""

import errno

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
    """Why it does not start, and what to do: one line."""


def reason(error: OSError) -> str:
    """Why the machine refused."""
    return _REASONS.get(error.errno or 0) or (
        "pas de réponse" if isinstance(error, TimeoutError) else first_line(error)
    )


def first_line(error: BaseException) -> str:
    """What the error says of itself, without its details."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else error.__class__.__name__
