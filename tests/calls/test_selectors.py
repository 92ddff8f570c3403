"""Reads: limited to what the asker may see, in a few queries whatever the size."""

import pytest
from django.contrib.auth.models import AnonymousUser

from faubourg.accounts.models import User
from faubourg.calls import selectors, services
from faubourg.calls.models import Application, Call, FundingLine
from faubourg.calls.selectors import Reading, Wanted
from faubourg.core import clock
from tests.calls.scene import line, scene
from tests.factories.calls import (
    CallFactory,
    admitted_application,
    draft,
    envelope_of,
    signer_of,
    submitted_application,
)
from tests.factories.partners import OrganisationFactory
from tests.factories.territory import NeighbourhoodFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return scene()


def fresh(user):
    """The person as a new request knows her: nothing kept on the object."""
    return User.objects.get(pk=user.pk)


# ---------------------------------------------------------------------------------------------- calls
def test_calls_in_preparation_are_the_officers(made):
    hidden = CallFactory.create(state="draft")
    assert set(selectors.calls_seen_by(made.officer)) == {made.call, hidden}
    for person in (made.funder, made.elected, AnonymousUser()):
        assert list(selectors.calls_seen_by(person)) == [made.call]
    assert list(selectors.public_calls()) == [made.call]


def test_open_calls_are_those_of_this_second(made):
    assert list(selectors.open_calls()) == [made.call]
    for instant in (clock.paris(2026, 10, 1), made.call.closes_at):
        with clock.at(instant):
            assert list(selectors.open_calls()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_calls_with_counts_in_one_query(made, django_assert_num_queries, count):
    for _ in range(count):
        submitted_application(made.call, OrganisationFactory.create())
    draft(made.call, OrganisationFactory.create())
    for _ in range(count - 1):
        CallFactory.create()
    with django_assert_num_queries(1):
        rows = {call.pk: call for call in selectors.with_counts(Call.objects.order_by("pk"))}
    assert (rows[made.call.pk].received_count, rows[made.call.pk].money_cents) == (count, 115_000_00)


def test_funders_are_institutions(made):
    OrganisationFactory.create(name="Une association")
    names = {organisation.name for organisation in selectors.possible_funders()}
    assert names == {"État (services)", "Ville (services)", "Grand Dax"}


# ---------------------------------------------------------------------------------------------- the list
def test_received_leaves_out_drafts_and_withdrawn(made):
    kept = submitted_application(made.call, OrganisationFactory.create())
    draft(made.call, OrganisationFactory.create())
    gone = submitted_application(made.call, OrganisationFactory.create())
    Application.objects.filter(pk=gone.pk).update(state="withdrawn")
    assert list(selectors.files_of(made.call, Wanted())) == [kept]
    assert list(selectors.received(made.call)) == [kept]
    assert selectors.states_of(made.call) == {"submitted": 1}
    assert selectors.found_in(made.call, Wanted())[:2] == (1, 6_000_00)


def test_filters_narrow_the_list_and_its_sums(made):
    one = made.admitted(euros=3_000)
    two = submitted_application(made.call, OrganisationFactory.create(name="Les Mains vertes"), euros=1_000)
    two.lines.filter(envelope=made.city).delete()
    place = NeighbourhoodFactory.create(geography=made.call.geography)
    two.neighbourhoods.set([place])
    two.title = "École du jardin"
    two.save(update_fields=["title"])
    objective = one.objectives.first()
    two.objectives.clear()

    def found(**wanted):
        return list(selectors.files_of(made.call, Wanted(**wanted)))

    assert found() == [two, one]
    assert found(state="admissible") == [one]
    assert found(neighbourhood=place.code) == [two]
    assert found(objective=objective.code) == [one]
    assert found(envelope=made.city.code) == [one]
    assert found(text="ecole") == found(text="ÉCOLE du") == found(text="mains VERTES") == [two]
    assert found(text=two.reference.lower()) == [two]
    assert found(text="rien de tel") == []
    assert found(sort="reference") == [one, two]
    assert found(sort="demande") == [two, one]
    assert found(sort="-demande") == [one, two]
    assert selectors.found_in(made.call, Wanted(state="admissible"))[:2] == (1, 6_000_00)
    assert selectors.found_in(made.call, Wanted(text="rien de tel")) == (0, 0, [])
    both = (2, 7_000_00)
    assert selectors.found_in(made.call, Wanted(text="E", sort="demande")) == (*both, [two.pk, one.pk])
    assert selectors.found_in(made.call, Wanted(sort="demande"))[:2] == both
    assert Wanted(sort="demande").is_everything
    assert not Wanted(text="x").is_everything


@pytest.mark.parametrize("sort", ["-date", "reference", "demande", "-demande"])
def test_neighbours_follow_the_list(made, sort):
    for euros in (1_000, 3_000, 3_000, 2_000):
        made.admitted(euros=euros)
    submitted_application(made.call, OrganisationFactory.create())
    wanted = Wanted(state="admissible", sort=sort)
    codes = [row.code for row in selectors.files_of(made.call, wanted)]
    assert len(codes) == 4
    for before, code, after in zip([None, *codes], codes, [*codes[1:], None], strict=False):
        row = selectors.file_for(fresh(made.officer), code, wanted)
        assert (row.previous_code, row.next_code) == (before, after)


def test_file_is_none_for_a_draft_and_for_an_unknown_code(made):
    mine = draft(made.call, OrganisationFactory.create())
    assert selectors.file_for(made.officer, mine.code, Wanted()) is None
    assert selectors.file_for(made.officer, "D-NOTHING", Wanted()) is None


def test_own_total_counts_only_ones_own_living_proposals(made):
    applications = [made.admitted() for _ in range(3)]
    for application in applications:
        made.opine(application, by=made.funder, euros=2_000)
        made.opine(application, by=made.other, euros=1_000)
    Application.objects.filter(pk=applications[2].pk).update(state="withdrawn")

    def seen(user):
        row = selectors.file_for(fresh(user), applications[0].code, Wanted())
        return {cell.envelope_id: (cell.seen_cents, cell.own_total_cents) for cell in row.lines.all()}

    state, city = made.state.pk, made.city.pk
    assert seen(made.funder) == {state: (2_000_00, 4_000_00), city: (None, 0)}
    assert seen(made.other) == {state: (None, 0), city: (1_000_00, 2_000_00)}
    assert seen(made.officer) == {state: (None, 0), city: (None, 0)}
    made.share()
    assert seen(made.officer) == {state: (2_000_00, 0), city: (1_000_00, 0)}
    assert seen(made.funder) == {state: (2_000_00, 4_000_00), city: (1_000_00, 0)}


def test_names_in_the_journal_are_the_officers_alone(made):
    application = made.admitted()
    made.opine(application, by=made.funder)
    found = selectors.file_for(fresh(made.officer), application.code, Wanted())
    named = [(deed.verb, deed.name) for deed in selectors.deeds_with_names(found, made.officer)]
    signer = signer_of(application.organisation)
    assert named[0] == ("start", signer.name)
    assert named[-2:] == [("admit", made.officer.name), ("write_opinion", made.funder.name)]
    assert {deed.name for deed in selectors.deeds_with_names(found, made.funder)} == {""}
    assert [deed.verb for deed in selectors.deeds_of(application)] == [verb for verb, _ in named]


def test_aims_and_papers_of_an_application(made):
    application = made.admitted()
    assert selectors.aims_of(application) == {
        "objectives": [row.title for row in application.objectives.all()],
        "neighbourhoods": [row.name for row in application.neighbourhoods.order_by("code")],
    }
    assert [stored.piece.application for stored in selectors.papers_of(application)] == [application]


# ---------------------------------------------------------------------------------------------- opinions
def test_opinions_are_not_even_read_before_sharing(made):
    application = made.admitted()
    made.opine(application, by=made.funder)
    made.opine(application, by=made.other, verdict="reserved")
    funders = {"funder": [made.state.funder], "other": [made.city.funder], "officer": [], "elected": []}
    for name, expected in funders.items():
        seen = selectors.opinions_seen_by(getattr(made, name), application)
        assert [opinion.funder for opinion in seen] == expected
    made.share()
    application = Application.objects.get(pk=application.pk)
    for name in funders:
        assert len(selectors.opinions_seen_by(getattr(made, name), application)) == 2


def test_progress_of_opinions_counts_only(made):
    one, _ = made.admitted(), made.admitted()
    made.opine(one, by=made.funder)
    assert selectors.readings_of([made.call]) == {
        made.call.pk: [Reading("Ville (services)", 0, 2), Reading("État (services)", 1, 2)]
    }


def test_progress_of_two_calls_is_told_apart(made):
    """One institution may read both: its opinions are counted call by call."""
    one, _ = made.admitted(), made.admitted()
    made.opine(one, by=made.funder)
    second = CallFactory.create(code="2028", contract=made.call.contract, geography=made.call.geography)
    envelope = envelope_of(second, "État 2028", funder=made.state.funder)
    other = admitted_application(second, officer=made.officer)
    services.write_opinion(
        other, made.state.funder, verdict="favourable", reason="", amounts={envelope.code: 100_00}, by=made.funder
    )
    assert selectors.readings_of([made.call, second]) == {
        made.call.pk: [Reading("Ville (services)", 0, 2), Reading("État (services)", 1, 2)],
        second.pk: [Reading("État (services)", 1, 1)],
    }


def test_progress_counts_an_application_once_for_an_institution_with_two_envelopes(made):
    """R-INS-01: one institution, one opinion, whatever the kinds of money that it brings."""
    ordinary = envelope_of(made.call, "État, droit commun", funder=made.state.funder)
    one, _ = made.admitted(), made.admitted()
    assert FundingLine.objects.filter(envelope=ordinary).count() == 2
    made.opine(one, by=made.funder)
    assert selectors.readings_of([made.call])[made.call.pk] == [
        Reading("Ville (services)", 0, 2), Reading("État (services)", 1, 2)
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------------- the table
@pytest.mark.parametrize("count", [1, 3])
def test_the_table_in_six_queries_whatever_its_size(made, django_assert_num_queries, count):
    for _ in range(count):
        application = made.admitted()
        made.opine(application, by=made.funder, euros=2_000)
    made.open_committee()
    made.decide_all(application, 1_000)
    with django_assert_num_queries(6):
        table = selectors.committee_table(made.call)
        cells = [cell for row in table.rows for cell in row.cells]
        proposals = [selectors.proposed_on(cell) for cell in cells]
    assert (len(table.rows), proposals[:2]) == (count, [2_000_00, None])
    assert (table.asked_cents, table.proposed_cents, table.decided_cents) == (
        count * 6_000_00,
        count * 2_000_00,
        2_000_00,
    )
    assert (table.pending_cents, table.open_cells) == ((count - 1) * 2_000_00, (count - 1) * 2)
    assert (table.amount_cents, table.free_cents) == (115_000_00, 113_000_00)


def test_the_table_before_sharing_shows_no_proposal(made):
    application = made.admitted()
    made.opine(application, by=made.funder)
    table = selectors.committee_table(made.call)
    assert (table.shared, table.proposed_cents, table.pending_cents) == (False, 0, 0)
    assert table.rows[0].verdicts == []
    assert "proposal" not in table.rows[0].cells[0]._state.fields_cache


def test_a_narrowed_table_keeps_the_sums_of_its_columns(made):
    one, two = made.admitted(), made.admitted()
    made.open_committee()
    made.decide_all(one, 1_000)
    table = selectors.committee_table(made.call, rows=Application.objects.filter(pk=two.pk))
    assert [row.application for row in table.rows] == [two]
    assert [column.decided_cents for column in table.columns] == [1_000_00, 1_000_00]
    assert [column.asked_percent for column in table.columns] == [7, 20]
    assert [column.is_low for column in table.columns] == [False, False]
    assert line(two, made.state).decided_cents is None
