"""A mail leaves once, whoever carries it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from faubourg.core import clock
from faubourg.notifications import services
from faubourg.notifications.enums import MailState
from tests.factories.notifications import MailFactory
from tests.notifications.services.ground import NOW

pytestmark = pytest.mark.django_db


def test_deliver_twice_sends_once():
    queued = MailFactory()
    assert [services.deliver.call(queued.code) for _ in range(2)] == ["sent", "passed over"]
    assert len(mail.outbox) == 1


def test_deliver_of_an_unknown_mail_does_nothing():
    assert services.deliver.call("M-NOTHERE2") == "passed over"


def test_deliver_passes_over_what_another_worker_has_taken():
    taken = MailFactory(not_before=NOW + timedelta(minutes=4))
    assert services.deliver.call(taken.code) == "passed over"


@pytest.mark.clock(None)
@pytest.mark.django_db(transaction=True)
def test_eight_workers_send_each_mail_once():
    codes = [MailFactory().code for _ in range(6)]
    sent: list[str] = []

    def work(_: int) -> None:
        try:
            sent.extend(code for code in codes if services.deliver.call(code) == "sent")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert sorted(sent) == sorted(codes)
    assert sorted(m.extra_headers["Message-ID"] for m in mail.outbox) == sorted(f"<{c}@127.0.0.1>" for c in codes)


def test_mail_whose_worker_died_is_sent_by_the_sweep_after_its_lease():
    left = MailFactory()
    services._take(left.code)  # and then the machine stops
    assert services.send_queued() == 0
    with clock.at(NOW + services.LEASE):
        assert services.send_queued() == 1
    left.refresh_from_db()
    assert (left.state, left.tries) == ("sent", 2)


def test_sweep_sends_oldest_first():
    late, early = MailFactory(made_at=NOW), MailFactory(made_at=NOW - timedelta(days=1))
    MailFactory(state=MailState.HELD)
    assert services.send_queued() == 2
    assert [m.to[0] for m in mail.outbox] == [early.to, late.to]
