"""The forms of the editors' desk, sent as a browser sends them; a photo; what the journal says of a thing."""

from django.urls import reverse
from wagtail.models import Page

from faubourg.journal.selectors import entries_about
from faubourg.website import services
from faubourg.website.models import Photo
from tests.factories.documents import picture_of


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


def edit(client, page, **fields):
    """The form of a page, sent with these changes, published at once."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, {**form(client.get(address)), **fields, "action-publish": "1"})
