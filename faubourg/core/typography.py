"""French signs stay with their words: a « ? » or a « » » never stands alone at the head of a line."""

import re
from typing import Any

from django.template import Origin
from django.template.loaders import app_directories

from faubourg.core.money import NARROW_SPACE

SPACE = "\u00a0"
_BEFORE_COLON = re.compile(r"(?<=\S) (?=:(?:[\s<{)\]»]|$))")
_BEFORE_SIGN = re.compile(r"(?<=\S) (?=[;?!](?:[\s<{)\]»]|$))")
_GUILLEMETS = re.compile(r"(?<=«) | (?=»)")


def keep_together(text: str) -> str:
    """``keep_together("Une question ?")`` puts a narrow space that does not break before ``?``, ``!`` and ``;``, a
    plain one before ``:`` and inside ``« »``. What stands already is left alone; said twice, it is the same."""
    return _BEFORE_SIGN.sub(NARROW_SPACE, _BEFORE_COLON.sub(SPACE, _GUILLEMETS.sub(SPACE, text)))


class FrenchLoader(app_directories.Loader):
    """The house's own templates, pages and mails alike, with their signs kept: once, when a template is compiled."""

    def get_contents(self, origin: Origin) -> Any:
        text = super().get_contents(origin)
        return keep_together(text) if "/faubourg/" in str(origin.name) else text
