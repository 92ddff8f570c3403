"""What the tables of the house must be: checks over models and cards, that return what is wrong."""

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models

from faubourg.core.cards import RoomCard
from faubourg.core.models import CodeMaker
from tests.house.impersonal import IMPERSONAL

OPERATIONS = re.compile(
    r"migrations\.(AddConstraint|AddIndex|AddField|AlterField|RunSQL|RunPython|SeparateDatabase\w*)"
)
CAN_HOLD_A_PERSON = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


def of_the_house(found: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    return [model for model in found if model.__module__.startswith("faubourg.")]


def upstairs(found: Iterable[type[models.Model]], floor: dict[str, int]) -> list[str]:
    """Foreign keys run downstairs like imports; a string "calls.Application" is no loophole."""
    return sorted(
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in found
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and isinstance(field.related_model, type)
        for here, there in [(model._meta.app_label, field.related_model._meta.app_label)]
        if here in floor and there in floor and here != there and floor[there] >= floor[here]
    )


def migrations_of(root: Path) -> list[str]:
    """One folded 0001_initial per room until the first release."""
    found = []
    for folder in sorted((root / "faubourg").glob("*/migrations")):
        files = sorted(file.name for file in folder.glob("[0-9]*.py"))
        if files != ["0001_initial.py"]:
            found.append(f"{folder.relative_to(root)}: {files}")
        for file in folder.glob("[0-9]*.py"):
            found += [f"{file.relative_to(root)}: {name}" for name in OPERATIONS.findall(file.read_text())]
    return found


def personal_fields(found: Iterable[type[models.Model]]) -> set[str]:
    """``room.Model.field`` of all that can tell of a person: keys to the user, addresses, typed words, files."""
    told = set()
    for model in found:
        for field in model._meta.local_fields:
            to_person = field.is_relation and field.related_model is not None and _is_user(field.related_model)
            typed = isinstance(field, CAN_HOLD_A_PERSON) and not field.choices and not _is_made(field)
            if to_person or typed:
                told.add(f"{model._meta.label}.{field.name}")
    return told


def _is_user(model: type[models.Model] | str) -> bool:
    label = model if isinstance(model, str) else model._meta.label
    return label == settings.AUTH_USER_MODEL


def _is_made(field: models.Field) -> bool:
    """Codes and words for addresses are made by the machine."""
    return isinstance(field.default, CodeMaker) or isinstance(field, models.SlugField)


def register_gaps(found: Iterable[type[models.Model]], cards: Iterable[RoomCard]) -> list[str]:
    """Each personal field is on its room's card, or said to be impersonal; the cards name fields that exist."""
    wanted = personal_fields(found)
    all_fields = {f"{model._meta.label}.{field.name}" for model in found for field in model._meta.get_fields()}
    on_cards = {f"{card.label}.{name}" for card in cards for entry in card.personal_data for name in entry.fields}
    return [
        *(f"in no register: {name}" for name in sorted(wanted - on_cards - IMPERSONAL)),
        *(f"registered, but no such field: {name}" for name in sorted(on_cards - all_fields)),
        *(f"registered and said to be impersonal: {name}" for name in sorted(on_cards & IMPERSONAL)),
        *(f"said to be impersonal, but no such field: {name}" for name in sorted(IMPERSONAL - all_fields)),
    ]
