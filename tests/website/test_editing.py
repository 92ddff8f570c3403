"""The editors' desk: who gets in, what they may do, and what becomes of it."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from faubourg.accounts import services as accounts
from faubourg.core import clock
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from faubourg.search.selectors import differences, find
from faubourg.website import services
from faubourg.website.listed import listed_writings
from faubourg.website.models import FreePage, HomePage, NeighbourhoodPage, StoryListPage, ThemePage
from tests.factories.partners import OrganisationFactory, member, officer
from tests.factories.territory import GeographyFactory, NeighbourhoodFactory
from tests.website.desk import add, edit, form, photo, text, verbs
from tests.website.town import ground, told

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------------------------------------- who gets in
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OFFICER, Role.EDITOR)])
def test_nobody_else_enters(client, role):
    client.force_login(member(role, OrganisationFactory.create()))
    for name in ("wagtailadmin_home", "wagtailadmin_login", "wagtailimages:index", "wagtailadmin_sprite"):
        assert client.get(reverse(name)).status_code == 403, name


def test_who_is_not_signed_in_goes_to_the_house_s_own_door(client):
    for name in ("wagtailadmin_home", "wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_explore_root"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("accounts:sign_in")), name


def test_the_officer_and_the_editor_enter_by_the_menu(client, editor):
    desk = client.get(reverse("desk:home")).content.decode()
    assert f'href="{reverse("wagtailadmin_home")}"' in desk
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    client.force_login(officer())
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_an_editor_reaches_nothing_else_of_the_library(client, home):
    """Neither people, groups, sites, papers nor the tree above the site; nor any right of Django's."""
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index", "wagtaildocs:index"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_home")), name
    assert client.get(reverse("wagtailadmin_account"))["Location"] == reverse("accounts:me")


def test_rights_end_with_the_membership_at_the_next_page(client, editor, home):
    assert editor.groups.count() == 1
    place = editor.memberships.get()
    partners.end(place, by=officer())
    assert client.get(reverse("wagtailadmin_home")).status_code == 403
    assert editor.groups.count() == 0
    assert verbs(editor.code)[-1] == "dismiss_editor"


def test_the_second_factor_is_asked_there_too(client, settings):
    settings.SECOND_FACTOR = True
    client.force_login(officer())
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer["Location"].startswith(reverse("mfa_index"))


# ------------------------------------------------------------------------------------------------- the first pages
def test_the_site_is_laid_out_once_as_it_was_shown(client, editor):
    made = ground()
    told(made, "Un projet")
    before = client.get("/").content.decode()
    for _ in range(2):
        client.get(reverse("wagtailadmin_home"))
    assert HomePage.objects.count() == StoryListPage.objects.count() == 1
    after = client.get("/").content.decode()
    assert re.sub(r"\s+", " ", before) == re.sub(r"\s+", " ", after.replace(edit_link(after), ""))
    assert verbs("site") == ["lay_out_site"]


def edit_link(page: str) -> str:
    found = re.search(r'<div class="wrap edit-this">.*?</div>', page)
    return found[0] if found else ""


