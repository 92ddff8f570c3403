"""The town's colours, its logo, the sign of its tab: files made of settings, kept by browsers until they change."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from faubourg.core.theme import LOGO_KINDS, Theme

YEAR = 365 * 24 * 3600


def _present(digest: str) -> Theme:
    """The look at this address; an older one is no more."""
    theme: Theme = settings.THEME
    if not theme or digest != theme.digest:
        raise Http404("look")
    return theme


def _kept(content: str | bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
def colours(request: HttpRequest, digest: str) -> HttpResponse:
    return _kept(_present(digest).sheet, "text/css; charset=utf-8")


@require_safe
def icon(request: HttpRequest, digest: str) -> HttpResponse:
    return _kept(_present(digest).icon, "image/svg+xml")


@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    file = _present(digest).logo
    if file is None:
        raise Http404("logo")
    return _kept(file.read_bytes(), LOGO_KINDS[file.suffix.lower()])
