"""A public page is at most 60 kB gzip in all, asks nobody else for anything, and needs no script."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.demo import services
from faubourg.projects.models import Project

MOST, OURS = 60_000, ("/static/core/", "/photos/images/")
LOADED = re.compile(r'<(?:link|script|img|source|iframe)\b[^>]*?(?:href|src)="([^"]+)"')
FACES = ("medium", "bold", "extrabold")  # those of ASCII and French; the others load for other alphabets alone


def weight_of(html: str) -> int:
    """Bytes on the wire: the page and its sheet in gzip, the icon, the three faces of French as they are."""
    sheet = Path(str(finders.find("core/faubourg.css"))).read_bytes()
    fonts = [Path(str(finders.find(f"core/fonts/manrope-{face}.woff2"))).stat().st_size for face in FACES]
    icon = Path(str(finders.find("core/icon.svg"))).stat().st_size
    return len(gzip.compress(html.encode())) + len(gzip.compress(sheet)) + sum(fonts) + icon


@override_settings(DEMO=True)
class TestWeight(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(clock.paris(2026, 11, 23, 10)):
            services.build_world()

    def pages(self) -> list[str]:
        told = Call.objects.get(state="announced")
        project = Project.objects.filter(years__announced_at__isnull=False, years__grants__isnull=False).order_by("pk")
        return [
            reverse("website:home"),
            reverse("website:call_list"),
            reverse("website:call", args=["2027"]),
            reverse("website:results", args=[told.code]),
            reverse("website:project_list"),
            reverse("website:project", args=[project[0].code]),
            reverse("website:theme", args=["reussite"]),
            reverse("website:neighbourhood_list"),
            reverse("website:neighbourhood", args=["cuyes"]),
            reverse("website:contract"),
            *(reverse(f"website:{name}") for name in ("accessibility", "legal", "privacy", "cookies", "sitemap")),
        ]

    def test_every_page_is_light_and_alone(self):
        for url in self.pages():
            with self.subTest(url):
                html = self.client.get(url).content.decode()
                assert weight_of(html) <= MOST  # without its photos, which come when they are looked at
                assert {link for link in LOADED.findall(html) if not link.startswith(OURS)} == set()
                assert html.count("<img") == html.count('loading="lazy"')
                assert "<script" not in html

    def test_every_page_reads_at_most_twelve_times(self):
        self.client.get(reverse("website:home"))  # a photo is cut to a size once for ever, when it is first shown
        for url in self.pages():
            with self.subTest(url), CaptureQueriesContext(connection) as seen:
                self.client.get(url)
            assert len(seen) <= 12, url