# ------------------------------------------------------------------------------------------------- pages
def test_a_page_is_written_published_found_and_told(client, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = add(client, "freepage", home, title="La maison du projet", slug="maison-du-projet",
                     show_in_menus="on", **text("Ouverte le mercredi."))  # fmt: skip
    assert answer.status_code == 302
    page = FreePage.objects.get()
    shown = client.get("/maison-du-projet/").content.decode()
    assert "Ouverte le mercredi." in shown
    assert '<a href="/maison-du-projet/" aria-current="page">La maison du projet</a>' in shown
    assert [hit.url for hit in find("mercredi").hits] == ["/maison-du-projet/"]
    assert verbs(f"page:{page.pk}") == ["publish_page"]
    assert differences(["writing"], listed_writings()) == ([], [])


def test_what_is_withdrawn_is_neither_shown_nor_found(client, home):
    page = services.put_up(FreePage(title="Provisoire", slug="provisoire"), home, by=None)
    assert find("provisoire").total == 1
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert client.get("/provisoire/").status_code == 404
    assert find("provisoire").total == 0
    services.publish(FreePage.objects.get(), by=None)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert find("provisoire").total == 0
    assert verbs(f"page:{page.pk}") == ["publish_page", "withdraw_page", "publish_page", "delete_page"]


def test_a_draft_is_seen_by_nobody_and_by_its_writer_beforehand(client, home):
    address = reverse("wagtailadmin_pages:add", args=["website", "freepage", home.pk])
    sent = {**form(client.get(address)), "title": "Bientôt", "slug": "bientot", **text("Pas encore.")}
    assert client.post(address, sent).status_code == 302
    page = FreePage.objects.get()
    assert client.get("/bientot/").status_code == 404
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, {**sent, "title": "Bientôt, vraiment"}).json()["is_valid"]
    seen = client.get(preview)
    assert "Bientôt, vraiment" in seen.content.decode()
    assert seen["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in seen["Content-Security-Policy"]
    assert find("bientôt").total == 0


@pytest.mark.parametrize("slug", ["projets", "themes", "entrer", "bureau", "redaction", "static", "photos"])
def test_a_page_named_like_a_path_is_refused_beside_its_field(client, home, slug):
    answer = add(client, "freepage", home, title="Piège", slug=slug)
    assert answer.status_code == 200
    assert f"« /{slug}/ » est déjà l’adresse d’une page du site." in str(answer.context["form"].errors["slug"])
    assert FreePage.objects.count() == 0


def test_the_same_name_stands_under_another_page(client, home):
    above = services.put_up(FreePage(title="Agir", slug="agir"), home, by=None)
    assert add(client, "freepage", above, title="Projets", slug="projets").status_code == 302
    assert client.get("/agir/projets/").status_code == 200


def test_a_script_that_is_pasted_stays_words(client, home):
    add(client, "freepage", home, title="<script>alert(1)</script>", slug="piege",
        lead="<img src=x onerror=alert(1)>", **text("<script>alert(2)</script>"))  # fmt: skip
    shown = client.get("/piege/").content.decode()
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


def test_links_that_are_programs_lead_nowhere(client, home):
    """A kind of address that is no place loses its link."""
    links = {"/projets/": '<a href="/projets/">ici</a>', "javascript:alert(1)": "<a>ici</a>"}
    for number, (address, shown) in enumerate(links.items()):
        sent = text("ici")
        found = '"entityRanges":[{"key":0,"offset":0,"length":3}]'
        entity = f'"entityMap":{{"0":{{"type":"LINK","mutability":"MUTABLE","data":{{"url":"{address}"}}}}}}'
        sent["body-0-value"] = sent["body-0-value"].replace('"entityRanges":[]', found)
        sent["body-0-value"] = sent["body-0-value"].replace('"entityMap":{}', entity)
        add(client, "freepage", home, title=f"Liens {number}", slug=f"liens-{number}", **sent)
        assert shown in client.get(f"/liens-{number}/").content.decode()


def test_a_theme_keeps_its_address_and_shows_what_is_written(client, home):
    made = ground()
    year = told(made, "Aide aux devoirs")
    objective = year.objectives.get()
    add(client, "themepage", home, title="Réussir", slug="reussir", objective=str(objective.pk),
        lead="Chaque enfant, à son rythme.", **text("Trois accueils par semaine."))  # fmt: skip
    shown = client.get(reverse("website:theme", args=["reussite"])).content.decode()
    assert "Chaque enfant, à son rythme." in shown
    assert "Trois accueils par semaine." in shown
    assert "Aide aux devoirs" in shown
    assert client.get("/reussir/")["Location"] == "/themes/reussite/"
    objective.project_years.clear()
    objective.delete()
    assert ThemePage.objects.get().objective is None


def test_blocks_that_read_the_rooms_read_them_now(client, home):
    made = ground()
    page = FreePage(title="En direct", slug="en-direct", body=[(name, None) for name in ("places", "projects")])
    services.put_up(page, home, by=None)
    assert "Atelier couture" not in client.get("/en-direct/").content.decode()
    told(made, "Atelier couture")
    shown = client.get("/en-direct/").content.decode()
    assert "Atelier couture" in shown
    assert "Le Sablar" in shown


def test_a_page_that_changes_its_address_or_its_place_is_found_by_the_old_one(
    client, home, django_capture_on_commit_callbacks
):
    page = services.put_up(FreePage(title="Agir", slug="agir"), home, by=None)
    under = services.put_up(FreePage(title="Aider", slug="aider"), page, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        assert edit(client, page, slug="agir-ici").status_code == 302
    assert client.get("/agir/", follow=True).redirect_chain[-1][0].endswith("/agir-ici/")
    assert client.get("/agir/aider/", follow=True).redirect_chain[-1][0].endswith("/agir-ici/aider/")
    assert [hit.url for hit in find("aider").hits] == ["/agir-ici/aider/"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[under.pk, home.pk]))
    assert client.get("/aider/").status_code == 200
    assert client.get("/agir-ici/aider/", follow=True).redirect_chain[-1][0].endswith("/aider/")
    assert [hit.url for hit in find("aider").hits] == ["/aider/"]
    assert verbs(f"page:{under.pk}") == ["publish_page", "move_page"]


def test_a_neighbourhood_keeps_its_words_in_the_next_geography(client, home):
    place = ground().places[0]
    beside = NeighbourhoodPage(title="Le Sablar", slug="q", neighbourhood=place, lead="Au bord de l’eau.")
    services.put_up(beside, home, by=None)
    newer = GeographyFactory.create(code="2026", valid_from=date(2026, 1, 1))
    NeighbourhoodFactory.create(
        name=place.name, slug=place.slug, geography=newer, municipality=place.municipality, code="QN99999Z"
    )
    assert "Au bord de l’eau." in client.get(f"/quartiers/{place.slug}/").content.decode()


def test_a_copy_waits_for_its_own_thing(client, home):
    objective = told(ground(), "Aide aux devoirs").objectives.get()
    page = services.put_up(ThemePage(title="Réussir", slug="reussir", objective=objective), home, by=None)
    sent = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": str(home.pk), "publish_copies": "on"}
    assert client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent).status_code == 302
    copy = ThemePage.objects.get(slug="copie")
    assert copy.objective is None
    assert "copy_page" in verbs(f"page:{copy.pk}")
    assert client.get("/copie/")["Location"] == "/"
    assert differences(["writing"], listed_writings()) == ([], [])


