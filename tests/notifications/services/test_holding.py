"""Held mails wait until somebody lets them go."""

from datetime import timedelta

import pytest
from django.core import mail

from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.notifications import services
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from tests.factories.journal import Actor
from tests.factories.notifications import MailFactory
from tests.notifications.services.ground import LETTER, NOW, deeds

pytestmark = pytest.mark.django_db


def test_held_mail_never_leaves_before_its_release(commit):
    with commit():
        held = services.post(LETTER, hold=True, by=Actor())
    assert held.state == MailState.HELD
    with clock.at(NOW + timedelta(days=30)):
        assert services.send_queued() == 0
    assert services.deliver.call(held.code) == "passed over"
    assert mail.outbox == []
    with commit():
        assert services.release([held], by=Actor()) == 1
    held.refresh_from_db()
    assert held.state == MailState.SENT
    assert len(mail.outbox) == 1
    assert deeds() == [("release", held.code, "held", "queued", "U-ACTOR222")]


def test_release_passes_over_what_is_not_held(commit):
    mails = [MailFactory(state=state) for state in (MailState.HELD, MailState.DROPPED, MailState.QUEUED)]
    with commit():
        assert services.release(Mail.objects.order_by("pk"), by=Actor()) == 1
    assert len(mail.outbox) == 1
    with commit():
        assert services.release(mails, by=Actor()) == 0
    assert len(mail.outbox) == 1


def test_release_of_many_journals_each(commit):
    mails = [MailFactory(state=MailState.HELD) for _ in range(3)]
    with commit():
        assert services.release(mails, by=Actor()) == 3
    assert [thing for _, thing, _, _, _ in deeds()] == [m.code for m in mails]


@pytest.mark.parametrize("state", [MailState.HELD, MailState.QUEUED, MailState.FAILED])
def test_drop_keeps_a_mail_from_leaving(state):
    waiting = MailFactory(state=state)
    services.drop(waiting, by=Actor())
    assert waiting.state == MailState.DROPPED
    assert services.send_queued() == 0
    assert deeds() == [("drop", waiting.code, state, "dropped", "U-ACTOR222")]


def test_drop_of_a_mail_that_left_is_refused():
    gone = MailFactory(state=MailState.SENT, sent_at=NOW)
    with pytest.raises(Refusal, match="Impossible d’abandonner ce courrier : l’état est « envoyé »"):
        services.drop(gone, by=Actor())
    assert deeds() == []


def test_drop_looks_at_the_row_and_not_at_what_the_page_knew():
    stale = MailFactory()
    Mail.objects.update(state=MailState.SENT, sent_at=NOW)
    with pytest.raises(Refusal):
        services.drop(stale, by=Actor())
