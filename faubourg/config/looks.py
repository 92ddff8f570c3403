"""The town's colours and logo, as the environment gives them (docs/settings.md)."""

import environ
from django.core.exceptions import ImproperlyConfigured

from faubourg.core.theme import Theme, UnreadableError
from faubourg.core.theme import read as dress


def read(env: environ.Env) -> Theme:
    """What cannot be read stops the start, with words."""
    colours = {
        "adour": env.str("FAUBOURG_COLOUR_LINKS", default=""),
        "terra": env.str("FAUBOURG_COLOUR_ACCENT", default=""),
        "ochre": env.str("FAUBOURG_COLOUR_DRAWN", default=""),
    }
    try:
        return dress(colours, env.str("FAUBOURG_LOGO", default=""))
    except UnreadableError as problem:
        raise ImproperlyConfigured(f"l’apparence, {problem}") from None
