"""What every template knows: the town, and the desk's menu of the person at hand."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from faubourg.core import accessibility, clock
from faubourg.core.cards import menu_for


def town(request: HttpRequest) -> dict[str, Any]:
    return {
        "town": settings.TOWN,
        "look": settings.THEME,
        "accessibility": accessibility.statement(),
        "demo": settings.DEMO,
        "now": clock.now(),
        "menu": SimpleLazyObject(lambda: menu_for(request.user)),
    }
