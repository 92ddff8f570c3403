"""Val-de-Brume, a second town, invented: it proves that nothing of the first one is written into the pages."""

from django.conf import settings

from faubourg.core import theme
from tests.house.places import ROOT

LOGO = ROOT / "tests/core/brume.svg"
COLOURS = {"adour": "#5B2A6E", "terra": "#0F6B4F", "ochre": "#E79AB0"}
BRUME = theme.read(COLOURS, str(LOGO))
SETTINGS = {
    **settings.TOWN,
    "site": "Ensemble",
    "name": "Val-de-Brume",
    "agency": "Communauté du Val-de-Brume",
    "city": "Ormaie",
    "links": COLOURS["adour"],
}
