"""Forms of the contract: its title and dates, who signed it, the knots of its tree."""

from typing import Any

from django import forms

from faubourg.core.forms import DayField, ServiceForm
from faubourg.partners import services
from faubourg.partners.enums import NO_INSTITUTION, OrganisationKind
from faubourg.partners.models import Contract, Objective, Organisation, Signature
from faubourg.partners.selectors import unsigned_institutions

KINDS = [
    (kind.value, kind.label[:1].upper() + kind.label[1:]) for kind in OrganisationKind if kind not in NO_INSTITUTION
]
NEW_PAGE = "nouveau"  # stands where a contract's code would
LEVEL_HELP = "Un mot libre : pilier, axe, enjeu, objectif. Ou rien."


class ContractForm(ServiceForm):
    """A contract; its code is read in addresses and stays once it is chosen."""

    title = forms.CharField(label="Titre", max_length=160, error_messages={"required": "Écrivez le titre du contrat."})
    code = forms.SlugField(
        label="Nom dans les adresses",
        max_length=24,
        help_text="Par exemple contrat-2024. Il ne change plus ensuite.",
        error_messages={"invalid": "Écrivez-le sans espace ni accent, par exemple contrat-2024."},
    )
    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au")

    def __init__(self, *args: Any, contract: Contract | None = None, **kwargs: Any) -> None:
        self.contract = contract
        if contract is not None:
            names = ("title", "starts_on", "ends_on")
            kwargs.setdefault("initial", {name: getattr(contract, name) for name in names})
        super().__init__(*args, **kwargs)
        if contract is not None:
            del self.fields["code"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if code == NEW_PAGE:
            raise forms.ValidationError("Ce mot sert déjà à une page. Choisissez par exemple contrat-2024.")
        return code

    def serve(self, by: Any) -> Contract:
        if self.contract is None:
            return services.open_contract(**self.cleaned_data, by=by)
        return services.change_contract(self.contract, **self.cleaned_data, by=by)


class _Signing(ServiceForm):
    """Under which contract, and when."""

    signed_on = DayField(label="A signé le", required=False)

    def __init__(self, *args: Any, contract: Contract, last: Signature | None = None, **kwargs: Any) -> None:
        self.contract = contract
        kwargs.setdefault("initial", {"signed_on": last.signed_on if last is not None else None})
        super().__init__(*args, **kwargs)


class SignatureForm(_Signing):
    """An institution that the house knows."""

    field_order = ("organisation", "signed_on")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Institution",
        to_field_name="code",
        empty_label="Choisissez une institution",
        error_messages={
            "required": "Choisissez une institution.",
            "invalid_choice": "Cette institution a déjà signé, ou n’est pas connue. Choisissez dans la liste.",
        },
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, contract=contract, **{"prefix": "known", **kwargs})
        self.fields["organisation"].queryset = unsigned_institutions(contract)  # type: ignore[attr-defined]

    def serve(self, by: Any) -> Signature:
        data = self.cleaned_data
        return services.sign(self.contract, data["organisation"], data["signed_on"], by=by)


class NewSignatoryForm(_Signing):
    """An institution that the house does not know yet."""

    field_order = ("name", "kind", "siret", "signed_on")
    name = forms.CharField(
        label="Nom de l’institution",
        max_length=160,
        error_messages={"required": "Écrivez le nom de l’institution."},
    )
    kind = forms.ChoiceField(
        label="Nature",
        choices=[("", "Choisissez sa nature"), *KINDS],
        error_messages={"required": "Choisissez la nature de l’institution."},
    )
    siret = forms.CharField(
        label="SIRET",
        required=False,
        max_length=40,
        help_text="14 chiffres, avec ou sans espaces.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "new", **kwargs})

    def serve(self, by: Any) -> Signature:
        return services.sign_as_new(self.contract, **self.cleaned_data, by=by)


class _Knot(ServiceForm):
    title = forms.CharField(
        label="Intitulé", max_length=200, error_messages={"required": "Écrivez l’intitulé de l’objectif."}
    )
    level = forms.CharField(label="Niveau", max_length=40, required=False, help_text=LEVEL_HELP)


class NewObjectiveForm(_Knot):
    """One more objective, at the top of the tree or under another one."""

    def __init__(
        self, *args: Any, contract: Contract, parent: Objective | None = None, level: str = "", **kwargs: Any
    ) -> None:
        self.contract, self.parent = contract, parent
        kwargs.setdefault("initial", {"level": level})  # its sisters' own
        super().__init__(*args, **{"prefix": "under", **kwargs})

    def serve(self, by: Any) -> Objective:
        return services.add_objective(self.contract, **self.cleaned_data, parent=self.parent, by=by)


class ObjectiveForm(_Knot):
    """Another title, another name of the level."""

    def __init__(self, *args: Any, objective: Objective, **kwargs: Any) -> None:
        self.objective = objective
        kwargs.setdefault("initial", {"title": objective.title, "level": objective.level})
        super().__init__(*args, **kwargs)

    def serve(self, by: Any) -> Objective:
        return services.change_objective(self.objective, **self.cleaned_data, by=by)
