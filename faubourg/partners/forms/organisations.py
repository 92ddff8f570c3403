"""Forms: another name for an organisation, whom to reach there."""

from typing import Any

from django import forms

from faubourg.core import clock
from faubourg.core.forms import DayField, Explained, ServiceForm
from faubourg.partners import services
from faubourg.partners.models import Contact, Organisation

CHANGES = [
    (
        "rename",
        Explained("Il a changé de nom", "L’ancien nom reste trouvé par la recherche et sous les vieux contrats."),
    ),
    ("correct", Explained("C’est une faute à corriger", "L’ancienne écriture disparaît.")),
]


class NameForm(ServiceForm):
    name = forms.CharField(
        label="Nom de l’organisme", max_length=160, error_messages={"required": "Écrivez le nom de l’organisme."}
    )
    change = forms.ChoiceField(
        label="Pourquoi", choices=CHANGES, widget=forms.RadioSelect, error_messages={"required": "Choisissez."}
    )
    valid_from = DayField(label="Depuis le", required=False, help_text="Pour un nouveau nom : le jour où il vaut.")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": organisation.name, "valid_from": clock.today()}
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("change") == "rename" and not data.get("valid_from") and "valid_from" not in self.errors:
            self.add_error("valid_from", "Écrivez le jour depuis lequel ce nom vaut.")
        return data

    def serve(self, by: Any) -> Organisation:
        name, day = self.cleaned_data["name"], self.cleaned_data["valid_from"]
        if self.cleaned_data["change"] == "rename":
            return services.rename_organisation(self.organisation, name=name, valid_from=day, by=by)
        return services.correct_name(self.organisation, name=name, by=by)


class LogoForm(ServiceForm):
    file = forms.FileField(
        label="Image",
        help_text="PNG, JPEG ou WebP, 2 Mo au plus. Elle est réduite et posée sur du blanc.",
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"required": "Choisissez une image.", "empty": "Ce fichier est vide. Choisissez-en un autre."},
    )
    alt = forms.CharField(
        label="Ce que dit le logo",
        required=False,
        max_length=120,
        help_text="Lu à la place de l’image. Vide : « Logo de », puis le nom de l’organisme.",
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        kwargs["initial"] = {"alt": organisation.logo_alt}
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def serve(self, by: Any) -> Organisation:
        return services.set_logo(self.organisation, **self.cleaned_data, by=by)


class ContactForm(ServiceForm):
    """A new contact, or one that is there."""

    title = forms.CharField(
        label="Fonction",
        max_length=80,
        help_text="Par exemple : direction, comptabilité.",
        error_messages={"required": "Écrivez la fonction : direction, comptabilité…"},
    )
    name = forms.CharField(label="Nom", required=False, max_length=120)
    email = forms.CharField(
        label="Adresse électronique",
        required=False,
        max_length=254,
        help_text="Donnez au moins une adresse ou un téléphone.",
        widget=forms.EmailInput,
    )
    phone = forms.CharField(
        label="Téléphone", required=False, max_length=30, widget=forms.TextInput({"type": "tel", "inputmode": "tel"})
    )

    def __init__(self, *args: Any, organisation: Organisation, contact: Contact | None = None, **kwargs: Any) -> None:
        if contact is not None:
            kwargs["initial"] = {field: getattr(contact, field) for field in ("title", "name", "email")}
            kwargs["initial"]["phone"] = contact.phone_shown
        super().__init__(*args, **kwargs)
        self.organisation, self.contact = organisation, contact

    def serve(self, by: Any) -> Contact:
        if self.contact is None:
            return services.add_contact(self.organisation, **self.cleaned_data, by=by)
        return services.change_contact(self.contact, **self.cleaned_data, by=by)
