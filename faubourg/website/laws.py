"""What the law has a public site say: who runs it, what it lays in a browser, and what is still missing of that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from faubourg.core import clock

EXPIRES_IN = timedelta(days=180)  # of security.txt: always ahead, and never a year (RFC 9116)
FIRST_CONTACT = "contrat-de-ville@exemple.fr"


@dataclass(frozen=True, slots=True)
class Cookie:
    """One thing kept in a browser; tests/strict.py fails a page that lays another cookie."""

    name: str
    purpose: str
    laid: str
    kept: str


def cookies() -> list[Cookie]:
    """Every one of them, under the names that this installation gives them."""
    days = settings.SESSION_COOKIE_AGE // (24 * 3600)
    return [
        Cookie(
            settings.SESSION_COOKIE_NAME,
            "Vous reconnaître d’une page à l’autre",
            "Quand vous entrez dans votre espace, ou demandez un lien pour y entrer",
            f"{days} jours, ou jusqu’à ce que vous sortiez",
        ),
        Cookie(
            settings.CSRF_COOKIE_NAME,
            "Vérifier qu’un formulaire a bien été envoyé depuis ce site",
            "Quand une page montre un formulaire à envoyer",
            "Un an",
        ),
        Cookie(
            "messages",
            "Vous dire, sur la page suivante, ce qui vient d’être fait",
            "Après un envoi dans votre espace",
            "Jusqu’à la page suivante",
        ),
    ]


def security_contact() -> str:
    """Where a flaw is told, as an address that a program can open."""
    given = settings.SECURITY_CONTACT or settings.TOWN["contact"]
    return given if ":" in given else f"mailto:{given}"


def security_expires() -> datetime:
    """Computed when it is read, so that nobody has to renew it."""
    return (clock.now() + EXPIRES_IN).replace(hour=0, minute=0, second=0, microsecond=0)


def missing() -> Iterator[str]:
    """On a public site, what the law pages cannot say: one line for all of it."""
    if not settings.BASE_URL.startswith("https://") or settings.DEMO:
        return
    town, access = settings.TOWN, settings.ACCESSIBILITY
    asked = (
        (town["contact"] != FIRST_CONTACT, "FAUBOURG_CONTACT", "l’adresse où l’on vous écrit"),
        (town["address"], "FAUBOURG_ADDRESS", "l’adresse et le téléphone de la collectivité"),
        (town["director"], "FAUBOURG_DIRECTOR", "qui dirige la publication"),
        (town["host"], "FAUBOURG_HOST_NAME", "qui héberge le site"),
        (town["host_address"], "FAUBOURG_HOST_ADDRESS", "l’adresse et le téléphone de l’hébergeur"),
        (town["dpo"], "FAUBOURG_DPO", "comment écrire au délégué à la protection des données"),
        (access["on"], "FAUBOURG_ACCESSIBILITY_ON", "le jour de la déclaration d’accessibilité"),
        (access["rate"] is None or access["audit"], "FAUBOURG_ACCESSIBILITY_AUDIT", "qui a mesuré l’accessibilité"),
    )
    lacking = [f"{words} ({name})" for given, name, words in asked if not given]
    if lacking:
        yield f"Les pages que la loi demande sont incomplètes. Donnez : {', '.join(lacking)}."
