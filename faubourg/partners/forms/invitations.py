"""Forms: invite somebody by e-mail."""

from typing import Any

from django import forms

from faubourg.core.forms import DayField, ServiceForm
from faubourg.partners import services
from faubourg.partners.enums import Role
from faubourg.partners.forms.people import TITLE_HELP
from faubourg.partners.models import Invitation, Organisation


class InviteForm(ServiceForm):
    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="L’invitation ne vaut que pour cette adresse. Elle est effacée après la réponse, ou après 14 jours.",
        widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez l’adresse de la personne.",
            "invalid": "Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr.",
        },
    )
    # Nothing is chosen beforehand: nobody gets the first role of a list because it was left as it was.
    role = forms.ChoiceField(
        label="Rôle",
        error_messages={
            "required": "Choisissez le rôle de la personne.",
            "invalid_choice": "Vous ne pouvez pas donner ce rôle. Choisissez-en un de la liste.",
        },
    )
    title = forms.CharField(label="Sa fonction", required=False, max_length=80, help_text=TITLE_HELP)
    ends_on = DayField(label="Jusqu’au", required=False, help_text="Le dernier jour de ce rôle. Vide : sans terme.")

    def __init__(self, *args: Any, organisation: Organisation, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        choices = [("", "Choisissez un rôle"), *((role.value, role.label.capitalize()) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def serve(self, by: Any) -> Invitation:
        return services.invite(self.organisation, **self.cleaned_data, by=by)
