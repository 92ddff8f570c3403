import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.money import MAX_CENTS
from faubourg.funding import services
from faubourg.funding.enums import MoneyKind
from faubourg.funding.models import Commitment, Envelope
from faubourg.funding.selectors import false_balances
from faubourg.funding.services import Overdrawn
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from tests.factories.funding import BudgetFactory, CommitmentFactory, EnvelopeFactory
from tests.factories.partners import OrganisationFactory, member, officer

pytestmark = pytest.mark.django_db


def journal():
    """``(actor, verb, thing, amounts)`` of each deed."""
    return list(Entry.objects.order_by("number").values_list("actor", "verb", "thing", "amounts"))


def plain(refusal):
    return refusal.value.message.replace("\u202f", " ")


# ---------------------------------------------------------------------------------------------- envelopes
def test_the_officer_opens_an_envelope():
    by, caf = officer(), OrganisationFactory.create(name="CAF")
    envelope = services.open_envelope(
        funder=caf, kind=MoneyKind.ORDINARY, year=2027, short_name="CAF", amount_cents=30_000_00, by=by
    )
    assert list(Envelope.objects.values_list("code", "funder", "kind", "year", "short_name", "amount_cents")) == [
        (envelope.code, caf.pk, "ordinary", 2027, "CAF", 30_000_00)
    ]
    assert journal() == [(by.code, "open_envelope", envelope.code, {"amount": 30_000_00})]
    assert str(envelope) == "CAF, droit commun, 2027"


def test_nobody_else_keeps_envelopes():
    envelope, nobody = EnvelopeFactory.create(), member()
    new = {"funder": envelope.funder, "kind": "earmarked", "year": 2027, "short_name": "x", "amount_cents": 1}
    with pytest.raises(NotAllowed) as refusal:
        services.open_envelope(**new, by=nobody)
    with pytest.raises(NotAllowed):
        services.resize(envelope, 5_00, by=nobody)
    assert plain(refusal) == "Seule la personne chargée de mission ouvre ou change une enveloppe."
    assert (Envelope.objects.get().amount_cents, journal()) == (100_000_00, [])


@pytest.mark.parametrize(("cents", "word"), [(-1, "négatif"), (MAX_CENTS + 1, "trop grand")])
def test_an_impossible_envelope_is_refused(cents, word):
    with pytest.raises(Refusal) as refusal:
        services.resize(EnvelopeFactory.create(), cents, by=None)
    assert (plain(refusal), refusal.value.field) == (f"Ce montant est {word}. Rien n’a été écrit.", "amount")


def test_resize_says_before_and_after():
    by, envelope = officer(), EnvelopeFactory.create(amount_cents=100_00)
    assert services.resize(envelope, 300_00, by=by) is envelope
    assert (envelope.amount_cents, Envelope.objects.get().amount_cents) == (300_00, 300_00)
    assert journal() == [(by.code, "resize", envelope.code, {"before": 100_00, "amount": 300_00})]


def test_resize_down_to_what_is_committed_and_no_further():
    envelope = EnvelopeFactory.create(amount_cents=100_00)
    services.commit(envelope, 60_00, thing="D-1", by=None)
    with pytest.raises(Overdrawn) as refusal:
        services.resize(envelope, 50_00, by=None)
    assert (plain(refusal), refusal.value.missing_cents, refusal.value.field) == (
        "Enveloppe « État » : 60 € sont déjà engagés, 10 € de plus que ce montant. Rien n’a été changé.",
        10_00,
        "amount",
    )
    assert services.resize(envelope, 60_00, by=None).free_cents == 0


# ---------------------------------------------------------------------------------------------- commitments
def test_commit_takes_the_money_and_writes_the_deed():
    by, envelope = officer(), EnvelopeFactory.create(amount_cents=100_00)
    commitment = services.commit(envelope, 60_00, thing="D-1", by=by)
    assert list(
        Commitment.objects.values_list("code", "envelope", "thing", "amount_cents", "made_at", "released_at")
    ) == [(commitment.code, envelope.pk, "D-1", 60_00, clock.now(), None)]
    assert (envelope.committed_cents, envelope.free_cents) == (60_00, 40_00)
    assert commitment.envelope is envelope
    assert journal() == [(by.code, "commit", commitment.code, {"amount": 60_00, "free": 40_00})]
    assert str(commitment) == commitment.code


