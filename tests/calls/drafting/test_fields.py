"""One field: what is typed is kept, what cannot be read counts for nothing."""

from datetime import date

import pytest

from faubourg.calls import services
from faubourg.calls.draft import shown, trouble
from faubourg.calls.enums import ApplicationState
from faubourg.calls.models import FundingLine
from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.questions.enums import QuestionKind
from tests.calls.drafting.ground import again
from tests.factories.calls import CallFactory, envelope_of
from tests.factories.partners import ObjectiveFactory
from tests.factories.questions import QuestionFactory
from tests.factories.territory import NeighbourhoodFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", "  Atelier vélo ", "Atelier vélo"),
        ("summary", "Réparer ensemble.", "Réparer ensemble."),
        ("public", "", ""),
        ("people_expected", "1 200", 1200),
        ("people_qpv", "", None),
        ("starts_on", "2027-01-05", date(2027, 1, 5)),
        ("ends_on", "15/03/2027", date(2027, 3, 15)),
    ],
)
def test_save_field_readable(application, signer, name, text, value):
    saved = services.save_field(application, name, text, by=signer)
    row = again(application)
    assert (saved.problem, saved.version, getattr(row, name), row.typed, row.saved_at) == (
        "",
        1,
        value,
        {},
        clock.now(),
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("title", "x" * 161, "161 signes, c’est trop : 160 au plus. Votre texte est gardé, raccourcissez-le."),
        ("people_expected", "beaucoup", "Écrivez un nombre entier, par exemple 40."),
        ("people_expected", "-4", "Écrivez un nombre entier, par exemple 40."),
        ("people_expected", "12,5", "Écrivez un nombre entier, par exemple 40."),
        ("people_expected", "9" * 5000, "Ce nombre est trop grand."),
        ("people_qpv", "1000001", "Ce nombre est trop grand."),
        ("starts_on", "31/02/2027", "Écrivez une date qui existe, par exemple 15/03/2027."),
        ("ends_on", "demain", "Écrivez une date qui existe, par exemple 15/03/2027."),
    ],
)
def test_save_field_unreadable_is_kept_and_counts_for_nothing(application, signer, name, text, problem):
    saved = services.save_field(application, name, text, by=signer)
    row = again(application)
    assert (saved.problem, row.typed, getattr(row, name)) == (problem, {name: text}, "" if name == "title" else None)
    assert shown(row, [name]) == {name: text}
    assert trouble(row, name) == problem


def test_save_field_corrected_forgets_what_was_unreadable(application, signer):
    services.save_field(application, "people_expected", "3O", by=signer)
    services.save_field(application, "people_expected", "30", by=signer)
    row = again(application)
    assert (row.people_expected, row.typed) == (30, {})


def test_save_field_of_choices_takes_only_those_of_the_call(application, signer):
    other = ObjectiveFactory.create(contract=application.call.contract)
    with pytest.raises(Refusal, match="pas proposé"):
        services.save_field(application, "objectives", [other.code], by=signer)
    mine = application.call.objectives.get()
    services.save_field(application, "objectives", [mine.code], by=signer)
    assert [*again(application).objectives.all()] == [mine]
    services.save_field(application, "objectives", [], by=signer)
    assert not again(application).objectives.exists()


def test_save_field_of_neighbourhoods_stays_in_the_geography_of_the_call(application, signer):
    elsewhere = NeighbourhoodFactory.create()
    with pytest.raises(Refusal, match="pas proposé"):
        services.save_field(application, "neighbourhoods", elsewhere.code, by=signer)
    inside = application.call.geography.neighbourhoods.get()
    services.save_field(application, "neighbourhoods", inside.code, by=signer)
    assert [*again(application).neighbourhoods.all()] == [inside]


@pytest.mark.parametrize(
    "name", ["state", "reference", "b-999", "b-74", "q-inconnue", "asked-E-AUTRE", "", "organisation"]
)
def test_save_field_of_a_forged_page_is_refused(application, signer, name):
    with pytest.raises(Refusal):
        services.save_field(application, name, "submitted", by=signer)
    row = again(application)
    assert (row.state, row.reference, row.version) == (ApplicationState.DRAFT, "", 0)


