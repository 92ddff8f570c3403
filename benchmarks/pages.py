"""The pages that are measured, who opens them, and what they may cost (the issue's own limits)."""

from dataclasses import dataclass, field

SMALL, LARGE = 100, 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """One address. ``args`` are words; ``{application}`` and ``{draft}`` stand for codes of the world at hand."""

    label: str
    name: str  # the url's name
    role: str = ""  # "" is anybody
    args: tuple[str, ...] = ()
    query: str = ""
    queries: int | None = None  # at most
    ms: float | None = None  # at most, at the large size
    kb: float | None = None  # at most, gzip; with everything it loads for a public page
    sql_ms: float | None = None
    sizes: tuple[int, ...] = (SMALL, LARGE)
    whole: bool = field(default=False)  # weigh the styles, scripts and fonts too
    reading: bool = False  # before the committee: the call is closed, each funder still writes for itself
    cold: bool = False  # just after a deed: what is counted once between two deeds is counted


def _public(label: str, name: str, *args: str) -> Page:
    return Page(label, name, args=args, queries=12, kb=60, whole=True)


def _list(label: str, query: str = "", role: str = "officer", **limits: float) -> Page:
    return Page(label, "calls:desk_list", role, ("2027",), query, queries=12, ms=60, kb=60, **limits)  # type: ignore[arg-type]


def _home(label: str, role: str) -> tuple[Page, ...]:
    """At both moments of a call, and just after a deed: what is counted once between two deeds is then counted."""
    moments = (("", False), (", avant le partage", True))
    return tuple(
        Page(
            f"{label}{moment}{deed}",
            "desk:home",
            role,
            queries=15 if deed else 12,
            ms=60,
            reading=reading,
            cold=bool(deed),
        )
        for moment, reading in moments
        for deed in ("", ", juste après un geste")
    )


PAGES = (
    _public("accueil public", "website:home"),
    _public("appel ouvert, public", "website:call", "2028"),
    _public("résultats d’un appel, public", "website:results", "2026"),
    _public("projets financés, public", "website:project_list"),
    _public("quartiers, public", "website:neighbourhood_list"),
    _public("quartier, public", "website:neighbourhood", "{place}"),
    Page("recherche, public", "website:search", query="?q=education", queries=12, ms=60, kb=60, whole=True),
    Page("recherche d’un dossier", "desk:search", "officer", query="?q=AAP-2027-00042", queries=12, ms=60, kb=60),
    Page("recherche, une lettre de travers", "desk:search", "officer", query="?q=educatoin", queries=12, ms=60, kb=60),
    *_home("accueil, chargé de mission", "officer"),
    Page("journal", "desk:journal", "officer", queries=12, kb=60),
    Page("courrier", "desk:outbox", "officer", queries=12, kb=60),
    *_home("accueil, financeur", "funder"),
    _list("liste des dossiers"),
    _list("liste, page 150", "?page=150"),
    _list("liste, financeur", role="funder"),
    _list("filtre par état", "?etat=admissible", sql_ms=50),
    _list("filtre par quartier", "?quartier=QN04001M", sql_ms=50),
    _list("filtre par enveloppe", "?enveloppe={envelope}", sql_ms=50),
    _list("filtre par mot", "?q=00042", sql_ms=50),
    Page("un dossier, chargé de mission", "calls:desk_application", "officer", ("{application}",), queries=12, kb=60),
    Page("un dossier, financeur", "calls:desk_application", "funder", ("{application}",), queries=12, kb=60),
    Page(
        "un dossier, financeur, avant le partage",
        "calls:desk_application",
        "funder",
        ("{application}",),
        queries=12,
        kb=60,
        reading=True,
    ),
    Page("table du comité", "calls:committee", "officer", ("2027",), queries=12, kb=60, sizes=(SMALL,)),
    Page("mes dossiers, association", "calls:mine", "applicant", queries=12),
    Page("brouillon, le budget", "calls:edit", "applicant", ("{draft}", "budget"), queries=12, kb=60),
)
SUBMIT_QUERIES = 20
CSV_SECONDS = 5.0
RATIO = 2.0  # the large world may cost this many times the small one
PSS_MB, CHECK_SECONDS, MIGRATE_SECONDS = 130, 3.0, 25.0
