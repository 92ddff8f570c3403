"""Fields and bases of the house's forms: amounts in cents, instants in Paris, a service's no beside its field."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from faubourg.core import clock, money
from faubourg.core.errors import NotAllowed, Refusal, Refusals


class Explained(str):
    """A choice's label with a line of help under it: ``Explained("Stage de 3ᵉ", "Une semaine")``."""

    help: str
    __slots__ = ("help",)

    def __new__(cls, label: str, help: str = "") -> "Explained":
        self = super().__new__(cls, label)
        self.help = help
        return self


class MoneyInput(forms.TextInput):
    """Digits to the right, the euro sign behind."""

    is_money = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class Marks(forms.RadioSelect):
    """Choices as one row of words, one of them chosen: an opinion, a mark out of 4."""

    is_marks = True


class AmountField(forms.Field):
    """An amount typed the French way, as integer cents (R-BUD-01). What was typed comes back on error."""

    widget = MoneyInput
    default_error_messages = {"required": "Écrivez un montant, par exemple 1 200."}

    def __init__(self, *, min_cents: int = 0, max_cents: int = money.MAX_CENTS, **options: Any) -> None:
        super().__init__(**options)
        self.min_cents, self.max_cents = min_cents, max_cents

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not str(value).strip():
            return None
        try:
            return money.parse_amount(str(value))
        except money.AmountError as error:
            raise ValidationError(str(error), code="unreadable") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.min_cents:
            least = money.format_amount(self.min_cents)
            raise ValidationError(f"Écrivez au moins {least}.", code="too_small")
        if value > self.max_cents:
            most = money.format_amount(self.max_cents)
            raise ValidationError(f"Ce montant dépasse {most}.", code="too_large")

    def prepare_value(self, value: Any) -> Any:
        return money.format_amount(value, unit="") if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class _Picker:
    """A browser's picker shows nothing of what it cannot read: then it becomes a plain field, so nothing is lost."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["value"]
        try:
            datetime.fromisoformat(shown or "2000-01-01")
        except ValueError:
            context["widget"]["type"] = "text"
            context["widget"]["attrs"].pop("type", None)
        return context


class DayInput(_Picker, forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class InstantInput(_Picker, forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


FIRST_YEAR, LAST_YEAR = 1900, 2200  # a slip of the hand beyond; and the year 1 in Paris begins in no year at all
OTHER_TIMES = f"Vérifiez l’année : elle se lit entre {FIRST_YEAR} et {LAST_YEAR}, par exemple 2027."


def _of_our_times(value: date) -> None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(OTHER_TIMES, code="other_times")


class DayField(forms.DateField):
    """A day: the browser's own picker, or 12/03/2027 typed where there is none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", DayInput())
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y"])
        super().__init__(**options)
        self.validators.append(_of_our_times)
        self.error_messages["invalid"] = "Ce jour n’existe pas ou n’est pas lisible. Écrivez-le ainsi : 12/03/2027."


class ParisDateTimeField(forms.DateTimeField):
    """An instant as clocks in Paris show it; aware (R-CAL: deadlines are told to the minute)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", InstantInput())
        options.setdefault(
            "input_formats",
            ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y à %H h %M"],
        )
        super().__init__(**options)
        self.validators.append(_of_our_times)
        self.error_messages["invalid"] = (
            "Cette date n’existe pas ou n’est pas lisible. Écrivez-la ainsi : 12/03/2027 17:00."
        )

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(clock.PARIS):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(clock.PARIS).replace(tzinfo=None)
        return value


def apply_refusal(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put a service's no beside the field that it names, or on top; each of several at its own place."""
    for item in refusal.items if isinstance(refusal, Refusals) else [refusal]:
        form.add_error(item.field if item.field in form.fields else None, item.message)


class ServiceForm(forms.Form):
    """A form that ends in one service call.

    Subclasses write ``serve(by)``, which calls the service with ``self.cleaned_data``. ``save(by=)`` answers
    whether it went through; a Refusal lands beside its field, what was typed stays. The service's answer is in
    ``self.result``. Somebody without the right gets the page that says so, not a form error.
    """

    result: Any = None

    def serve(self, by: Any) -> Any:
        raise NotImplementedError

    def save(self, *, by: Any) -> bool:
        if not self.is_valid():
            return False
        try:
            self.result = self.serve(by)
        except NotAllowed:
            raise
        except Refusal as refusal:
            apply_refusal(self, refusal)
            return False
        return True
