"""Forms: find an organisation, ask to speak for it, open a new one, answer a claim, name somebody."""

from typing import Any

from django import forms
from django.conf import settings

from faubourg.core.forms import DayField, Explained, ServiceForm, apply_refusal
from faubourg.partners import services
from faubourg.partners.enums import OPENABLE_KINDS, OrganisationKind, Role
from faubourg.partners.models import Membership, Organisation
from faubourg.partners.selectors import SPEAKING_ROLES
from faubourg.territory.selectors import municipalities

ROLES_ASKED = [
    (
        Role.SIGNER.value,
        Explained("Signataire", "J’engage l’organisme : présidence, trésorerie, direction. Je dépose les dossiers."),
    ),
    (Role.MEMBER.value, Explained("Membre", "J’écris les dossiers ; un signataire les dépose.")),
]
ROLES_GIVEN = [
    (Role.SIGNER.value, Explained("Signataire", "Engage l’organisme, dépose ses dossiers, fait entrer des personnes.")),
    (Role.MEMBER.value, Explained("Membre", "Lit et écrit les dossiers ; un signataire les dépose.")),
]
KINDS_OPENED = [(kind.value, kind.label.capitalize()) for kind in OrganisationKind if kind in OPENABLE_KINDS]
ALL_ROLES = [(role.value, role.label.capitalize()) for role in Role]
TITLE_HELP = "Par exemple : trésorière, coordinateur."
FILE_AGAIN = "Choisissez de nouveau ce fichier : le navigateur ne le garde pas d’un envoi à l’autre."


class FindForm(forms.Form):
    q = forms.CharField(
        label="Nom, SIRET ou RNA",
        max_length=160,
        widget=forms.TextInput({"type": "search", "autocomplete": "organization"}),
    )


class _Asking(ServiceForm):
    """What a person says of herself when she asks to speak for an organisation."""

    role = forms.ChoiceField(
        label="Votre rôle",
        choices=ROLES_ASKED,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez votre rôle.",
            "invalid_choice": "Ce rôle ne se demande pas ici. Choisissez un des deux rôles proposés.",
        },
    )
    title = forms.CharField(label="Votre fonction", required=False, max_length=80, help_text=TITLE_HELP)
    proof = forms.FileField(
        label="Justificatif",
        help_text="Récépissé de la préfecture, procès-verbal ou mandat où votre nom figure. PDF ou photo. "
        f"Il est effacé {settings.PROOF_DAYS} jours après la réponse.",
        error_messages={
            "required": "Joignez un justificatif : sans lui, personne ne peut vérifier votre demande.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )

    def save(self, *, by: Any) -> bool:
        """No browser sends a chosen file a second time: when something else is wrong, that is said too."""
        went_through = super().save(by=by)
        if not went_through and self.files.get("proof") and "proof" not in self.errors:
            self.add_error("proof", FILE_AGAIN)
        return went_through


class ClaimForm(_Asking):
    def __init__(self, *args: Any, organisation: Organisation, needs_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["proof"].required = needs_proof

    def serve(self, by: Any) -> Membership:
        return services.claim(self.organisation, **self.cleaned_data, by=by)


class OpenForm(_Asking):
    """A new organisation and the claim to speak for it, in one step."""

    field_order = ("name", "kind", "siret", "rna", "municipality", "role", "title", "proof")
    name = forms.CharField(
        label="Nom de l’organisme",
        max_length=160,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": "Écrivez le nom de l’organisme."},
    )
    kind = forms.ChoiceField(
        label="Nature",
        choices=KINDS_OPENED,
        initial=OrganisationKind.ASSOCIATION.value,
        error_messages={"invalid_choice": "Choisissez « association » ou « autre organisme »."},
    )
    siret = forms.CharField(
        label="SIRET",
        required=False,
        max_length=40,
        help_text="14 chiffres, avec ou sans espaces. Donnez au moins un des deux numéros.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    rna = forms.CharField(
        label="Numéro RNA",
        required=False,
        max_length=40,
        help_text="Un W et 9 chiffres ou lettres : il est sur le récépissé de la préfecture.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    municipality: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Commune du siège",
        queryset=None,
        required=False,
        empty_label="Une autre commune",
        to_field_name="insee",
        error_messages={"invalid_choice": "Choisissez une commune de la liste."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The numbers are told at the same time as the rest, not after a second sending."""
        data = super().clean() or self.cleaned_data
        for fault in services.faults_of_numbers(data.get("siret", ""), data.get("rna", "")):
            apply_refusal(self, fault)
        return data

    def serve(self, by: Any) -> Membership:
        return services.open_and_claim(**self.cleaned_data, by=by)


class DecideForm(ServiceForm):
    """Yes or no to a claim; a no says why."""

    answer = forms.ChoiceField(
        label="Réponse",
        choices=[("confirm", "Confirmer"), ("refuse", "Refuser")],
        error_messages={"required": "Confirmez ou refusez.", "invalid_choice": "Confirmez ou refusez."},
    )
    reason = forms.CharField(
        label="Motif d’un refus",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="La personne le lit dans le courrier.",
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership

    def serve(self, by: Any) -> Membership:
        if self.cleaned_data["answer"] == "confirm":
            return services.confirm(self.membership, by=by)
        return services.refuse(self.membership, self.cleaned_data["reason"], by=by)


class ChangeForm(ServiceForm):
    """A role of an organisation's person: what it is, its function, until when."""

    role = forms.ChoiceField(label="Rôle", choices=ROLES_GIVEN, widget=forms.RadioSelect)
    title = forms.CharField(label="Fonction", required=False, max_length=80, help_text=TITLE_HELP)
    ends_on = DayField(label="Jusqu’au", required=False, help_text="Le dernier jour de ce rôle. Vide : sans terme.")

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {"role": membership.role, "title": membership.title, "ends_on": membership.ends_on}
        super().__init__(*args, **kwargs)
        self.membership = membership
        if membership.role not in SPEAKING_ROLES:
            del self.fields["role"]

    def serve(self, by: Any) -> Membership:
        data = {"role": self.membership.role, **self.cleaned_data}
        return services.change_membership(self.membership, **data, by=by)


class AppointForm(ServiceForm):
    """The officer names somebody in an organisation."""

    email = forms.EmailField(label="Adresse électronique")
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    last_name = forms.CharField(label="Nom", max_length=80, required=False)
    # Nothing is chosen beforehand: the first role of the list is the one that may do most.
    role = forms.ChoiceField(
        label="Rôle",
        choices=[("", "Choisissez un rôle"), *ALL_ROLES],
        error_messages={"required": "Choisissez le rôle de la personne."},
    )
    title = forms.CharField(label="Fonction", required=False, max_length=80)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def serve(self, by: Any) -> Membership:
        return services.appoint_address(organisation=self.organisation, **self.cleaned_data, by=by)