def test_commit_the_last_cent_then_nothing_more():
    envelope = EnvelopeFactory.create(amount_cents=100_00)
    services.commit(envelope, 100_00, thing="D-1", by=None)
    with pytest.raises(Overdrawn) as refusal:
        services.commit(envelope, 1, thing="D-2", by=None)
    assert (plain(refusal), refusal.value.missing_cents) == (
        (
            "Enveloppe « État » : il ne reste rien, il manque 0,01 €. Rien n’a été écrit. "
            "Baissez ce montant ou libérez une aide de la même enveloppe."
        ),
        1,
    )


def test_a_refused_commitment_leaves_nothing_behind():
    envelope = EnvelopeFactory.create(amount_cents=4_000_00)
    with pytest.raises(Overdrawn) as refusal:
        services.commit(envelope, 5_000_00, thing="D-1", by=None)
    assert plain(refusal).startswith(
        "Enveloppe « État » : il ne reste que 4 000 €, il manque 1 000 €. Rien n’a été écrit."
    )
    assert refusal.value.missing_cents == 1_000_00
    assert (Commitment.objects.count(), journal(), Envelope.objects.get().committed_cents) == (0, [], 0)


def test_the_transaction_around_a_refusal_goes_on():
    envelope = EnvelopeFactory.create(amount_cents=100_00)
    with transaction.atomic():
        with pytest.raises(Overdrawn):
            services.commit(envelope, 200_00, thing="D-1", by=None)
        services.commit(envelope, 50_00, thing="D-1", by=None)
    assert Envelope.objects.get().committed_cents == 50_00


def test_commit_reads_the_envelope_again():
    envelope = EnvelopeFactory.create(amount_cents=100_00)
    stale = Envelope.objects.get()
    services.commit(envelope, 90_00, thing="D-1", by=None)
    with pytest.raises(Overdrawn) as refusal:
        services.commit(stale, 20_00, thing="D-2", by=None)
    assert refusal.value.missing_cents == 10_00


@pytest.mark.parametrize(("cents", "word"), [(0, "nul"), (-1, "négatif"), (MAX_CENTS + 1, "trop grand")])
def test_an_impossible_commitment_is_refused(cents, word):
    with pytest.raises(Refusal) as refusal:
        services.commit(EnvelopeFactory.create(), cents, thing="D-1", by=None)
    assert plain(refusal) == f"Ce montant est {word}. Rien n’a été écrit."


def test_another_fault_of_the_database_is_not_taken_for_an_empty_envelope(monkeypatch):
    envelope = EnvelopeFactory.create()
    taken = CommitmentFactory.create(envelope=envelope)
    monkeypatch.setattr("faubourg.core.models.CodeMaker.__call__", lambda self: taken.code)
    with pytest.raises(IntegrityError, match="code"):
        services.commit(envelope, 1_00, thing="D-1", by=None)


def test_release_gives_the_money_back_once():
    by, envelope = officer(), EnvelopeFactory.create(amount_cents=100_00)
    commitment = services.commit(envelope, 60_00, thing="D-1", by=by)
    assert services.release(commitment, by=by).released_at == clock.now()
    assert (envelope.free_cents, Envelope.objects.get().committed_cents) == (100_00, 0)
    assert journal()[1:] == [(by.code, "release", commitment.code, {"amount": 60_00, "free": 100_00})]
    with pytest.raises(Refusal) as refusal:
        services.release(commitment, by=by)
    assert plain(refusal) == "Cet engagement a déjà été libéré. Rien n’a été changé."
    assert len(journal()) == 2


