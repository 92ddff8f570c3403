"""The tree of a contract's objectives: of free depth, in the order that its keeper wants.

Who changes a tree holds its contract's row: two people never give one place to two objectives.
"""

from django.db import transaction
from django.utils.text import slugify

from faubourg.accounts.models import User
from faubourg.core.errors import Refusal
from faubourg.core.uses import uses_of
from faubourg.journal import services as journal
from faubourg.partners.models import Contract, Objective
from faubourg.partners.services.contracts import find_again, keeper_only
from faubourg.partners.services.memberships import ROOM

STEP = 4  # signs of a path for one level: "001."
MOST_LEVELS = 29  # as many as a path can hold, and one sign of room for a move
MOST_SISTERS = 999


@transaction.atomic
def add_objective(
    contract: Contract,
    *,
    title: str,
    level: str = "",
    slug: str = "",
    parent: Objective | None = None,
    summary: str = "",
    icon: str = "",
    by: User | None,
) -> Objective:
    """One more knot of the tree, after its sisters. ``level`` is free: pilier, axe, enjeu, or nothing."""
    keeper_only(by)
    _hold(contract)
    if parent is not None and parent.contract_id != contract.pk:
        raise Refusal("Cet objectif appartient à un autre contrat.", field="parent")
    if slug and Objective.objects.filter(contract=contract, slug=slug).exists():
        raise Refusal(f"Un objectif « {slug} » existe déjà dans ce contrat.", field="slug")
    objective = Objective.objects.create(
        contract=contract, parent=parent, level=_one_line(level), title=_titled(title),
        slug=slug or _free_slug(contract, title), path=_next_path(contract, parent), summary=summary, icon=icon,
    )  # fmt: skip
    find_again()
    journal.record("add_objective", objective.code, room=ROOM, by=by)
    return objective


@transaction.atomic
def change_objective(objective: Objective, *, title: str, level: str, by: User | None) -> Objective:
    """Another title, another name of its level. Its address stays."""
    keeper_only(by)
    row = Objective.objects.select_for_update().get(pk=objective.pk)
    wanted = {"title": _titled(title), "level": _one_line(level)}
    if any(getattr(row, name) != value for name, value in wanted.items()):
        row.title, row.level = wanted["title"], wanted["level"]
        row.save(update_fields=["title", "level"])
        find_again()
        journal.record("change_objective", row.code, room=ROOM, by=by)
    return row


@transaction.atomic
def move_objective(objective: Objective, way: str, *, by: User | None) -> Objective:
    """One place up or down (``way``) among its sisters, with all that stands under it."""
    keeper_only(by)
    if way not in ("up", "down"):
        raise Refusal("Choisissez « monter » ou « descendre ».")
    _hold(objective.contract)
    row = Objective.objects.get(pk=objective.pk)
    sisters = list(Objective.objects.filter(contract=row.contract_id, parent=row.parent_id).order_by("path"))
    here = sisters.index(row)
    there = here - 1 if way == "up" else here + 1
    if not 0 <= there < len(sisters):
        place = "premier" if way == "up" else "dernier"
        raise Refusal(f"« {row} » est déjà le {place} à sa place. Rien n’a changé.")
    _swap(row, sisters[there])
    journal.record("move_objective", row.code, room=ROOM, by=by)
    return row


@transaction.atomic
def remove_objective(objective: Objective, *, by: User | None) -> None:
    """Take away a knot that nothing uses: no knot under it, no call, no application, no project."""
    keeper_only(by)
    _hold(objective.contract)
    row = Objective.objects.select_for_update().filter(pk=objective.pk).first()
    if row is None:
        return
    uses = uses_of(row)
    if uses:
        raise Refusal(f"« {row} » reste en place : s’y rattachent encore {uses}. Vous pouvez le renommer.")
    row.delete()
    find_again()
    journal.record("remove_objective", row.code, room=ROOM, by=by)


# ------------------------------------------------------------------------------------------------- paths, names
def _hold(contract: Contract) -> None:
    Contract.objects.select_for_update().get(pk=contract.pk)


def _next_path(contract: Contract, parent: Objective | None) -> str:
    """After the last sister, whatever was removed before her."""
    last = Objective.objects.filter(contract=contract, parent=parent).order_by("-path").first()
    number = int(last.path[1 - STEP :]) + 1 if last is not None else 1
    if number > MOST_SISTERS:
        raise Refusal(f"Pas plus de {MOST_SISTERS} objectifs côte à côte. Placez celui-ci sous un autre.")
    if parent is None:
        return f"{number:03d}"
    if parent.depth + 1 >= MOST_LEVELS:
        raise Refusal(f"Pas plus de {MOST_LEVELS} niveaux. Placez cet objectif plus haut.")
    return f"{parent.path}.{number:03d}"


def _swap(one: Objective, other: Objective) -> None:
    """Each path is one objective's at every moment: all step aside, then take their new places."""
    moved = [
        (knot, there + knot.path[len(here.path) :])
        for here, there in ((one, other.path), (other, one.path))
        for knot in _branch(here)
    ]
    for knot, path in moved:
        knot.path = f"~{path}"
    Objective.objects.bulk_update([knot for knot, _ in moved], ["path"])
    for knot, path in moved:
        knot.path = path
    Objective.objects.bulk_update([knot for knot, _ in moved], ["path"])
    one.path, other.path = other.path, one.path


def _branch(top: Objective) -> list[Objective]:
    """A knot and all that stands under it."""
    under = Objective.objects.filter(contract=top.contract_id, path__startswith=f"{top.path}.")
    return [top, *under.order_by("path")]


def _titled(title: str) -> str:
    title = _one_line(title)
    if not title:
        raise Refusal("Écrivez l’intitulé de l’objectif.", field="title")
    return title


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _free_slug(contract: Contract, title: str) -> str:
    """What stands in addresses: the title, with a number when another objective has it."""
    base = slugify(title)[:50].strip("-") or "objectif"
    taken = set(Objective.objects.filter(contract=contract, slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