def test_save_field_of_an_envelope_of_another_call_is_refused(application, signer):
    foreign = envelope_of(CallFactory.create())
    with pytest.raises(Refusal, match="pas de cet appel"):
        services.save_field(application, f"asked-{foreign.code}", "100", by=signer)
    assert not FundingLine.objects.exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3OO", "Ce montant contient la lettre O, il n’est pas compté. Vouliez-vous écrire 300\u202f?"),
        ("-500", "Un montant ne peut pas être négatif."),
        ("9" * 30, "Ce montant est trop grand."),
        ("9" * 5000, "Ce montant est trop grand."),
        ("12,345", "Ce montant n’est pas lisible. Écrivez-le ainsi : 1 200 ou 1 200,50."),
        ("12,50", "Le budget s’écrit en euros entiers, sans centimes : cette ligne n’est pas comptée."),
    ],
)
def test_save_asked_amount_unreadable_is_kept_and_not_asked(application, signer, text, problem):
    name = f"asked-{application.call.envelopes.first().envelope.code}"
    services.save_field(application, name, "7 000", by=signer)
    saved = services.save_field(application, name, text, by=signer)
    row = again(application)
    assert (saved.problem, row.typed, [*row.lines.all()]) == (problem, {name: text[:80]}, [])
    assert shown(row, [name]) == {name: text[:80]}


def test_save_asked_amount_moves_with_what_is_typed(application, signer):
    envelope = application.call.envelopes.first().envelope
    name, seen = f"asked-{envelope.code}", []
    for text in ("7 000 €", "8000", "8000", "0", ""):
        services.save_field(application, name, text, by=signer)
        seen.append([line.asked_cents for line in FundingLine.objects.filter(application=application)])
    assert seen == [[700_000], [800_000], [800_000], [], []]


def test_save_field_of_a_question_with_several_choices_keeps_them(application, signer):
    QuestionFactory.create(
        questionnaire=application.call.questionnaire,
        key="lieux",
        kind=QuestionKind.CHOICES,
        choices=["Rue, place", "Salle"],
    )
    saved = services.save_field(application, "q-lieux", ["Rue, place", "Salle"], by=signer)
    assert (saved.problem, shown(again(application), ["q-lieux"])) == ("", {"q-lieux": "Rue, place\nSalle"})


def test_a_title_is_one_line(application, signer):
    """A forged page does not write paragraphs into the mails that name the project."""
    services.save_field(application, "title", "Vélo\r\n\nVotre compte\u2028est fermé", by=signer)
    assert again(application).title == "Vélo  Votre compte est fermé"


# ---------------------------------------------------------------------------------------------- the period
def test_period_that_ends_before_it_begins_is_said_beside_the_day_just_typed(application, signer):
    services.save_field(application, "starts_on", "2027-06-01", by=signer)
    saved = services.save_field(application, "ends_on", "2027-05-01", by=signer)
    row = again(application)
    assert (saved.problem, row.starts_on, row.ends_on, row.typed) == (
        "La fin vient avant le début.",
        date(2027, 6, 1),
        None,
        {"ends_on": "2027-05-01"},
    )


def test_period_is_well_again_when_the_other_day_moves(application, signer):
    services.save_field(application, "starts_on", "2027-06-01", by=signer)
    services.save_field(application, "ends_on", "2027-05-01", by=signer)
    saved = services.save_field(application, "starts_on", "2027-04-01", by=signer)
    row = again(application)
    assert (saved.problem, row.starts_on, row.ends_on, row.typed) == ("", date(2027, 4, 1), date(2027, 5, 1), {})


def test_period_moved_past_its_end_is_said_beside_the_beginning(application, signer):
    services.save_fields(application, {"starts_on": "2027-04-01", "ends_on": "2027-05-01"}, by=signer)
    saved = services.save_field(application, "starts_on", "2027-06-01", by=signer)
    row = again(application)
    assert (saved.problem, row.starts_on, row.ends_on) == ("La fin vient avant le début.", None, date(2027, 5, 1))


def test_period_of_a_whole_page_is_said_beside_the_end(application, signer):
    saved = services.save_fields(application, {"starts_on": "2027-06-01", "ends_on": "2027-05-01"}, by=signer)
    assert {item.name: item.problem for item in saved} == {
        "starts_on": "",
        "ends_on": "La fin vient avant le début.",
    }
