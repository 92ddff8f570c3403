"""A mail that cannot leave says why, and is tried again."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from faubourg.core import clock
from faubourg.notifications import services
from faubourg.notifications.enums import MailState
from tests.factories.journal import Actor
from tests.factories.notifications import MailFactory
from tests.notifications.services.ground import LETTER, NOW, deeds

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_post(monkeypatch):
    """Mail servers that fail: ``broken_post(problem)``."""

    def fail(problem: Exception) -> None:
        def no(self, messages):
            raise problem

        monkeypatch.setattr(EmailBackend, "send_messages", no)

    return fail


def test_mail_that_cannot_leave_is_tried_five_times(broken_post, caplog):
    broken_post(SMTPServerDisconnected("please\nrun connect() first"))
    failing, seen, instant = MailFactory(), [], NOW
    for _ in range(7):
        with clock.at(instant):
            services.send_queued()
        failing.refresh_from_db()
        seen.append((failing.state, failing.tries, failing.not_before and failing.not_before - instant))
        instant += timedelta(hours=1)
    assert seen[:4] == [("queued", n, timedelta(minutes=2**n)) for n in (1, 2, 3, 4)]
    assert [(state, tries) for state, tries, _ in seen[4:]] == [("failed", 5)] * 3
    assert failing.problem == "Essai 5 : please run connect() first"
    assert (failing.sent_at, mail.outbox) == (None, [])
    assert failing.to not in caplog.text


def test_mail_to_an_address_that_is_refused_for_good_is_not_tried_again(broken_post):
    broken_post(SMTPRecipientsRefused({"a@exemple.fr": (550, b"no such user")}))
    failing = MailFactory()
    assert services.deliver.call(failing.code) == "failed"
    failing.refresh_from_db()
    assert (failing.state, failing.tries) == ("failed", 1)
    assert "no such user" in failing.problem


def test_mail_that_is_refused_for_now_is_tried_again(broken_post):
    broken_post(SMTPRecipientsRefused({"a@exemple.fr": (451, b"try later")}))
    assert services.deliver.call(MailFactory().code) == "queued"


def test_mail_that_could_not_leave_for_a_time_leaves_and_forgets_the_problem(broken_post, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", lambda *a: (_ for _ in ()).throw(TimeoutError("slow")))
        failing = MailFactory()
        services.deliver.call(failing.code)
    with clock.at(NOW + timedelta(minutes=2)):
        assert services.send_queued() == 1
    failing.refresh_from_db()
    assert (failing.state, failing.problem) == ("sent", "")


def test_next_try_is_put_in_the_queue_where_the_queue_can_wait(broken_post, settings):
    from django_tasks_db.models import DBTaskResult

    broken_post(TimeoutError("slow"))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    failing = MailFactory()
    services.deliver.call(failing.code)
    (waiting,) = DBTaskResult.objects.all()
    assert (waiting.args_kwargs["args"], waiting.run_after) == ([failing.code], NOW + timedelta(minutes=2))


def test_letter_is_queued_for_the_worker_on_commit(commit, settings):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with commit():
        posted = services.post(LETTER, by=None)
    (waiting,) = DBTaskResult.objects.all()
    assert (waiting.task_path, waiting.args_kwargs["args"]) == (
        "faubourg.notifications.services.deliver",
        [posted.code],
    )


def test_retry_sends_a_failed_mail(commit):
    failed = MailFactory(state=MailState.FAILED, tries=5, problem="Essai 5 : no", not_before=NOW + timedelta(hours=1))
    with commit():
        services.retry(failed, by=Actor())
    failed.refresh_from_db()
    assert (failed.state, failed.tries, failed.problem) == ("sent", 1, "")
    assert deeds() == [("retry", failed.code, "failed", "queued", "U-ACTOR222")]


def test_database_refuses_a_sent_mail_without_its_hour():
    with pytest.raises(IntegrityError), transaction.atomic():
        MailFactory(state=MailState.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailFactory(state=MailState.QUEUED, sent_at=NOW)
