"""Fields and bases of the forms: what is read, what is refused and in which words, what comes back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms

from faubourg.core.errors import Conflict, NotAllowed, Refusal, Refusals
from faubourg.core.forms import AmountField, DayField, Explained, ParisDateTimeField, ServiceForm, apply_refusal


class Sample(ServiceForm):
    amount = AmountField(label="Montant", min_cents=100, max_cents=1_000_00, required=False)
    day = DayField(label="Jour", required=False)
    instant = ParisDateTimeField(label="Instant", required=False)
    answer: Any = None

    def serve(self, by: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return (by, self.cleaned_data["amount"])


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("", None), ("  ", None), ("12", 1200), ("1 0 0,50 €", 10050), ("1\u202f000", 100000), ("12.5", 1250)],
)
def test_amount_field_reads_what_people_type(typed: str, cents: int | None) -> None:
    form = Sample({"amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == cents


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7OO", "Ce montant contient une lettre, il n’est pas compté. Écrivez seulement des chiffres."),
        ("-5", "Un montant ne peut pas être négatif."),
        ("0,50", "Écrivez au moins 1\u202f€."),
        ("1 000,01", "Ce montant dépasse 1\u202f000\u202f€."),
        ("1,234", "Ce montant n’est pas lisible. Écrivez-le ainsi : 1 200 ou 1 200,50."),
    ],
)
def test_amount_field_refuses_in_words_and_keeps_the_text(typed: str, said: str) -> None:
    form = Sample({"amount": typed})
    assert form.errors == {"amount": [said]}
    assert f'value="{typed}"' in str(form["amount"])


def test_amount_field_shows_cents_the_french_way() -> None:
    form = Sample(initial={"amount": 123450})
    assert 'value="1\u202f234,50"' in str(form["amount"])
    assert 'inputmode="decimal"' in str(form["amount"])


@pytest.mark.parametrize(
    ("typed", "changed"), [("1 234,5", False), ("1234,50", False), ("12", True), ("douze", True), ("", True)]
)
def test_amount_field_has_changed(typed: str, changed: bool) -> None:
    assert Sample({"amount": typed}, initial={"amount": 123450}).fields["amount"].has_changed(123450, typed) is changed


def test_amount_field_required() -> None:
    with pytest.raises(forms.ValidationError, match="Écrivez un montant"):
        AmountField().clean("")


@pytest.mark.parametrize("typed", ["2027-03-12", "12/03/2027", "12/03/27", "12-03-2027"])
def test_day_field_reads_both_ways(typed: str) -> None:
    form = Sample({"day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2027, 3, 12)


def test_day_field_picker_gets_what_it_can_read() -> None:
    html = str(Sample(initial={"day": date(2027, 3, 12)})["day"])
    assert 'type="date"' in html
    assert 'value="2027-03-12"' in html


def test_day_field_unreadable_text_is_not_lost() -> None:
    form = Sample({"day": "31/02/2027"})
    assert form.errors == {"day": ["Ce jour n’existe pas ou n’est pas lisible. Écrivez-le ainsi : 12/03/2027."]}
    assert 'type="text"' in str(form["day"])
    assert 'value="31/02/2027"' in str(form["day"])


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2027-01-15T17:00", datetime(2027, 1, 15, 16, tzinfo=UTC)),
        ("2027-07-15 17:00", datetime(2027, 7, 15, 15, tzinfo=UTC)),
        ("15/07/2027 17:00", datetime(2027, 7, 15, 15, tzinfo=UTC)),
        ("15/07/2027 à 17 h 00", datetime(2027, 7, 15, 15, tzinfo=UTC)),
    ],
)
def test_paris_field_is_aware(typed: str, instant: datetime) -> None:
    form = Sample({"instant": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["instant"] == instant


def test_paris_field_shows_the_hour_of_paris() -> None:
    html = str(Sample(initial={"instant": datetime(2027, 7, 15, 15, tzinfo=UTC)})["instant"])
    assert 'value="2027-07-15T17:00"' in html
    assert 'type="datetime-local"' in html


@pytest.mark.parametrize("typed", ["bientôt", "2027-03-28T02:30"])
def test_paris_field_refuses_what_no_clock_showed(typed: str) -> None:
    assert "instant" in Sample({"instant": typed}).errors


def test_explained_is_its_label() -> None:
    assert (Explained("Emploi", "Se former"), Explained("Emploi", "Se former").help) == ("Emploi", "Se former")


def test_service_form_gives_the_answer() -> None:
    form = Sample({"amount": "12"})
    assert form.save(by="moi")
    assert form.result == ("moi", 1200)


def test_service_form_invalid_does_not_serve() -> None:
    form = Sample({"amount": "douze"})
    form.answer = RuntimeError("never")
    assert not form.save(by="moi")


@pytest.mark.parametrize(
    ("refusal", "errors"),
    [
        (Refusal("Trop.", field="amount"), {"amount": ["Trop."]}),
        (Refusal("Fermé."), {"__all__": ["Fermé."]}),
        (Refusal("Ailleurs.", field="nowhere"), {"__all__": ["Ailleurs."]}),
        (Conflict("Changé."), {"__all__": ["Changé."]}),
        (Refusals([Refusal("Un.", field="day"), Refusal("Deux.")]), {"day": ["Un."], "__all__": ["Deux."]}),
    ],
)
def test_service_form_puts_the_no_at_its_place(refusal: Refusal, errors: dict[str, list[str]]) -> None:
    form = Sample({"amount": "12"})
    form.answer = refusal
    assert not form.save(by="moi")
    assert form.errors == errors


def test_service_form_without_the_right_is_not_a_form_error() -> None:
    form = Sample({"amount": "12"})
    form.answer = NotAllowed("Réservé.")
    with pytest.raises(NotAllowed):
        form.save(by="moi")


def test_service_form_bare_has_nothing_to_serve() -> None:
    with pytest.raises(NotImplementedError):
        ServiceForm({}).save(by="moi")


def test_apply_refusal_beside_its_field() -> None:
    form = Sample({"amount": "12"})
    assert form.is_valid()
    apply_refusal(form, Refusal("Non.", field="amount"))
    assert form.errors == {"amount": ["Non."]}


@pytest.mark.parametrize(
    "typed",
    [{"day": "0001-01-01"}, {"day": "9999-12-31"}, {"instant": "0001-01-01T00:00"}, {"instant": "9999-01-01T00:00"}],
)
def test_a_day_out_of_our_times_is_refused(typed: dict[str, str]) -> None:
    """The year 1 in Paris begins before any year: PostgreSQL gives it back as one that Python cannot read."""
    [said] = Sample(typed).errors.values()
    assert said == ["Vérifiez l’année : elle se lit entre 1900 et 2200, par exemple 2027."]
