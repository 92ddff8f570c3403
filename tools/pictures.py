"""`make pictures`: the pictures of the README and of the guides, taken in the example world as its people see it.

A demonstration of its own starts on a spare port, in a folder that is thrown away; a browser enters by the door of
the example accounts and walks by the words of links and buttons, so that a renamed button stops here.
Names given as arguments are taken alone: `make pictures ARGS="comite lettres"`.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from png import pack  # noqa: E402

from tests import parts  # noqa: E402

PLACE = ROOT / "docs/pictures"
SITE = "http://contrat-de-ville.exemple.fr"  # written in the letters that a picture shows
EACH_KB, ALL_KB = 120, 2000
WIDE, NARROW = 1280, 360
OFFICER, STATE, ELECTED, SIGNER = "Chargée de mission", "Financeur, État", "Élu", "Association, signataire"
EDITOR = "Rédaction du site"
# Val-de-Brume, invented: tests/core/brume.py tells the same to the tests.
ELSEWHERE = {
    "FAUBOURG_SITE_NAME": "Ensemble",
    "FAUBOURG_TOWN": "Val-de-Brume",
    "FAUBOURG_AGENCY": "Communauté du Val-de-Brume",
    "FAUBOURG_CITY": "Ormaie",
    "FAUBOURG_COLOUR_LINKS": "#5B2A6E",
    "FAUBOURG_COLOUR_ACCENT": "#0F6B4F",
    "FAUBOURG_COLOUR_DRAWN": "#E79AB0",
    "FAUBOURG_LOGO": str(ROOT / "tests/core/brume.svg"),
}


@dataclass(frozen=True)
class Picture:
    """``who``: the role at the door, nothing for the public site. ``way``: from the first page to the one shown."""

    name: str
    who: str
    way: Callable[[Page], object]
    width: int = WIDE
    height: int = 800
    at: str = ""  # what stands at the top of the picture
    elsewhere: bool = False  # in the second town of the tests


def main(names: list[str]) -> int:
    browser = parts.chromium()
    if not browser:
        print("Il faut Chromium pour prendre les images (apt install chromium).", file=sys.stderr)
        return 1
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    PLACE.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for elsewhere, more in ((False, {}), (True, ELSEWHERE)):
            there = [picture for picture in wanted if picture.elsewhere == elsewhere]
            if there:
                with example_world(more) as address:
                    for picture in there:
                        take(picture, chromium, address)
        chromium.close()
    return weigh()


@contextmanager
def example_world(more: dict[str, str]) -> Iterator[str]:
    """The demonstration with these settings, until the pictures are taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="faubourg-pictures-") as home:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FAUBOURG_")}
        environment |= {"FAUBOURG_HOME": home, "FAUBOURG_WORKERS": "1", "FAUBOURG_URL": SITE, **more}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "faubourg.config.cli", "demo", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def wait_for(server: subprocess.Popen, port: int) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            raise SystemExit("La démonstration ne démarre pas : « make demo » dit pourquoi.")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("La démonstration n’a pas répondu en deux minutes.")


def take(picture: Picture, browser: Browser, address: str) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/entrer/" if picture.who else "/")
    if picture.who:
        press(picture.who)(page)
        press("Entrer")(page)
    picture.way(page)
    if picture.at:
        page.locator(picture.at).first.evaluate(
            "thing => scrollTo(0, scrollY + thing.getBoundingClientRect().top - 16)"
        )
    page.evaluate("document.fonts.ready")
    file = PLACE / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    pack(file)
    print(f"{file.name} : {size_of(file)} ko", flush=True)


# ------------------------------------------------------------------------------------------------- going about
def goes(*steps: Callable[[Page], object]) -> Callable[[Page], object]:
    def go(page: Page) -> None:
        for step in steps:
            step(page)

    return go


def stays(page: Page) -> None:
    """The first page is the one."""


def opens(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def follow(words: str, within: str = "body") -> Callable[[Page], object]:
    return lambda page: page.locator(within).get_by_role("link", name=words).first.click()


def press(words: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_role("button", name=words).first.click()


def unfold(words: str) -> Callable[[Page], object]:
    return lambda page: page.locator("summary", has_text=words).first.click()


def beside(page: Page) -> None:
    """The editor's look at the page, once it is drawn."""
    page.locator("[data-side-panel-toggle=preview]").click()
    page.frame_locator("#w-preview-iframe").locator("h1").wait_for()


in_committee = goes(follow("Appels", "nav"), follow("automne", "main"))
opened = goes(
    opens("/bureau/appels/"), lambda page: page.locator("main tr", has_text="ouvert").get_by_role("link").first.click()
)

PICTURES = (
    # the public site
    Picture("accueil", "", stays),
    Picture("accueil-brume", "", stays, elsewhere=True),
    Picture("resultats", "", goes(opens("/appels-a-projets/"), follow("Résultats", "main"))),
    # the officer
    Picture("bureau", OFFICER, stays),
    Picture("comite", OFFICER, goes(in_committee, follow("Comité", "main")), height=760),
    Picture(
        "lettres",
        OFFICER,
        goes(in_committee, follow("Lettres", "main"), press("Préparer"), unfold("Courrier à")),
        height=1000,
        at=".page-head",
    ),
    Picture("journal", OFFICER, goes(follow("Journal", "nav"), follow("Vérifier le journal"))),
    # the funder
    Picture("bureau-financeur", STATE, stays),
    Picture("avis", STATE, goes(opened, follow("Dossiers", "main"), follow("Boxe éducative"))),
    # the elected member
    Picture("vue-projetee", ELECTED, goes(in_committee, follow("Comité", "main"), follow("Vue projetée")), height=770),
    # the editor
    Picture("recit", "", goes(opens("/recits/"), follow("Neuf stagiaires"))),
    Picture("redaction", EDITOR, goes(opens("/la-demarche/"), follow("Modifier cette page"), beside), height=760),
    # the association
    Picture("budget", SIGNER, goes(follow("Nos demandes", "nav"), follow("Atelier vélo des filles"), follow("budget"))),
    Picture(
        "etape-telephone",
        SIGNER,
        goes(opens("/dossiers/"), follow("Atelier vélo des filles"), follow("Le projet", "main")),
        NARROW,
        700,
    ),
    Picture("suivi", SIGNER, goes(follow("Nos demandes", "nav"), follow("Vélo-école"))),
)


# ------------------------------------------------------------------------------------------------- the scales
def size_of(file: Path) -> int:
    return -(-file.stat().st_size // 1000)


def weigh() -> int:
    """A picture that weighs too much makes a slow page: said, and refused."""
    sizes = {file.name: size_of(file) for file in sorted(PLACE.glob("*.png"))}
    heavy = [f"{name} pèse {size} ko, {EACH_KB} au plus" for name, size in sizes.items() if size > EACH_KB]
    total = sum(sizes.values())
    if total > ALL_KB:
        heavy.append(f"les images pèsent {total} ko en tout, {ALL_KB} au plus")
    for line in heavy:
        print(line, file=sys.stderr)
    print(f"{len(sizes)} images, {total} ko")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