def test_writing_money_costs_few_queries(django_assert_num_queries):
    envelope = EnvelopeFactory.create(amount_cents=100_00)
    services.commit(envelope, 1_00, thing="D-1", by=None)  # the journal's first deed makes its head
    with django_assert_num_queries(9):  # the envelope, the commitment, three of the journal; the rest is savepoints
        services.commit(envelope, 1_00, thing="D-1", by=None)


def test_histories_of_money_never_lie():
    """Whatever the order of commitments, releases and resizings, the sum is theirs and within the amount."""
    cents = st.integers(1, 60)
    deeds = st.one_of(
        st.tuples(st.just("commit"), cents),
        st.tuples(st.just("release"), st.integers(0, 9)),
        st.tuples(st.just("resize"), st.integers(0, 120)),
    )

    @settings(max_examples=60, deadline=None)
    @given(st.lists(deeds, max_size=14))
    def play(history):
        with transaction.atomic():
            _play(history)
            transaction.set_rollback(True)

    play()


def _play(history):
    envelope = EnvelopeFactory.create(amount_cents=100)
    amount, live, dead = 100, [], []
    for deed, number in history:
        before = (amount, sum(one.amount_cents for one in live))
        if deed == "commit":
            if before[1] + number <= amount:
                live.append(services.commit(envelope, number, thing="D-1", by=None))
            else:
                with pytest.raises(Overdrawn) as refusal:
                    services.commit(envelope, number, thing="D-1", by=None)
                assert refusal.value.missing_cents == before[1] + number - amount
        elif deed == "resize":
            if number >= before[1]:
                amount = services.resize(envelope, number, by=None).amount_cents
            else:
                with pytest.raises(Overdrawn) as refusal:
                    services.resize(envelope, number, by=None)
                assert refusal.value.missing_cents == before[1] - number
        elif live:
            dead.append(services.release(live.pop(number % len(live)), by=None))
        elif dead:
            with pytest.raises(Refusal):
                services.release(dead[0], by=None)
        stands = Envelope.objects.get(pk=envelope.pk)
        assert (stands.amount_cents, stands.committed_cents) == (amount, sum(one.amount_cents for one in live))
        assert (envelope.amount_cents, envelope.committed_cents) == (stands.amount_cents, stands.committed_cents)
    assert (list(false_balances()), verify()) == ([], [])


# ---------------------------------------------------------------------------------------------- budgets
def lines(budget):
    return sorted(budget.lines.values_list("account", "slot", "label", "amount_cents", "co_funding"))


def test_a_new_budget_is_empty():
    budget = services.open_budget()
    assert (lines(budget), budget.typed, str(budget)) == ([], {}, budget.code)


def put(budget, account, text, **more):
    """One amount typed on the grid; what is wrong with it, or ""."""
    sent = {f"b-{account}": text, **{f"b-{account}-{name}": value for name, value in more.items()}}
    return services.save_fields(budget, sent).get(f"b-{account}", "")


def test_a_line_is_written_changed_and_removed():
    budget = BudgetFactory.create()
    assert put(budget, "601", " 4 900 € ") == ""
    assert lines(budget) == [("601", 1, "", 4_900_00, "")]
    assert put(budget, "601", "5000", name="Vélos") == ""
    assert lines(budget) == [("601", 1, "Vélos", 5_000_00, "")]
    assert str(budget.lines.get()) == "601 Vélos"
    assert put(budget, "601", "  ") == ""
    assert put(budget, "601", "") == ""  # nothing to remove
    assert lines(budget) == []


def test_unreadable_text_is_kept_until_it_is_mended():
    budget = BudgetFactory.create()
    put(budget, "613", "300")
    assert put(budget, "613", "3OO").startswith("Ce montant contient la lettre O")
    budget.refresh_from_db()
    assert (lines(budget), budget.typed) == ([("613", 1, "", 0, "")], {"b-613": "3OO"})
    assert put(budget, "613", "310") == ""
    budget.refresh_from_db()
    assert (lines(budget), budget.typed) == ([("613", 1, "", 310_00, "")], {})


