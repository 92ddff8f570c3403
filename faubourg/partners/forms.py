"""Forms: find an organisation, ask to speak for it, open a new one, answer a claim, name somebody."""

from typing import Any

from django import forms

from faubourg.accounts.models import User
from faubourg.core.errors import Refusal
from faubourg.core.forms import apply_refusal
from faubourg.partners import services
from faubourg.partners.enums import OPENABLE_KINDS, OrganisationKind, Role
from faubourg.partners.models import Membership, Organisation
from faubourg.territory.models import Municipality
from faubourg.territory.selectors import municipalities

ROLES_ASKED = [
    (Role.SIGNER.value, "Signataire : je peux engager l’organisme (présidence, trésorerie, direction)"),
    (Role.MEMBER.value, "Membre : je prépare les dossiers, un signataire les dépose"),
]
KINDS_OPENED = [(kind.value, kind.label) for kind in OrganisationKind if kind in OPENABLE_KINDS]


class FindForm(forms.Form):
    q = forms.CharField(
        label="Nom, SIRET ou RNA de l’organisme",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "organization"}),
    )


class ClaimForm(forms.Form):
    """What a person says of herself when she asks to speak for an organisation."""

    role = forms.ChoiceField(
        label="Votre rôle",
        choices=ROLES_ASKED,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Ce rôle ne se demande pas ici. Choisissez un des deux rôles proposés."},
    )
    title = forms.CharField(
        label="Votre fonction", required=False, max_length=80, help_text="Par exemple : trésorière, coordinateur."
    )
    proof = forms.FileField(label="Justificatif", required=False)

    def __init__(self, *args: Any, needs_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proof = self.fields["proof"]
        proof.required = needs_proof
        proof.error_messages["required"] = "Joignez un justificatif : sans lui, personne ne peut vérifier."
        proof.error_messages["empty"] = "Ce fichier est vide. Choisissez-en un autre."
        proof.help_text = (
            "Récépissé de la préfecture, extrait du procès-verbal ou mandat à votre nom. PDF ou photo."
            if needs_proof
            else "Facultatif : un mandat ou un procès-verbal aide le signataire à vous reconnaître."
        )

    def send(self, organisation: Organisation, *, by: User) -> Membership | None:
        """Ask; None when the answer is no, said beside the fields."""
        data = self.cleaned_data
        try:
            return services.claim(organisation, role=data["role"], title=data["title"], proof=data["proof"], by=by)
        except Refusal as refusal:
            apply_refusal(self, refusal)
            return None


class OpenForm(ClaimForm):
    """A new organisation and the claim to speak for it, in one step."""

    field_order = ("name", "kind", "siret", "rna", "municipality", "role", "title", "proof")
    name = forms.CharField(label="Nom de l’organisme", max_length=160)
    kind = forms.ChoiceField(
        label="Nature",
        choices=KINDS_OPENED,
        initial=OrganisationKind.ASSOCIATION.value,
        error_messages={"invalid_choice": "Choisissez « association » ou « autre organisme »."},
    )
    siret = forms.CharField(
        label="SIRET", required=False, max_length=40, help_text="14 chiffres, avec ou sans espaces."
    )
    rna = forms.CharField(
        label="Numéro RNA",
        required=False,
        max_length=40,
        help_text="Un W et 9 chiffres ou lettres, sur le récépissé de la préfecture.",
    )
    municipality: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Commune du siège",
        queryset=Municipality.objects.none(),
        required=False,
        empty_label="Une autre commune",
        to_field_name="insee",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needs_proof=True, **kwargs)
        self.fields["municipality"].queryset = municipalities()  # type: ignore[attr-defined]

    def save(self, *, by: User) -> Membership | None:
        try:
            return services.open_and_claim(**self.cleaned_data, by=by)
        except Refusal as refusal:
            apply_refusal(self, refusal)
            return None


class DecideForm(forms.Form):
    """Yes or no to a claim; a no says why."""

    answer = forms.ChoiceField(choices=[("confirm", "Confirmer"), ("refuse", "Refuser")])
    reason = forms.CharField(
        label="Motif du refus",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="La personne le lit dans le courrier.",
    )

    def save(self, membership: Membership, *, by: User) -> Membership | None:
        try:
            if self.cleaned_data["answer"] == "confirm":
                return services.confirm(membership, by=by)
            return services.refuse(membership, self.cleaned_data["reason"], by=by)
        except Refusal as refusal:
            apply_refusal(self, refusal)
            return None


class AppointForm(forms.Form):
    """The officer names somebody in an organisation."""

    email = forms.EmailField(label="Adresse électronique")
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    last_name = forms.CharField(label="Nom", max_length=80, required=False)
    role = forms.ChoiceField(label="Rôle", choices=Role.choices)
    title = forms.CharField(label="Fonction", required=False, max_length=80)

    def save(self, organisation: Organisation, *, by: User) -> Membership | None:
        data = self.cleaned_data
        try:
            return services.appoint_address(organisation=organisation, **data, by=by)
        except Refusal as refusal:
            apply_refusal(self, refusal)
            return None
