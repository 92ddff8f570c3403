"""Forms: hand one's signature to a member for some days."""

from typing import Any

from django import forms

from faubourg.core import clock
from faubourg.core.forms import DayField, ServiceForm
from faubourg.partners import services
from faubourg.partners.models import Delegation, Membership, Organisation
from faubourg.partners.triggers import MOST_DAYS


class _People(forms.ModelChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user.name} ({obj.title})" if obj.title else obj.user.name


class DelegateForm(ServiceForm):
    receiver = _People(
        label="À qui",
        queryset=None,
        to_field_name="code",
        empty_label="Choisissez un membre",
        error_messages={
            "required": "Choisissez un membre de cet organisme.",
            "invalid_choice": "Choisissez un membre de cet organisme.",
        },
    )
    starts_on = DayField(label="À partir du", error_messages={"required": "Écrivez le premier jour."})
    ends_on = DayField(
        label="Jusqu’au",
        help_text=f"Ce jour compris, {MOST_DAYS} jours au plus.",
        error_messages={"required": "Écrivez le dernier jour."},
    )

    def __init__(self, *args: Any, organisation: Organisation, members: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": clock.today()}
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["receiver"].queryset = members  # type: ignore[attr-defined]

    def serve(self, by: Any) -> Delegation:
        return services.delegate(self.organisation, **self.cleaned_data, by=by)