def test_unreadable_text_can_be_erased():
    budget = BudgetFactory.create()
    put(budget, "613", "3OO")
    put(budget, "613", "")
    budget.refresh_from_db()
    assert (lines(budget), budget.typed) == ([], {})


def test_a_very_long_text_is_cut_not_refused():
    budget = BudgetFactory.create()
    put(budget, "613", "x" * 5_000)
    assert budget.typed == {"b-613": "x" * 40}


@pytest.mark.parametrize("account", ["74", "999", "IND", "", "601-2"])
def test_an_account_that_is_not_typed_is_left_out(account):
    budget = BudgetFactory.create()
    assert put(budget, account, "5") == ""
    assert (lines(budget), budget.typed) == ([], {})


def test_a_co_funder_s_state_is_one_of_ours_or_none():
    budget = BudgetFactory.create()
    put(budget, "74region", "10", state="nonsense")
    assert lines(budget) == [("74region", 1, "", 10_00, "")]


FORM = {
    "b-601": "4 900",
    "b-613": "3OO",
    "b-604": "",
    "b-74priv": "2000",
    "b-74priv-name": "Fondation A",
    "b-74priv-state": "obtained",
    "b-74priv-2": "",
    "b-74priv-2-name": "Fondation B",
    "b-74priv-2-state": "",
    "b-74region": "",
    "b-74region-name": "",
    "b-74region-state": "",
    "b-indirect-rule": " Au prorata. ",
    "title": "un autre champ",
    "b-74": "9",
}


def test_a_whole_form_is_saved_at_once():
    budget = BudgetFactory.create()
    problems = services.save_fields(budget, FORM)
    assert {field: problem.partition(",")[0] for field, problem in problems.items()} == {
        "b-613": "Ce montant contient la lettre O",
        "b-74priv-2": "Écrivez un montant",
    }
    kept = [
        ("601", 1, "", 4_900_00, ""),
        ("613", 1, "", 0, ""),
        ("74priv", 1, "Fondation A", 2_000_00, "obtained"),
        ("74priv", 2, "Fondation B", 0, ""),
    ]
    assert (lines(budget), budget.typed, budget.indirect_rule) == (
        kept,
        {"b-613": "3OO", "b-74priv-2": ""},
        "Au prorata.",
    )
    services.save_fields(budget, FORM)
    assert lines(budget) == kept


def test_fields_saved_one_by_one_keep_the_rest_of_the_line():
    budget = BudgetFactory.create()
    for name, text in FORM.items():
        services.save_fields(budget, {name: text})
    assert lines(budget) == [
        ("601", 1, "", 4_900_00, ""),
        ("613", 1, "", 0, ""),
        ("74priv", 1, "Fondation A", 2_000_00, "obtained"),
        ("74priv", 2, "Fondation B", 0, ""),
    ]
    services.save_fields(budget, {"b-74priv-state": "pending"})
    services.save_fields(budget, {"b-74priv-2": "700"})
    assert lines(budget)[2:] == [
        ("74priv", 1, "Fondation A", 2_000_00, "pending"),
        ("74priv", 2, "Fondation B", 700_00, ""),
    ]


def test_a_co_funder_goes_when_its_line_is_empty():
    budget = BudgetFactory.create()
    services.save_fields(budget, FORM)
    services.save_fields(budget, {"b-74priv": "", "b-74priv-name": "", "b-74priv-state": ""})
    assert [line[:3] for line in lines(budget)] == [("601", 1, ""), ("613", 1, ""), ("74priv", 2, "Fondation B")]


def test_saving_a_form_costs_the_same_for_one_field_and_for_all(django_assert_num_queries):
    budget = BudgetFactory.create()
    with django_assert_num_queries(5):
        services.save_fields(budget, {"b-601": "1"})
    with django_assert_num_queries(7):  # one line changed, others made, the unreadable text kept
        services.save_fields(budget, FORM)
