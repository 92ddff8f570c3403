"""The fields of a draft, with their words. They judge nothing: what a text means, ``calls.draft`` knows."""

from typing import Any

from django import forms

from faubourg.calls.draft import read_day
from faubourg.calls.enums import PieceKind
from faubourg.calls.models import Application
from faubourg.calls.rules import MAX_PIECES, most_bytes_of_pieces
from faubourg.core.forms import Explained
from faubourg.documents.rules import SAID_EXTENSIONS, in_megabytes, most_bytes
from faubourg.questions.enums import QuestionKind
from faubourg.questions.models import Question


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def _number() -> forms.TextInput:
    return forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})


_PLAIN: dict[str, tuple[str, str, forms.Widget]] = {
    "title": (
        "Titre du projet",
        "Court et parlant : il sera public si le projet est soutenu. 160 signes au plus.",
        forms.TextInput(),
    ),
    "summary": (
        "Le projet en une phrase",
        "Elle accompagne le titre sur le site. 300 signes au plus.",
        _area(2),
    ),
    "public": (
        "À qui s’adresse le projet ?",
        "Par exemple : enfants de 6 à 11 ans et leurs parents. 300 signes au plus.",
        _area(2),
    ),
    "people_expected": ("Combien de personnes attendez-vous ?", "Un nombre, même approché.", _number()),
    "people_qpv": (
        "Combien d’entre elles habitent les quartiers prioritaires ?",
        "Elles comptent aussi dans le nombre ci-dessus.",
        _number(),
    ),
    "starts_on": ("Début", "", forms.TextInput()),
    "ends_on": ("Fin", "", forms.TextInput()),
}


def plain_field(name: str, application: Application, text: str) -> forms.Field:
    """A plain field of the draft; ``text`` is what stands in it."""
    if name == "neighbourhoods":
        return _neighbourhoods(application)
    if name == "objectives":
        return forms.MultipleChoiceField(label="À quels objectifs du contrat répond-il ?")
    label, help_text, widget = _PLAIN[name]
    if name in ("starts_on", "ends_on"):
        call = application.call
        help_text = f"Entre le {call.projects_from:%d/%m/%Y} et le {call.projects_until:%d/%m/%Y}."
        widget = _day_input(text)
    return forms.CharField(label=label, help_text=help_text, widget=widget)


def _day_input(text: str) -> forms.TextInput:
    """The browser's calendar; a text that is no day is shown as it was typed, which a calendar cannot do."""
    try:
        day = read_day(text)
    except ValueError:
        return forms.TextInput({"autocomplete": "off"})
    is_calendars_own = day is None or text == day.isoformat()
    return forms.DateInput({"type": "date"}) if is_calendars_own else forms.TextInput()


def _neighbourhoods(application: Application) -> forms.Field:
    rows = application.call.geography.neighbourhoods.select_related("municipality").order_by("name")
    return forms.MultipleChoiceField(
        label="Dans quels quartiers ?",
        help_text="Ceux où habite votre public.",
        choices=[(row.code, Explained(row.name, row.municipality.name)) for row in rows],
        widget=forms.CheckboxSelectMultiple,
    )


def question_field(question: Question) -> forms.Field:
    """A question of the questionnaire as a field; its limit is said in words."""
    limit = f"{question.max_words} mots au plus." if question.max_words else ""
    help_text = " ".join(part for part in (question.help, limit) if part)
    common: dict[str, Any] = {"label": question.label, "help_text": help_text, "required": question.required}
    choices = [(choice, choice) for choice in question.choices]
    match question.kind:
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case QuestionKind.CHOICES:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(choices=[("oui", "Oui"), ("non", "Non")], widget=forms.RadioSelect, **common)
        case QuestionKind.LONG_TEXT:
            return forms.CharField(widget=_area(6), **common)
        case QuestionKind.NUMBER:
            return forms.CharField(widget=_number(), **common)
        case _:
            return forms.CharField(**common)


def file_fields() -> dict[str, forms.Field]:
    return {
        "kind": forms.ChoiceField(label="De quelle pièce s’agit-il ?", choices=PieceKind.choices),
        "file": forms.FileField(
            label="Le fichier",
            help_text=f"{SAID_EXTENSIONS}. {in_megabytes(most_bytes())} au plus par fichier ; {MAX_PIECES} fichiers et "
            f"{in_megabytes(most_bytes_of_pieces())} au plus en tout.",
        ),
    }
