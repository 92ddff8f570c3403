"""The committee's cells: money taken and given back in the same breath, never more than the envelope holds."""

import pytest

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState as A
from faubourg.calls.models import Application, FundingLine
from faubourg.core.errors import Conflict, NotAllowed, Refusal
from faubourg.funding.models import Commitment, Envelope
from faubourg.funding.services import Overdrawn
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.projects.models import Grant
from tests.calls.scene import everybody, line, money_is_whole, scene
from tests.factories.accounts import UserFactory
from tests.factories.calls import signer_of
from tests.together import DECIDERS, at_once


@pytest.fixture
def made(db):
    return scene(city_euros=4_000)


@pytest.fixture
def application(made):
    found = made.admitted(euros=3_000)
    made.open_committee()
    return found


def test_decide_takes_the_money_and_ties_it_to_the_project(made, application):
    cell = services.decide(line(application, made.state), 2_500_00, by=made.officer)
    cell.refresh_from_db()
    assert (cell.decided_cents, cell.commitment.amount_cents, cell.version) == (2_500_00, 2_500_00, 1)
    grant = Grant.objects.get()
    assert (grant.commitment, grant.project_year.project, grant.project_year.year) == (
        cell.commitment,
        application.project,
        2027,
    )
    assert grant.project_year.announced_at is None
    entry = Entry.objects.get(verb="decide")
    assert (entry.thing, entry.amounts, entry.actor) == (
        f"{application.code}:{made.state.code}",
        {"before": 0, "after": 2_500_00},
        made.officer.code,
    )
    money_is_whole()


def test_decide_again_changes_the_amount_and_undo_frees_it_once(made, application):
    for cents in (2_500_00, 1_000_00, 0, None, None):
        services.decide(line(application, made.state), cents, by=made.officer)
        money_is_whole()
    assert line(application, made.state).decided_cents is None
    assert list(Commitment.objects.order_by("pk").values_list("amount_cents", flat=True)) == [2_500_00, 1_000_00]
    assert Commitment.objects.filter(released_at__isnull=True).count() == 0
    assert Entry.objects.filter(verb="release").count() == 2
    assert Entry.objects.filter(verb="decide").count() == 4  # the second « open » changed nothing
    assert not Grant.objects.exists()


def test_decide_above_the_envelope_is_refused_with_the_sum_missing(made, application):
    services.decide(line(application, made.city), 2_000_00, by=made.officer)
    second = made.admitted(euros=3_000)
    with pytest.raises(Overdrawn) as refused:
        services.decide(line(second, made.city), 3_000_00, by=made.officer)
    assert refused.value.missing_cents == 1_000_00
    assert "il ne reste que 2\u202f000\u202f€, il manque 1\u202f000\u202f€" in refused.value.message
    cell = line(second, made.city)
    assert (cell.decided_cents, cell.version) == (None, 0)
    money_is_whole()


def test_decide_higher_keeps_what_stood_when_the_envelope_says_no(made, application):
    services.decide(line(application, made.city), 3_000_00, by=made.officer)
    other = made.admitted(euros=3_000)
    services.decide(line(other, made.city), 1_000_00, by=made.officer)
    with pytest.raises(Overdrawn):
        services.decide(line(other, made.city), 2_000_00, by=made.officer)
    assert line(other, made.city).decided_cents == 1_000_00
    assert Commitment.objects.filter(released_at__isnull=False).count() == 0
    money_is_whole()


def test_decide_more_than_asked_is_refused(made, application):
    with pytest.raises(Refusal, match="C’est plus que les 3\u202f000\u202f€ demandés"):
        services.decide(line(application, made.state), 3_000_01, by=made.officer)
    assert not Commitment.objects.exists()


def test_decide_from_an_old_page_is_a_conflict_that_shows_what_stands(made, application):
    services.decide(line(application, made.state), 1_000_00, version=0, by=made.officer)
    with pytest.raises(Conflict) as refused:
        services.decide(line(application, made.state), 2_000_00, version=0, by=made.officer)
    assert refused.value.current == "1\u202f000"
    assert "« 1\u202f000\u202f€ »" in refused.value.message
    assert line(application, made.state).decided_cents == 1_000_00
    services.decide(line(application, made.state), None, version=1, by=made.officer)
    with pytest.raises(Conflict) as refused:
        services.decide(line(application, made.state), 2_000_00, version=1, by=made.officer)
    assert refused.value.current == ""


def test_decide_waits_for_the_committee_and_stops_at_the_letter(made):
    application = made.admitted()
    with pytest.raises(Refusal, match="n’est pas ouvert"):
        services.decide(line(application, made.state), 1_00, by=made.officer)
    made.open_committee()
    application = made.decide_all(application, 1_000)
    services.prepare_letters(made.call, by=made.officer)
    services.notify([application], by=made.officer)
    with pytest.raises(Refusal, match="« notifié » : sa décision ne change plus"):
        services.decide(line(application, made.state), 2_00, by=made.officer)
    money_is_whole()