@pytest.mark.parametrize("way", ["move", "copy", "bulk"])
def test_no_page_is_moved_or_copied_onto_a_path(client, home, way):
    above = services.put_up(FreePage(title="Agir", slug="agir"), home, by=None)
    page = services.put_up(FreePage(title="Les miens", slug="projets"), above, by=None)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    address, sent = {
        "move": (reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]), {}),
        "copy": (
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {"new_title": "Copie", "new_slug": "quartiers", "new_parent_page": str(home.pk), "publish_copies": "on"},
        ),
        "bulk": (f"{bulk}?id={page.pk}", {"chooser": str(home.pk), "move_applicable": "on"}),
    }[way]
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert "est déjà l’adresse d’une page du site" in client.get("/redaction/").content.decode()
    assert set(FreePage.objects.values_list("url_path", flat=True)) == {"/accueil/agir/", "/accueil/agir/projets/"}


def test_an_alias_of_a_theme_is_refused_in_words(client, home):
    objective = told(ground(), "Aide aux devoirs").objectives.get()
    page = services.put_up(ThemePage(title="Réussir", slug="reussir", objective=objective), home, by=None)
    sent = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": str(home.pk), "alias": "on"}
    assert client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), sent).status_code == 302
    assert ThemePage.objects.count() == 1


def test_a_text_without_end_is_taken(client, home):
    """A million letters without a space: the page is slow to read, not the server to answer."""
    assert add(client, "freepage", home, title="Long", slug="long", **text("a" * 1_000_000)).status_code == 302
    assert find("long").total == 1


def test_a_page_is_read_and_nothing_is_sent_to_it(client, home):
    services.put_up(FreePage(title="Lire", slug="lire"), home, by=None)
    assert client.post("/lire/").status_code == 405


def test_what_stands_beside_a_theme_is_found_there(client, home):
    objective = told(ground(), "Aide aux devoirs").objectives.get()
    page = ThemePage(title="Réussir", slug="reussir", objective=objective, body=[("text", "<p>Goûter et leçons.</p>")])
    services.put_up(page, home, by=None)
    assert [hit.url for hit in find("goûter").hits] == ["/themes/reussite/"]


def test_a_block_that_counts_stands_once_on_a_page(client, home):
    twice = {"body-count": "2"}
    for place in "01":
        twice |= {f"body-{place}-deleted": "", f"body-{place}-order": place, f"body-{place}-type": "places"}
    answer = add(client, "freepage", home, title="Deux fois", slug="deux-fois", **twice)
    assert "body" in answer.context["form"].errors
    assert FreePage.objects.count() == 0


# ------------------------------------------------------------------------------------------------- times
@pytest.mark.clock(None)
def test_a_page_appears_and_ends_at_its_hours(client, home):
    soon, now = FreePage(title="Fête", slug="fete", live=False), clock.now()
    soon.go_live_at, soon.expire_at = now + timedelta(hours=1), now + timedelta(hours=3)
    services.put_up(soon, home, by=None)
    seen = []
    for hours in (0, 2, 2, 4):
        with time_machine.travel(now + timedelta(hours=hours)):
            seen.append((services.publish_due(), client.get("/fete/").status_code))
    assert seen == [(0, 404), (1, 200), (0, 200), (1, 404)]
    assert verbs(f"page:{soon.pk}") == ["schedule_page", "publish_page", "withdraw_page"]


def test_an_address_that_moved_leads_on(client, home):
    page = services.put_up(FreePage(title="Contact", slug="contact"), home, by=None)
    answer = client.post(reverse("wagtailredirects:add"), {"old_path": "/ecrire", "redirect_page": str(page.pk),
                         "redirect_link": "", "is_permanent": "on", "site": ""})  # fmt: skip
    assert answer.status_code == 302
    for address in ("/ecrire", "/ecrire/"):
        moved = client.get(address, follow=True)
        assert moved.redirect_chain[-1][0].endswith("/contact/"), address
    assert verbs(f"redirect:{Redirect.objects.get().pk}") == ["add_redirect"]


# ------------------------------------------------------------------------------------------------- forgotten
def test_who_is_erased_leaves_pages_without_author(editor, home):
    picture = photo(by=editor)
    page = services.put_up(FreePage(title="Reste", slug="reste"), home, by=editor)
    services.erase(editor)
    accounts.erase(editor)
    page.refresh_from_db()
    picture.refresh_from_db()
    assert (page.owner, page.latest_revision.user, picture.uploaded_by_user) == (None, None, None)
    assert editor.groups.count() == 0
