"""The gallery: every component in every state, the place where the look is judged and tested.

``/galerie/`` shows the public face, ``/galerie/?face=bureau`` the desk's; ``&jour`` or ``&nuit`` holds a theme.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.core.forms import AmountField, DayField, Explained, Marks, ParisDateTimeField
from faubourg.core.templatetags.drawings import ARCHES

THEMES = [
    Explained("Réussite éducative", "L’école, la famille, les vacances"),
    Explained("Emploi", "Se former, trouver un stage ou un travail"),
    Explained("Cadre de vie", "Jardins, rues, propreté"),
]
MANY = 96
SIGNS = [
    "ok", "no", "mid", "lock", "wait", "warn", "info", "away", "undo", "wall", "go", "back", "todo", "eye", "mail",
    "file", "down", "plus", "pen", "day", "who", "place",
]  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titre du projet", help_text="En une ligne, comme sur une affiche.", max_length=120)
    summary = forms.CharField(label="Ce que vous voulez changer", widget=forms.Textarea({"rows": 4}), required=False)
    asked = AmountField(label="Montant demandé", help_text="Avec ou sans espaces : 1 200 ou 1200,50.")
    starts_on = DayField(label="Premier jour")
    closes_at = ParisDateTimeField(label="Clôture de l’appel", help_text="Heure de Paris.")
    theme = forms.ChoiceField(
        label="Thème principal", choices=list(zip("abc", THEMES, strict=True)), widget=forms.RadioSelect
    )
    places = forms.MultipleChoiceField(
        label="Quartiers",
        choices=[("s", "Le Sablar"), ("c", "Cuyès"), ("g", "Le Gond")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    opinion = forms.ChoiceField(
        label="Votre avis",
        choices=[("f", "Favorable"), ("r", "Réservé"), ("d", "Défavorable")],
        widget=Marks,
    )
    town = forms.ChoiceField(label="Commune", choices=[("", "Choisir…"), ("d", "Dax"), ("s", "Saint-Paul-lès-Dax")])
    paper = forms.FileField(label="Statuts signés", help_text="PDF, image ou document, 10 Mo au plus.")
    sworn = forms.BooleanField(label="J’atteste sur l’honneur que ces informations sont exactes.")


GOOD = {
    "title": "Atelier vélo solidaire", "summary": "Réparer, apprendre, rouler.", "asked": "7 000",
    "starts_on": "2027-02-01", "closes_at": "2027-01-15T17:00", "theme": "a", "places": ["s", "c"],
    "opinion": "r", "town": "d", "sworn": "on",
}  # fmt: skip
BAD = {
    "title": "", "summary": "Réparer, apprendre, rouler.", "asked": "7OO", "starts_on": "31/02/2027",
    "closes_at": "bientôt", "theme": "", "places": ["s"], "opinion": "", "town": "",
}  # fmt: skip


def _forms() -> dict[str, forms.Form]:
    frozen = SampleForm(initial={**GOOD, "asked": 700000}, auto_id="gel_%s")
    for field in frozen.fields.values():
        field.disabled = True
    return {
        "empty_form": SampleForm(auto_id="vide_%s"),
        "bad_form": SampleForm(BAD, auto_id="faux_%s"),
        "frozen_form": frozen,
    }


def _numbers() -> dict[str, Any]:
    return {
        "rows": [
            ("Cuyès", "1 238", 1238, True),
            ("Le Sablar", "1 223", 1223, False),
            ("Le Gond", "1 341", 1341, False),
        ],
        "cent": 100,
        "facts": [
            ("Coût du projet", "26 000 €"), ("Demandé à la CAF", "9 000 €"), ("À tous", "22 000 €"),
            ("Personnes", "64 enfants, 40 parents"), ("Du", "4 janvier au 3 juillet 2027"),
        ],
    }  # fmt: skip


def _ways() -> dict[str, Any]:
    now = clock.now()
    names = ["Votre association", "Le projet", "Le public", "Les dates", "Le budget", "Les pièces", "Signer et envoyer"]
    kinds = ["done", "done", "done", "done", "warn", "todo", "todo"]
    return {
        "steps": [
            {"label": name, "url": "#etapes", "state": kind, "current": name == "Le budget"}
            for name, kind in zip(names, kinds, strict=True)
        ],
        "path": [
            ("done", "Dépôt, 31 dossiers", "clos le 18 janvier à 17 h 00"),
            ("done", "Recevabilité, 28 recevables", "3 refusés, réponses parties"),
            ("now", "Instruction, 19 sur 28", "jusqu’au 19 mars"),
            ("todo", "Comité de pilotage", "mardi 6 avril à 14 h 30"),
        ],
        "stopped": [("done", "Dépôt", "le 12 janvier"), ("stop", "Retirée par l’association", "le 20 janvier")],
        "today": now,
        "soon": now + timedelta(days=2),
        "later": now + timedelta(days=30),
        "many_pages": Paginator(range(MANY * 20), 20).get_page(7),
        "one_page": Paginator(range(3), 20).get_page(1),
        "table": [
            ("Jardin partagé du Pont", "Les Mains vertes", "Cadre de vie", 650000, "ok", "Financé"),
            ("Aide aux devoirs", "Amicale des Platanes", "Réussite éducative", 920000, "info", "En instruction"),
            ("Atelier vélo de pied d’immeuble", "Roue libre 40", "Mobilité", 480000, "warn", "Pièce attendue"),
            ("La ludothèque roulante", "Jeux d’ici", "Lien social", None, "bad", "Non retenu"),
        ],
        "refusals": [
            Refusal("Locations : le montant contient une lettre.", field="b-613"),
            Refusal("Les charges dépassent les produits de 500 €."),
        ],
        "arches": ARCHES,
        "signs": SIGNS,
    }


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    desk = request.GET.get("face") == "bureau"
    theme = "light" if "jour" in request.GET else "dark" if "nuit" in request.GET else ""
    context = {
        "layout": "layouts/desk.html" if desk else "layouts/public.html",
        "desk_face": desk, "theme": theme, **_forms(), **_numbers(), **_ways(),
    }  # fmt: skip
    return render(request, "core/gallery.html", context)
