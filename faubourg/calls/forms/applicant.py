"""The steps of a draft as data, and the page of each: every field shows what was typed, right or wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format

from faubourg.calls import services
from faubourg.calls.draft import CHOICES, READERS, Contents, Value, budget_texts, marks, same, shown, trouble
from faubourg.calls.forms.budget import Pen
from faubourg.calls.forms.fields import file_fields, plain_field, question_field
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.core.errors import Conflict, Refusal, Refusals
from faubourg.core.templatetags.faubourg import plural
from faubourg.funding.figures import Grid
from faubourg.partners.models import Objective
from faubourg.partners.selectors import objectives_of
from faubourg.questions.enums import QuestionKind
from faubourg.questions.selectors import Filled, filled


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the draft and the plain fields on it."""

    slug: str
    template: str  # step_<template>.html
    label: str
    lead: str
    fields: tuple[str, ...] = ()


PROJECT, PUBLIC, BUDGET, PIECES, SEND = STEPS = (
    Step(
        "projet",
        "project",
        "Le projet",
        "Ce que vous voulez faire, et pourquoi. Écrivez comme vous parlez.",
        ("title", "summary", "objectives"),
    ),
    Step(
        "public",
        "public",
        "Le public et les dates",
        "Pour qui, où et quand.",
        ("public", "people_expected", "people_qpv", "neighbourhoods", "starts_on", "ends_on"),
    ),
    Step(
        "budget",
        "budget",
        "Le budget",
        "Ce que le projet coûte et ce qui le paie : les deux totaux doivent être égaux.",
    ),
    Step("pieces", "pieces", "Les pièces", "Les documents de votre organisme. Un seul suffit pour déposer."),
    Step("envoi", "send", "Relire et envoyer", "Voici tout votre dossier, comme le liront les financeurs."),
)
FIRST = PROJECT
SUMMARY = "a-corriger"  # the error summary's place in a page: without script too, an address that ends so focuses it


def step_named(slug: str) -> Step | None:
    return next((step for step in STEPS if step.slug == slug), None)


def step_of(name: str) -> Step:
    """The page on which a field stands."""
    if name.startswith(("b-", "asked")):
        return BUDGET
    if name in ("file", "kind"):
        return PIECES
    if name in PUBLIC.fields:
        return PUBLIC
    return SEND if name == "sworn" else PROJECT


def step_after(step: Step) -> Step:
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


# ---------------------------------------------------------------------------------------------- reading a page
def page_sent(application: Application, step: Step, data: QueryDict) -> dict[str, Value]:
    """Every field of the posted page, as typed. A box that nobody ticks is not sent: it is empty."""
    values: dict[str, Value] = {}
    for name in step.fields:
        values[name] = data.getlist(name) if name in CHOICES else data.get(name, "")
    if step is PROJECT:
        for row in filled(application.answers):
            several = row.question.kind == QuestionKind.CHOICES
            values[row.field] = "\n".join(data.getlist(row.field)) if several else data.get(row.field, "")
    if step is BUDGET:
        values |= {name: data.get(name, "") for name in data if name.startswith(("b-", "asked-"))}
    return values


def field_sent(name: str, text: str) -> Value:
    """One field as the page's script sends it: the ticked boxes one per line."""
    return text.replace(",", "\n").split() if name in CHOICES else text


# ---------------------------------------------------------------------------------------------- drawing a page
class StepForm(forms.Form):
    """Fields that show texts and problems which services found: nothing is judged here."""

    use_required_attribute = False

    def __init__(
        self, drawn: Mapping[str, forms.Field], texts: Mapping[str, Value], problems: Mapping[str, list[str]]
    ) -> None:
        data = QueryDict(mutable=True)
        for name, text in texts.items():
            data.setlist(name, [text] if isinstance(text, str) else list(text))
        super().__init__(data=data, auto_id="%s")
        self.fields = dict(drawn)
        self.found = problems

    def full_clean(self) -> None:
        self._errors = ErrorDict({name: ErrorList(self.found[name]) for name in self.fields if self.found.get(name)})
        self.cleaned_data = {}


