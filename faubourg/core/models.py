"""Abstract bases of tables. The core has no table of its own."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models

from faubourg.core import clock
from faubourg.core.codes import new_code
from faubourg.core.text import fold


class CodeMaker:
    """A default for ``code`` fields that migrations can write down: ``CodeMaker("U")``."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __call__(self) -> str:
        return new_code(self.prefix)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CodeMaker) and other.prefix == self.prefix

    def __hash__(self) -> int:
        return hash((CodeMaker, self.prefix))

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "faubourg.core.models.CodeMaker", [self.prefix], {}


def code_field(prefix: str, **options: Any) -> models.CharField:
    """The public code of a thing, unique and impossible to guess."""
    return models.CharField("code", max_length=24, unique=True, editable=False, default=CodeMaker(prefix), **options)


def made_at(label: str = "créé le", default: Callable[[], Any] = clock.now) -> models.DateTimeField:
    """When the row was made, by the house's clock."""
    return models.DateTimeField(label, default=default, editable=False)


def cents_field(label: str, **options: Any) -> models.BigIntegerField:
    """An amount in integer cents of euro (R-BUD-01)."""
    return models.BigIntegerField(label, **options)


class Findable(models.Model):
    """Keeps beside a thing's name what a search compares with it: without accents, without case."""

    named_by: ClassVar[str] = "name"
    folded = models.CharField("nom sans accents", max_length=320, editable=False, default="")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(getattr(self, self.named_by))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded"}
        super().save(*args, **kwargs)
