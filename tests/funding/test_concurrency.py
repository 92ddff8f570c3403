"""No envelope can be overdrawn, whatever the concurrency: real threads, each with its own connection."""

import pytest
from django.db import IntegrityError, connection, transaction

from faubourg.core import clock
from faubourg.funding import services
from faubourg.funding.models import Commitment, Envelope
from faubourg.funding.services import Overdrawn
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from tests.factories.funding import EnvelopeFactory
from tests.together import DECIDERS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_32_deciders_share_an_envelope_for_10():
    envelope = EnvelopeFactory.create(amount_cents=1_000_00, short_name="CAF")

    got = at_once(lambda n: services.commit(Envelope.objects.get(pk=envelope.pk), 100_00, thing=f"D-{n:08d}", by=None))

    given = [one for one in got if isinstance(one, Commitment)]
    refused = [one for one in got if isinstance(one, Overdrawn)]
    assert (len(given), len(refused)) == (10, 22), got
    assert {(one.missing_cents, one.message) for one in refused} == {
        (
            100_00,
            (
                "Enveloppe « CAF » : il ne reste rien, il manque 100\u202f€. Rien n’a été écrit. "
                "Baissez ce montant ou libérez une aide de la même enveloppe."
            ),
        )
    }
    envelope.refresh_from_db()
    assert (envelope.committed_cents, envelope.free_cents) == (1_000_00, 0)
    assert set(Commitment.objects.values_list("code", flat=True)) == {one.code for one in given}
    assert sorted(Entry.objects.values_list("verb", "thing")) == sorted(("commit", one.code) for one in given)
    assert [entry.amounts["free"] for entry in Entry.objects.order_by("number")] == [
        900_00 - 100_00 * n for n in range(10)
    ]
    assert verify() == []


def test_32_raw_writers_cannot_overdraw_either():
    envelope = EnvelopeFactory.create(amount_cents=1_000_00)

    def write(number: int) -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO funding_commitment (code, envelope_id, thing, amount_cents, made_at)"
                " VALUES (%s, %s, 'D-RAW', 10000, %s)",
                [f"G-{number}", envelope.pk, clock.now()],
            )
        return "given"

    got = at_once(write)
    assert got.count("given") == 10
    assert sum(isinstance(one, IntegrityError) for one in got) == 22, got
    envelope.refresh_from_db()
    assert (envelope.committed_cents, Commitment.objects.count()) == (1_000_00, 10)


def test_deciders_on_two_envelopes_never_wait_for_each_other():
    envelopes = [EnvelopeFactory.create(amount_cents=10_000_00) for _ in range(2)]

    def decide(number: int) -> str:
        first, second = envelopes if number % 2 else reversed(envelopes)
        with transaction.atomic():
            services.lock([first, second])
            services.commit(first, 100_00, thing=f"D-{number}", by=None)
            services.commit(second, 100_00, thing=f"D-{number}", by=None)
        return "given"

    assert at_once(decide) == ["given"] * DECIDERS
    assert list(Envelope.objects.values_list("committed_cents", flat=True)) == [3_200_00, 3_200_00]
    assert verify() == []


def test_a_commitment_is_released_once_by_32():
    envelope = EnvelopeFactory.create(amount_cents=1_000_00)
    commitment = services.commit(envelope, 1_000_00, thing="D-1", by=None)

    def release(_: int) -> str:
        services.release(Commitment.objects.get(pk=commitment.pk), by=None)
        return "released"

    got = at_once(release)
    assert got.count("released") == 1
    assert {str(one) for one in got} == {"released", "Cet engagement a déjà été libéré. Rien n’a été changé."}
    envelope.refresh_from_db()
    assert envelope.committed_cents == 0


def test_shrinking_and_committing_at_once_keeps_the_promise():
    envelope = EnvelopeFactory.create(amount_cents=3_200_00)

    def act(number: int) -> object:
        held = Envelope.objects.get(pk=envelope.pk)
        if number % 2:
            return services.resize(held, 800_00, by=None)
        return services.commit(held, 100_00, thing=f"D-{number}", by=None)

    got = at_once(act)
    assert {type(one) for one in got} <= {Commitment, Envelope, Overdrawn}, got
    envelope.refresh_from_db()
    committed = sum(one.amount_cents for one in got if isinstance(one, Commitment))
    assert envelope.committed_cents == committed <= envelope.amount_cents
    assert verify() == []
