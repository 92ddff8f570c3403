"""The journal's filters, read from its address."""

from typing import Any

from django import forms
from django.http import QueryDict

from faubourg.desk.words import room_names


class JournalFilter(forms.Form):
    """``?objet=D-…&auteur=U-…&piece=calls``. What cannot be read narrows nothing."""

    fields: dict[str, Any]
    objet = forms.CharField(label="Code de la chose", required=False, max_length=48)
    auteur = forms.CharField(label="Code de la personne", required=False, max_length=24)
    piece = forms.ChoiceField(label="Domaine", required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        names = sorted(room_names().items(), key=lambda pair: pair[1])
        self.fields["piece"].choices = [("", "Tous"), *names]

    def wanted(self) -> tuple[str, str, str]:
        """(thing, actor, room)."""
        self.is_valid()
        found = [str(self.cleaned_data.get(name) or "").strip() for name in ("objet", "auteur", "piece")]
        return found[0].upper() if found[0][:2].upper() in ("D-", "M-", "O-") else found[0], found[1].upper(), found[2]