@pytest.mark.parametrize("role", ["funder", "elected", "signer", "member", "council", "company", "resident"])
def test_the_cells_are_the_officers_alone(made, application, role):
    by = everybody(made, application)[role]
    for deed in (
        lambda: services.decide(line(application, made.state), 1_00, by=by),
        lambda: services.close_decision(application, by=by),
        lambda: services.reopen_decision(application, by=by),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not Commitment.objects.exists()


def test_the_state_follows_the_lines(made, application):
    with pytest.raises(Refusal, match="Il reste des cases à décider"):
        services.close_decision(application, by=made.officer)
    services.decide(line(application, made.state), 3_000_00, by=made.officer)
    application.refresh_from_db()
    assert application.state == A.ADMISSIBLE
    services.decide(line(application, made.city), 0, by=made.officer)
    application.refresh_from_db()
    assert (application.state, application.decided_at is not None) == (A.DECIDED, True)
    services.decide(line(application, made.city), None, by=made.officer)
    application.refresh_from_db()
    assert (application.state, application.decided_at) == (A.ADMISSIBLE, None)


def test_a_letter_that_waits_is_dropped_when_its_decision_moves(made, application):
    application = made.decide_all(application, 1_000)
    services.prepare_letters(made.call, by=made.officer)
    assert list(Mail.objects.filter(kind="calls.decision").values_list("state", flat=True)) == [MailState.HELD]
    services.decide(line(application, made.state), 1_500_00, by=made.officer)
    assert not application.papers.filter(kind="decision").exists()
    assert list(Mail.objects.filter(kind="calls.decision").values_list("state", flat=True)) == [MailState.DROPPED]
    services.prepare_letters(made.call, by=made.officer)
    services.decide(line(application, made.state), None, by=made.officer)
    assert not application.papers.filter(kind="decision").exists()
    assert set(Mail.objects.filter(kind="calls.decision").values_list("state", flat=True)) == {MailState.DROPPED}


def test_a_withdrawal_gives_back_what_was_decided(made, application):
    services.decide(line(application, made.state), 2_000_00, by=made.officer)
    services.withdraw(application, by=signer_of(application.organisation))
    application.refresh_from_db()
    assert application.state == A.WITHDRAWN
    assert list(application.lines.order_by("pk").values_list("decided_cents", flat=True)) == [None, None]
    made.state.refresh_from_db()
    assert made.state.free_cents == made.state.amount_cents
    assert not Grant.objects.exists()
    money_is_whole()


# ---------------------------------------------------------------------------------------------- at once
@pytest.mark.django_db(transaction=True)
def test_32_deciders_on_one_envelope_never_overdraw_it():
    made = scene(state_euros=10_000)
    applications = [made.admitted(euros=1_000) for _ in range(DECIDERS)]
    made.open_committee()
    cells = [line(application, made.state).pk for application in applications]

    got = at_once(lambda n: services.decide(FundingLine.objects.get(pk=cells[n]), 1_000_00, by=made.officer))

    assert sorted({type(one).__name__ for one in got}) == ["FundingLine", "Overdrawn"], got
    assert sum(isinstance(one, FundingLine) for one in got) == 10
    assert {one.missing_cents for one in got if isinstance(one, Overdrawn)} == {1_000_00}
    envelope = Envelope.objects.get(pk=made.state.pk)
    assert (envelope.committed_cents, envelope.free_cents) == (10_000_00, 0)
    assert Grant.objects.count() == Commitment.objects.count() == 10
    assert Entry.objects.filter(verb="decide").count() == 10
    assert set(FundingLine.objects.filter(decided_cents=None, envelope=envelope).values_list("version", flat=True)) == {
        0
    }
    money_is_whole()
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_32_deciders_on_one_cell_are_told_of_each_other():
    made = scene()
    application = made.admitted(euros=3_000)
    made.open_committee()
    cell = line(application, made.state).pk

    got = at_once(
        lambda n: services.decide(FundingLine.objects.get(pk=cell), (n + 1) * 10_00, version=0, by=made.officer)
    )

    assert sorted({type(one).__name__ for one in got}) == ["Conflict", "FundingLine"], got
    winner = next(one for one in got if isinstance(one, FundingLine))
    assert sum(isinstance(one, FundingLine) for one in got) == 1
    assert FundingLine.objects.get(pk=cell).decided_cents == winner.decided_cents
    assert Commitment.objects.count() == 1
    money_is_whole()
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_deciding_undoing_and_two_envelopes_at_once_end_whole():
    made = scene(state_euros=5_000, city_euros=5_000)
    applications = [made.admitted(euros=1_000) for _ in range(8)]
    made.open_committee()

    def deed(number):
        application = Application.objects.get(pk=applications[number % 8].pk)
        envelope = made.state if number % 2 else made.city
        return services.decide(line(application, envelope), None if number % 5 == 0 else 1_000_00, by=made.officer)

    got = at_once(deed)
    assert {type(one) for one in got} <= {FundingLine, Overdrawn}, got
    money_is_whole()
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_letters_and_decisions_at_once_never_lock_each_other_out():
    """Several files in one act, the same ones cell by cell: whoever comes second waits or is refused, no more."""
    made = scene()
    applications = [made.admitted(euros=1_000) for _ in range(4)]
    made.open_committee()
    for application in applications:
        made.decide_all(application, 1_000)
    services.prepare_letters(made.call, by=made.officer)
    codes = [application.pk for application in applications]

    def deed(number):
        if number % 4 == 0:
            rows = Application.objects.filter(pk__in=codes).order_by("-pk" if number % 8 else "pk")
            return services.notify(list(rows), by=made.officer)
        cell = line(Application.objects.get(pk=codes[number % 4]), made.state)
        return services.decide(cell, (number % 3) * 100_00, by=made.officer)

    got = at_once(deed, 16)
    strange = [one for one in got if isinstance(one, Exception) and not isinstance(one, Refusal)]
    assert strange == []
    money_is_whole()
    assert verify() == []


def test_a_person_without_any_role_is_nobody(made, application):
    with pytest.raises(NotAllowed):
        services.decide(line(application, made.state), 1_00, by=UserFactory.create())
