"""The site's photos, cut to size, for everybody."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

AGE = 365 * 24 * 3600  # a photo that is changed takes another name
KINDS = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


@require_safe
def photo(request: HttpRequest, name: str) -> FileResponse:
    """One file of the folder of cut photos: pictures alone, and none of another folder."""
    kind = KINDS.get(name.rpartition(".")[2])
    storage = storages["photos"]
    place = f"images/{name}"
    if kind is None or not storage.exists(place):
        raise Http404("photo")
    response = FileResponse(storage.open(place), content_type=kind)
    response["Cache-Control"] = f"public, max-age={AGE}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
