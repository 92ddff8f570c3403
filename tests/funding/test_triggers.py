"""What the database refuses by itself, whoever writes: raw SQL, no service."""

import pytest
from django.db import IntegrityError, connection, transaction

from faubourg.core import clock
from faubourg.funding.figures import balance_faults
from faubourg.funding.models import Commitment, Envelope
from faubourg.funding.selectors import false_balances
from tests.factories.funding import CommitmentFactory, EnvelopeFactory

pytestmark = pytest.mark.django_db


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def committed(envelope):
    return Envelope.objects.values_list("committed_cents", flat=True).get(pk=envelope.pk)


def insert(envelope, cents, code="G-RAW"):
    run(
        "INSERT INTO funding_commitment (code, envelope_id, thing, amount_cents, made_at) VALUES (%s, %s, %s, %s, %s)",
        code,
        envelope.pk,
        "D-RAW",
        cents,
        clock.now(),
    )


@pytest.fixture
def envelope():
    return EnvelopeFactory.create(amount_cents=1_000_00)


def test_raw_insert_is_counted(envelope):
    insert(envelope, 400_00)
    assert committed(envelope) == 400_00


def test_raw_insert_beyond_the_amount_is_refused(envelope):
    insert(envelope, 400_00)
    with pytest.raises(IntegrityError, match="funding_envelope_not_overdrawn"):
        insert(envelope, 600_01, "G-2")
    assert (committed(envelope), Commitment.objects.count()) == (400_00, 1)


def test_bulk_insert_is_counted_and_refused_as_a_whole(envelope):
    Commitment.objects.bulk_create(CommitmentFactory.build(envelope=envelope, amount_cents=100_00) for _ in range(10))
    assert committed(envelope) == 1_000_00
    other = EnvelopeFactory.create(amount_cents=1_000_00)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.bulk_create(CommitmentFactory.build(envelope=other, amount_cents=100_00) for _ in range(11))
    assert committed(other) == 0


def test_writing_a_smaller_sum_by_hand_has_no_effect(envelope):
    insert(envelope, 400_00)
    run("UPDATE funding_envelope SET committed_cents = 0 WHERE id = %s", envelope.pk)
    assert committed(envelope) == 400_00


def test_saving_a_stale_envelope_has_no_effect_on_the_sum(envelope):
    insert(envelope, 400_00)
    envelope.short_name = "Préfecture"
    envelope.save()
    assert committed(envelope) == 400_00


def test_an_envelope_born_with_a_sum_starts_at_nothing():
    assert committed(EnvelopeFactory.create(committed_cents=500_00)) == 0


def test_lowering_the_amount_under_the_sum_is_refused_even_with_a_lie(envelope):
    insert(envelope, 400_00)
    with pytest.raises(IntegrityError, match="funding_envelope_not_overdrawn"):
        run("UPDATE funding_envelope SET committed_cents = 0, amount_cents = 100 WHERE id = %s", envelope.pk)
    assert committed(envelope) == 400_00


def test_releasing_and_deleting_give_the_money_back(envelope):
    insert(envelope, 400_00)
    insert(envelope, 300_00, "G-2")
    Commitment.objects.filter(code="G-RAW").update(released_at=clock.now())
    assert committed(envelope) == 300_00
    run("DELETE FROM funding_commitment WHERE code = 'G-2'")
    assert committed(envelope) == 0


@pytest.mark.parametrize(
    "change",
    [
        "amount_cents = 1",
        "thing = 'D-OTHER'",
        "code = 'G-OTHER'",
        "made_at = '2020-01-01 00:00:00+00:00'",
        "envelope_id = {other}",
    ],
)
def test_a_commitment_never_changes(envelope, change):
    insert(envelope, 400_00)
    other = EnvelopeFactory.create()
    with pytest.raises(IntegrityError, match="a commitment does not change"):
        run("UPDATE funding_commitment SET " + change.format(other=other.pk))  # noqa: S608
    assert (committed(envelope), committed(other)) == (400_00, 0)


@pytest.mark.parametrize("again", [None, "2030-01-01 00:00:00+00:00"])
def test_a_release_is_never_taken_back_nor_moved(envelope, again):
    insert(envelope, 400_00)
    Commitment.objects.update(released_at=clock.now())
    with pytest.raises(IntegrityError, match="a commitment does not change"):
        run("UPDATE funding_commitment SET released_at = %s", again)
    assert committed(envelope) == 0


@pytest.mark.parametrize("cents", [0, -5])
def test_a_commitment_is_above_zero(envelope, cents):
    with pytest.raises(IntegrityError, match="funding_commitment_positive"):
        insert(envelope, cents)


def test_envelopes_do_not_touch_each_other(envelope):
    other = EnvelopeFactory.create(amount_cents=50_00)
    insert(envelope, 400_00)
    insert(other, 50_00, "G-2")
    assert (committed(envelope), committed(other)) == (400_00, 50_00)
    assert (list(false_balances()), list(balance_faults())) == ([], [])


def test_balances_made_false_behind_the_triggers_are_found(envelope):
    from faubourg.core.triggers import lifted

    insert(envelope, 400_00)
    with lifted(connection):
        run("UPDATE funding_envelope SET committed_cents = 7 WHERE id = %s", envelope.pk)
    assert list(false_balances()) == [envelope]
    assert [words.partition(",")[0] for words in balance_faults()] == [f"Enveloppe {envelope.code} (État"]
