"""The editors' desk: who gets in, what they may do, and what becomes of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page

from faubourg.accounts import services as accounts
from faubourg.core import clock
from faubourg.journal.selectors import entries_about
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from faubourg.search.selectors import differences, find
from faubourg.website import services
from faubourg.website.listed import listed_writings
from faubourg.website.models import FreePage, HomePage, Photo, StoryListPage, StoryPage, ThemePage
from tests.factories.accounts import UserFactory
from tests.factories.documents import picture_of
from tests.factories.partners import OrganisationFactory, member, officer
from tests.website.test_home import full_town
from tests.website.town import ground, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """Somebody of the communications office, at the desk."""
    user = member(Role.EDITOR, OrganisationFactory.create(name="Communication"))
    client.force_login(user)
    return user


@pytest.fixture
def home(editor) -> HomePage:
    services.admit_editor(editor)
    return services.lay_out_site(by=editor)


def add(client, kind: str, under: Page, **fields):
    """The form « Ajouter », sent as a browser sends it, published at once."""
    address = reverse("wagtailadmin_pages:add", args=["website", kind, under.pk])
    return client.post(address, {**form(client.get(address)), **fields, "action-publish": "1"})


def form(response) -> dict[str, str]:
    """What the page's own form would send."""
    assert response.status_code == 200, response.get("Location")
    found = {}
    for bound in response.context["form"]:
        value = bound.value()
        if value is not None and not hasattr(value, "stream_block"):
            found[bound.html_name] = value
    return {name: value for name, value in found.items() if isinstance(value, str)} | {"body-count": "0"}


def text(words: str) -> dict[str, str]:
    """One block of text, as the editor sends it."""
    content = f'{{"blocks":[{{"key":"a","text":"{words}","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    content += '"entityRanges":[]}],"entityMap":{}}'
    kind = {"body-0-deleted": "", "body-0-order": "0", "body-0-type": "text"}
    return {"body-count": "1", **kind, "body-0-value": content}


def photo(by=None, **more) -> Photo:
    given = {"title": "Atelier", "description": "Deux vélos", "credit": "Ville de Dax", "is_agreed": True, **more}
    return services.keep_photo(picture_of((60, 40)), "atelier.png", by=by, **given)


def verbs(thing: str) -> list[str]:
    return list(entries_about(thing).values_list("verb", flat=True))


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
    assert services.admit_editor(editor) is False
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


# ------------------------------------------------------------------------------------------------- photos
def send_photo(client, data: bytes, name="velo.jpg", kind="image/jpeg", **more):
    fields = {"title": "Vélo", "description": "Un vélo bleu", "credit": "Ville de Dax", "is_agreed": "on", **more}
    collection = str(Collection.get_first_root_node().pk)
    file = SimpleUploadedFile(name, data, kind)
    given = {name: value for name, value in fields.items() if value}
    given |= {"file": file, "collection": collection, "tags": ""}
    return client.post(reverse("wagtailimages:add"), given)


def test_a_photo_says_whose_it_is_what_it_shows_and_that_it_may_be_shown(client, home):
    for lacking in ("description", "credit"):
        answer = send_photo(client, picture_of((60, 40), "JPEG"), **{lacking: ""})
        assert lacking in answer.context["form"].errors, lacking
    answer = send_photo(client, picture_of((60, 40), "JPEG"), is_agreed="")
    assert "is_agreed" in answer.context["form"].errors
    assert Photo.objects.count() == 0
    assert send_photo(client, picture_of((60, 40), "JPEG")).status_code == 302
    assert verbs(f"photo:{Photo.objects.get().pk}") == ["add_photo"]


def test_a_story_shows_its_photo_with_credit_and_description(client, home):
    stories = StoryListPage.objects.get()
    services.put_up(StoryPage(title="Le vélo réparé", slug="velo", photo=photo(), lead="Un samedi."), stories, by=None)
    for address in ("/recits/velo/", "/recits/", "/"):
        shown = client.get(address).content.decode()
        assert 'alt="Deux vélos"' in shown, address
        assert "Crédit\u00a0: Ville de Dax" in shown, address
    source = re.search(r'<img src="(/photos/images/[^"]+)"', shown)[1]
    picture = client.get(source)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert "immutable" in picture["Cache-Control"]
    assert b"".join(picture.streaming_content)[:4] == b"RIFF"
    assert client.get("/photos/images/..%2F..%2Fsecret-key").status_code == 404
    assert client.get("/photos/images/nulle.webp").status_code == 404


def test_what_a_camera_writes_is_not_kept(client, home):
    written = Image.Exif()
    written[0x010F] = "Appareil de Camille"
    data = picture_of((60, 40), "JPEG", exif=written)
    assert b"Appareil de Camille" in data
    send_photo(client, data)
    kept = Photo.objects.get()
    with kept.file.open() as file:
        assert b"Camille" not in file.read()
    with Image.open(kept.file.path) as drawn:
        assert dict(drawn.getexif()) == {}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("faux.png", b"<script>alert(1)</script>"),
        ("vide.png", b""),
        ("anime.gif", b"GIF89a" + b"\x00" * 40),
    ],
)
def test_what_is_no_photo_is_refused(client, home, name, data):
    answer = send_photo(client, data, name)
    assert "file" in answer.context["form"].errors
    assert Photo.objects.count() == 0


def test_forty_million_points_are_too_many(client, home):
    answer = send_photo(client, picture_of((8000, 5000)), "geante.png", "image/png")
    assert "file" in answer.context["form"].errors
    assert Photo.objects.count() == 0


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


# ------------------------------------------------------------------------------------------------- kept pages
@pytest.mark.django_db(transaction=True)
def test_the_home_is_drawn_once_until_something_is_done(client, django_assert_num_queries):
    full_town()
    boss = officer()
    services.admit_editor(boss)
    home = services.lay_out_site(by=boss)
    for name in ("un", "deux"):
        story = StoryPage(title=name, slug=name, photo=photo())
        services.put_up(story, StoryListPage.objects.get(), by=boss)
    client.get("/")
    with django_assert_num_queries(1):
        first = client.get("/").content
    home.headline = "Bienvenue à tous"
    services.publish(home, by=boss)
    second = client.get("/").content.decode()
    assert "Bienvenue à tous" not in first.decode()
    assert "Bienvenue à tous" in second
    with clock.at(clock.now() + timedelta(minutes=2)), django_assert_num_queries(12):
        client.get("/")


def test_who_is_signed_in_is_shown_a_page_of_their_own(client):
    client.force_login(UserFactory.create())
    assert "Modifier cette page" not in client.get("/").content.decode()
