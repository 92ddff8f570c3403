"""Photos: what they must say, what is refused, what is taken out of them, how they are shown."""

import io
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.models import Collection, UploadedFile

from faubourg.core import clock
from faubourg.documents.services import draw_photo
from faubourg.website import services
from faubourg.website.models import FreePage, Photo, StoryListPage, StoryPage
from tests.factories.documents import picture_of
from tests.website.desk import photo, verbs

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("WEBP", "a.webp"), ("PNG", "a.png")])
def test_no_word_of_a_camera_is_kept_in_any_format(client, home, kind, name):
    said = PngInfo()
    said.add_text("Author", "Camille")
    words = {"JPEG": {"comment": b"Camille"}, "WEBP": {"xmp": b"Camille"}, "PNG": {"pnginfo": said}}
    data = picture_of((60, 40), kind, **words[kind])
    assert b"Camille" in data
    send_photo(client, data, name)
    with Photo.objects.get().file.open() as file:
        assert b"Camille" not in file.read()


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA"])
def test_photos_of_every_kind_are_cut(client, home, mode):
    out = io.BytesIO()
    Image.new(mode, (60, 40)).save(out, "JPEG" if mode in ("CMYK", "L") else "PNG")
    assert send_photo(client, out.getvalue(), "a.jpg" if mode in ("CMYK", "L") else "a.png").status_code == 302
    shown = client.get(Photo.objects.get().get_rendition("max-20x20|format-webp").url)
    assert b"".join(shown.streaming_content)[:4] == b"RIFF"


def test_a_photo_that_is_sent_with_others_or_from_a_page_is_journalled(client, home):
    collection = str(Collection.get_first_root_node().pk)
    upload = SimpleUploadedFile("a.jpg", picture_of((60, 40), "JPEG"), "image/jpeg")
    told = {"title": "t", "description": "d", "credit": "c", "is_agreed": "on", "collection": collection, "tags": ""}
    given = {f"image-chooser-upload-{name}": value for name, value in told.items()}
    client.post(reverse("wagtailimages_chooser:create"), {**given, "image-chooser-upload-file": upload})
    (one,) = Photo.objects.all()
    assert verbs(f"photo:{one.pk}") == ["add_photo"]
    address = reverse("wagtail_bulk_action", args=["website", "photo", "delete"])
    client.post(f"{address}?id={one.pk}")
    assert (Photo.objects.count(), verbs(f"photo:{one.pk}")) == (0, ["add_photo", "delete_photo"])


def test_a_photo_that_was_sent_and_never_told_is_gone_after_a_day(client, home):
    upload = SimpleUploadedFile("gps.jpg", picture_of((60, 40), "JPEG"), "image/jpeg")
    collection = str(Collection.get_first_root_node().pk)
    sent = {"files[]": upload, "title": "t", "collection": collection}
    client.post(reverse("wagtailimages:add_multiple"), sent, headers={"X-Requested-With": "XMLHttpRequest"})
    (row,) = UploadedFile.objects.all()
    place = Path(row.file.path)
    os.utime(place, (clock.now().timestamp(),) * 2)
    assert services.sweep_uploads() == 0
    with clock.at(clock.now() + timedelta(days=2)):
        assert services.sweep_uploads() == 1
    assert (place.exists(), UploadedFile.objects.count()) == (False, 0)


def test_a_photo_that_is_deleted_is_gone_with_all_its_sizes(client, home, django_capture_on_commit_callbacks):
    picture = photo()
    places = [Path(picture.file.path), Path(picture.get_rendition("max-20x20|format-webp").file.path)]
    assert [place.exists() for place in places] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert [place.exists() for place in places] == [False, False]


def test_a_photo_cut_on_its_way_is_refused_in_words(client, home):
    whole = picture_of((600, 400), "JPEG")
    answer = send_photo(client, whole[: len(whole) // 2])
    assert "Cette photo est coupée" in str(answer.context["form"].errors["file"])
    upload = SimpleUploadedFile("a.jpg", whole[: len(whole) // 2], "image/jpeg")
    sent = {"files[]": upload, "title": "t", "collection": str(Collection.get_first_root_node().pk)}
    told = client.post(reverse("wagtailimages:add_multiple"), sent, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (told.status_code, told.json()["success"]) == (200, False)


def test_sixteen_bits_of_grey_stay_grey():
    out = io.BytesIO()
    Image.new("I;16", (8, 8), 32_768).save(out, "PNG")
    with Image.open(io.BytesIO(draw_photo(out.getvalue()))) as drawn:
        assert drawn.getpixel((4, 4)) == (128, 128, 128)


def test_nobody_guesses_where_a_photo_lies(client, home):
    send_photo(client, picture_of((60, 40), "JPEG"), "conseil-citoyen.jpg")
    assert "conseil" not in Photo.objects.get().get_rendition("max-20x20|format-webp").url


def test_a_page_whose_photo_was_deleted_is_still_read(client, home):
    picture = photo()
    page = FreePage(title="Vide", slug="vide", body=[("photo", {"photo": picture, "legend": "Ici"})])
    services.put_up(page, home, by=None)
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert Photo.objects.count() == 0
    assert client.get("/vide/").status_code == 200


def test_a_story_keeps_its_photo(client, home):
    picture = photo()
    services.put_up(StoryPage(title="Récit", slug="recit", photo=picture), StoryListPage.objects.get(), by=None)
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    address = reverse("wagtail_bulk_action", args=["website", "photo", "delete"])
    client.post(f"{address}?id={picture.pk}")
    assert Photo.objects.count() == 1


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