@dataclass(frozen=True, slots=True)
class Mark:
    """A step in the list at the left."""

    label: str
    url: str
    state: str  # done, warn, todo
    current: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """An objective of the tree: one that the call proposes has a box, what stands above it is a heading."""

    objective: Objective
    depth: int
    offered: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the error summary."""

    words: str
    url: str


@dataclass
class StepPage:
    """All that one step shows. ``typed`` is what a refused page had sent: it stands in the fields again.

    ``strict`` also says what is missing; else only what cannot be read.
    """

    application: Application
    step: Step
    typed: Mapping[str, Value] = field(default_factory=dict)
    refusal: Refusal | None = None
    strict: bool = False

    @property
    def number(self) -> int:
        return STEPS.index(self.step) + 1

    @property
    def count(self) -> int:
        return len(STEPS)

    @cached_property
    def problems(self) -> list[Refusal]:
        """What stands between this draft and its submission."""
        return services.problems(self.application, self.contents)

    @cached_property
    def contents(self) -> Contents:
        return Contents(self.application)

    @property
    def questions(self) -> list[Filled]:
        return self.contents.answers

    # ---- the texts
    @cached_property
    def stored(self) -> dict[str, Value]:
        """What stands in the fields of this page now."""
        if self.step is BUDGET:
            sheet = self.stored_grid
            return {**budget_texts(sheet), **{row.field: row.text for row in sheet.asked}}
        texts = shown(self.application, self.step.fields)
        return texts | {row.field: row.text for row in self.questions} if self.step is PROJECT else texts

    @property
    def marks(self) -> str:
        return marks(self.stored)

    @cached_property
    def texts(self) -> dict[str, Value]:
        return self.stored | dict(self.typed)

    # ---- the problems
    @cached_property
    def refusals(self) -> list[Refusal]:
        found = self.refusal
        return list(found.items) if isinstance(found, Refusals) else [found] if found else []

    @cached_property
    def said(self) -> dict[str, list[str]]:
        """Words beside each field of this page."""
        words: dict[str, list[str]] = {}
        for refusal in self.refusals:
            words.setdefault(refusal.field, []).append(words_of(refusal))
        for fault in self.problems:
            if fault.field not in words and step_of(fault.field) is self.step and self._is_told(fault.field):
                words.setdefault(fault.field, []).append(fault.message)
        return words

    def _is_told(self, name: str) -> bool:
        """Is this the moment to say it? An empty field of a new draft is no fault yet.

        Of a page that was refused, what was typed is judged once it is saved, not by what stood there before.
        """
        if name in self.typed and same(name, self.typed[name]) != same(name, self.stored.get(name, "")):
            return False
        if self.strict or trouble(self.application, name):
            return True
        return self._has_budget if step_of(name) is BUDGET else bool(self.texts.get(name))

    @property
    def _has_budget(self) -> bool:
        return not self.stored_grid.is_empty or bool(self.application.budget.typed)

    @property
    def faults(self) -> list[Fault]:
        """The summary at the top: what was refused, then what is wrong on this page."""
        told = [p for p in self.problems if step_of(p.field) is self.step and p.message in self.said.get(p.field, ())]
        return [self.fault(problem) for problem in [*self.refusals, *told]]

    @property
    def to_do(self) -> list[Fault]:
        """All that is missing on every page, for the last one."""
        return [self.fault(problem) for problem in self.problems]

    @property
    def headline(self) -> str:
        """The first words of the summary."""
        if any(isinstance(refusal, Conflict) for refusal in self.refusals):
            return "Une autre fenêtre a écrit entre-temps. Rien n’a été écrasé."
        if self.refusal and self.step is SEND:
            return "Le dossier n’est pas parti."
        count = len(self.faults)
        return f"Il reste {plural(count, 'chose,choses')} à corriger."

    def fault(self, problem: Refusal) -> Fault:
        """The words, and the exact field of the exact page."""
        if not problem.field:
            return Fault(words_of(problem), "")
        step, anchor = step_of(problem.field), f"#{self._anchor(problem.field)}"
        return Fault(words_of(problem), anchor if step is self.step else f"{self.url(step)}?corriger=1{anchor}")

    def _anchor(self, name: str) -> str:
        return self.grid.asked[0].field if name == "asked" and self.grid.asked else name

    @property
    def saved_words(self) -> str:
        """When the draft was last saved."""
        at = self.application.saved_at
        if at is None:
            return ""
        local = timezone.localtime(at)
        said = time_format(local)
        return f"Enregistré à {said}" if local.date() == clock.today() else f"Enregistré le {local:%d/%m/%Y} à {said}"

    @property
    def is_unreadable(self) -> bool:
        """Something on this page counts for nothing as it was typed, whenever it was saved."""
        said = [trouble(self.application, name) for name in self.step.fields]
        if self.step is PROJECT:
            said += [row.problem for row in self.questions]
        if self.step is BUDGET:
            said += [row.problem for row in self.stored_grid.typed_rows] + [row.problem for row in self.contents.asked]
        return any(said)

    # ---- where am I
    def url(self, step: Step) -> str:
        return reverse("calls:edit", args=[self.application.code, step.slug])

    @cached_property
    def steps(self) -> list[Mark]:
        faulty = {step: [p for p in self.problems if step_of(p.field) is step] for step in STEPS}
        return [Mark(step.label, self.url(step), self._state(step, faulty[step]), step is self.step) for step in STEPS]

    @property
    def next_step(self) -> Mark:
        """The first page that still waits for something."""
        return next(mark for mark in self.steps if mark.state != "done")

    def _state(self, step: Step, problems: list[Refusal]) -> str:
        if step is SEND:
            return "todo"
        if not problems:
            return "done"
        return "warn" if any(self._is_filled(problem.field) for problem in problems) else "todo"

    def _is_filled(self, name: str) -> bool:
        """Was something written there? A wrong answer calls louder than a missing one."""
        if name in READERS:
            return name in self.application.typed or getattr(self.application, name) not in ("", None)
        if name.startswith("q-"):
            return any(row.field == name and row.text.strip() for row in self.questions)
        return name.startswith(("b-", "asked-")) and self._has_budget

    # ---- the parts
    @cached_property
    def form(self) -> StepForm:
        drawn: dict[str, forms.Field] = {}
        for name in self.step.fields:
            drawn[name] = plain_field(name, self.application, str(self.texts[name]))
        if self.step is PROJECT:
            drawn |= {row.field: question_field(row.question) for row in self.questions}
        if self.step is PIECES:
            drawn |= file_fields()
        return StepForm(drawn, self.texts, self.said)

    @property
    def question_fields(self) -> list[Any]:
        return [self.form[row.field] for row in self.questions]

    @property
    def objectives(self) -> list[Knot]:
        return objective_tree(self.application, self.texts.get("objectives", ()))

    @property
    def stored_grid(self) -> Grid:
        return self.contents.grid

    @cached_property
    def grid(self) -> Grid:
        """The budget, with what a refused page had typed in it and each fault beside its field."""
        return Pen(self.typed, self.said, {refusal.field for refusal in self.refusals}).grid(self.stored_grid)


def words_of(refusal: Refusal) -> str:
    """A refusal in words; of two windows, what the other one wrote."""
    if not isinstance(refusal, Conflict):
        return refusal.message
    return (
        f"Dans l’autre fenêtre : {their_words(refusal)}. Votre saisie est gardée ici ; "
        "enregistrez de nouveau pour la conserver."
    )


def their_words(refusal: Conflict) -> str:
    """What another window wrote, as it is said: boxes hold codes, which say nothing to anybody."""
    if refusal.field in CHOICES:
        return "un autre choix"
    return f"« {refusal.current} »" if refusal.current.strip() else "rien"


def objective_tree(application: Application, chosen: Iterable[str]) -> list[Knot]:
    """The objectives of the call under what stands above them in the contract."""
    chosen = set(chosen)
    offered = {row.pk: row for row in application.call.objectives.all()}
    above = {
        row.path[:end] for row in offered.values() for end in range(len(row.path)) if row.path[end : end + 1] == "."
    }
    return [
        Knot(row, row.depth, row.pk in offered, row.code in chosen)
        for row in objectives_of(application.call.contract)
        if row.pk in offered or row.path in above
    ]
