"""The pages that editors write. Those of a theme or a neighbourhood stand at the address of the thing itself, which
keeps its page when nobody has written one."""

from collections.abc import Callable
from http import HTTPMethod
from typing import Any, ClassVar

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.models import Page

from faubourg.core import clock
from faubourg.partners.models import Objective
from faubourg.territory.models import Neighbourhood
from faubourg.website.models.blocks import HOME, Body
from faubourg.website.models.photos import Photo

SERVED = "wagtail_serve"  # the last of all addresses, which asks the tree of pages
FOLDERS = ("static", "photos")  # files, that no page answers for
NOWHERE = "/"  # of a page whose thing was removed


def path_of(page: Page) -> str:
    """Where this page stands on the site: its place in the tree, under the home."""
    return "/" + page.url_path.lstrip("/").partition("/")[2]


def is_taken(slug: str) -> bool:
    """Does a page of the rooms answer at this address, or at one under it?"""
    return slug in FOLDERS or any(_answers(f"/{slug}/{rest}") for rest in ("", "x/"))


def _answers(path: str) -> bool:
    try:
        return resolve(path).url_name != SERVED
    except Resolver404:
        return False


def refuse_taken(slug: str, parent: Page | None) -> None:
    """A ValidationError (field ``slug``) when a page under the home would never be seen."""
    if slug and parent and parent.specific_class is HomePage and is_taken(slug):
        raise ValidationError({"slug": f"« /{slug}/ » est déjà l’adresse d’une page du site. Prenez-en une autre."})


def framed(serve: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """A preview is shown inside the editors' desk, with the library's checks beside it."""
    loose = {"style-src": [UNSAFE_INLINE]}
    return csp_replace({"frame-ancestors": [SELF]})(csp_update(loose)(xframe_options_sameorigin(serve)))


class PageForm(WagtailAdminPageForm):
    """The desk's form of a page, which alone knows under which one a new page will stand. A page beside a thing says
    which; a copy of it does not yet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in {"objective", "neighbourhood"} & set(self._meta.model.exclude_fields_in_copy):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        try:
            refuse_taken(cleaned.get("slug", ""), self.parent_page)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return cleaned


class SitePage(Page):
    """What all pages share: a lead, a body, one address, shown to everybody once published."""

    lead = models.TextField("chapeau", max_length=300, blank=True, help_text="Une ou deux phrases sous le titre.")
    body: Any = Body()  # a list of (block, value) is put, a stream of blocks is read

    base_form_class = PageForm
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [
        FieldPanel("slug", heading="Adresse", help_text="Sa fin : « la-demarche » donne /la-demarche/."),
        FieldPanel("search_description", heading="Résumé", help_text="Ce que montrent les moteurs de recherche."),
    ]
    settings_panels = [PublishingPanel()]
    private_page_options: ClassVar[list[str]] = []  # a page with a password would be a second door
    allowed_http_methods: ClassVar[list[HTTPMethod]] = [HTTPMethod.GET, HTTPMethod.HEAD]

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        return path_of(self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:
        """Without asking which sites there are: there is one."""
        return 0, settings.BASE_URL, self.address

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str:
        return self.address

    url = property(get_url)

    @framed
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return super().serve_preview(request, mode_name)

    def clean(self) -> None:
        super().clean()
        if self.path:
            refuse_taken(self.slug, self.get_parent())


class Beside(SitePage):
    """A page that stands beside a thing of a room, at the thing's own address."""

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        raise NotImplementedError

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.address)

    @framed
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The thing's own page, with these words instead of the published ones."""
        found = resolve(self.address)
        return found.func(request, *found.args, **found.kwargs, page=self)


class HomePage(Beside):
    """The first page: its sentence, then blocks in the order that editors like."""

    headline = models.CharField(
        "grande phrase", max_length=60, blank=True, help_text="Vide : la commune, puis « les quartiers font la ville »."
    )
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = "accueil"

    @property
    def address(self) -> str:
        return reverse("website:home")

    @staticmethod
    def first_body() -> list[tuple[str, None]]:
        return [(name, None) for name in HOME]


class ThemePage(Beside):
    """What editors say of a theme: an objective of a contract, and those of the same name in the others."""

    objective = models.OneToOneField(
        Objective,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="objectif du contrat",
    )
    exclude_fields_in_copy: ClassVar[list[str]] = ["objective"]  # a thing has one page: the copy waits for another
    content_panels = [*Page.content_panels, FieldPanel("objective"), FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "page d’un thème"

    @property
    def address(self) -> str:
        return reverse("website:theme", args=[self.objective.slug]) if self.objective else NOWHERE


class NeighbourhoodPage(Beside):
    """What editors say of a neighbourhood."""

    neighbourhood = models.OneToOneField(
        Neighbourhood, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="quartier"
    )
    exclude_fields_in_copy: ClassVar[list[str]] = ["neighbourhood"]
    content_panels = [*Page.content_panels, FieldPanel("neighbourhood"), FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "page d’un quartier"

    @property
    def address(self) -> str:
        return reverse("website:neighbourhood", args=[self.neighbourhood.slug]) if self.neighbourhood else NOWHERE


IN_MENU = FieldPanel("show_in_menus", heading="Dans le menu", help_text="Un lien de plus en haut de chaque page.")


class FreePage(SitePage):
    """A page about anything, with pages under it."""

    template = "website/free_page.html"
    promote_panels = [*SitePage.promote_panels, IN_MENU]
    parent_page_types = ["website.HomePage", "website.FreePage"]
    subpage_types = ["website.FreePage"]

    class Meta:
        verbose_name = "page libre"


class StoryListPage(SitePage):
    """The stories, the newest first."""

    template = "website/story_list.html"
    promote_panels = FreePage.promote_panels
    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.StoryPage"]
    max_count = 1

    class Meta:
        verbose_name = "liste des récits"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "stories": StoryPage.newest()}


class StoryPage(SitePage):
    """A story: a day, a photo, what happened."""

    told_on = models.DateField("du", default=clock.today)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="+", verbose_name="photo")
    objective = models.ForeignKey(
        Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="thème",
        help_text="Le récit se lit aussi sur la page de ce thème.",
    )  # fmt: skip
    template = "website/story.html"
    content_panels = [
        *Page.content_panels, FieldPanel("told_on"), FieldPanel("photo"), FieldPanel("objective"), FieldPanel("lead"),
        FieldPanel("body"),
    ]  # fmt: skip
    parent_page_types = ["website.StoryListPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "récit"

    @classmethod
    def newest(cls) -> models.QuerySet["StoryPage"]:
        """Those that are published, with their photos already cut: two queries."""
        rows = cls.objects.live().select_related("photo", "objective").order_by("-told_on", "-pk")
        return rows.prefetch_related("photo__renditions")
