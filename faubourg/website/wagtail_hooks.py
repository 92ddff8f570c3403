"""The editors' desk with the house's colours, a way back, and nothing that has no use here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from faubourg.core.cards import way_to
from faubourg.website.models.pages import refuse_taken

HIDDEN = {"documents", "help", "reports"}  # a paper is no page; the library's help leads elsewhere


@hooks.register("insert_global_admin_css")
def house_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("website/editors.css"))


@hooks.register("before_move_page")
def not_onto_a_path(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """A page that is moved is not asked by its form whether its address is free there. See ``ways`` for the answer."""
    if request.method == "POST":
        refuse_taken(page.slug, destination)
    return None


@hooks.register("before_bulk_action")
def none_onto_a_path(request: HttpRequest, kind: str, things: list[Any], action: Any) -> HttpResponse | None:
    if request.method == "POST" and kind == "move":
        destination = Page.objects.filter(pk=request.POST.get("chooser") or 0).first()
        for page in things:
            refuse_taken(page.slug, destination)
    return None


@hooks.register("register_admin_menu_item")
def back_to_the_desk() -> MenuItem:
    own = way_to("desk:home") or way_to("accounts:me")
    return MenuItem("Mon espace", own, name="desk", icon_name="arrow-left", order=10_000)


@hooks.register("construct_main_menu")
def only_what_serves(request: Any, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]
