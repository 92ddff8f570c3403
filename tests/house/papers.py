"""What the written pages must say: every setting, every term. Checks that return what is missing or too much."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import models

from tests.house.places import sources

READ_BY_SETTINGS = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z_]+)["']""")
READ_FROM_THE_ENVIRONMENT = re.compile(r"""\bos\.environ(?:\.get\(|\.setdefault\(|\[)\s*["']([A-Z_]+)["']""")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
TERM = re.compile(r"^\| ([^|]+?) \| `([\w.]+)` \|", re.MULTILINE)
NOT_SETTINGS = {"DJANGO_SETTINGS_MODULE"}


def settings_gaps(root: Path) -> list[str]:
    """docs/settings.md and what the code reads from the environment say the same."""
    read = set()
    for source in sources(root):
        read |= {*READ_BY_SETTINGS.findall(source.text), *READ_FROM_THE_ENVIRONMENT.findall(source.text)}
    read -= NOT_SETTINGS
    told = ROW.findall((root / "docs/settings.md").read_text())
    return [
        *(f"read, not documented: {name}" for name in sorted(read - set(told))),
        *(f"documented, never read: {name}" for name in sorted(set(told) - read)),
        *(f"documented twice: {name}" for name, times in Counter(told).items() if times > 1),
    ]


def terms_of(found: Iterable[type[models.Model]], choices: Iterable[type[models.Choices]]) -> dict[str, str]:
    """English name -> French term, of every table and of every choice."""
    terms = {model._meta.label: str(model._meta.verbose_name) for model in found}
    for choice in choices:
        room = choice.__module__.split(".")[1]
        terms |= {f"{room}.{choice.__name__}.{member.name}": str(member.label) for member in choice}
    return terms


def glossary_gaps(terms: Mapping[str, str], text: str) -> list[str]:
    """docs/glossaire.md has one true row for every table and every state. The answer is rows to paste."""
    rows = TERM.findall(text)
    told = {english: french for french, english in rows}
    rooms = {name.split(".")[0] for name in terms}
    return [
        *(f"missing: | {french} | `{name}` | |" for name, french in terms.items() if name not in told),
        *(
            f"differs: {name} is « {french} » in the code, « {told[name]} » in the glossary"
            for name, french in terms.items()
            if told.get(name, french) != french
        ),
        *(f"no such thing: {name}" for name in told if name.split(".")[0] in rooms and name not in terms),
        *(f"twice: {name}" for name, times in Counter(english for _, english in rows).items() if times > 1),
    ]


def twice_translated(terms: Mapping[str, str]) -> list[str]:
    """One French term, one table."""
    tables = {name: french for name, french in terms.items() if name.count(".") == 1}
    return [f"{french}: {times} tables" for french, times in Counter(tables.values()).items() if times > 1]
