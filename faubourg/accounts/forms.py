"""What a person types at the door."""

from typing import Any

from django import forms

from faubourg.accounts import services
from faubourg.accounts.models import User
from faubourg.core.forms import ServiceForm


class SignInForm(ServiceForm):
    """The address to which a link is sent; ``ip`` says whence it is asked. ``result`` is the address."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Nous vous envoyons un lien pour entrer. Pas de mot de passe à retenir.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Écrivez votre adresse électronique : le lien y sera envoyé.",
            "invalid": "Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr.",
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ip: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.ip = ip

    def serve(self, by: Any) -> str:
        email: str = self.cleaned_data["email"]
        services.send_link(email, next=self.cleaned_data["next"], ip=self.ip)
        return email


class NameForm(ServiceForm):
    """How a person is called here."""

    first_name = forms.CharField(
        label="Prénom", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Nom", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    def serve(self, by: User) -> None:
        services.rename(by, self.cleaned_data["first_name"], self.cleaned_data["last_name"], by=by)
