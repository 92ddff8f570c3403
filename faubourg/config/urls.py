"""Every open room's addresses, mounted from its card, and the words said when a page fails."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from faubourg.core.cards import cards

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(card.bare_urls)) for card in cards() if card.bare_urls),
    *(
        path(f"{card.url_prefix}/" if card.url_prefix else "", include(f"{card.name}.urls"))
        for card in cards()
        if card.url_prefix is not None and find_spec(f"{card.name}.urls")
    ),
    *(path("", include(card.rest_urls)) for card in cards() if card.rest_urls),
]
if "website" not in settings.ROOMS:  # without a public site, the first page is one's own
    urlpatterns.append(path("", RedirectView.as_view(pattern_name=settings.LOGIN_REDIRECT_URL), name="first_page"))
handler400 = "faubourg.core.http.bad_request"
handler403 = "faubourg.core.http.forbidden"
handler404 = "faubourg.core.http.not_found"
handler500 = "faubourg.core.http.server_error"
