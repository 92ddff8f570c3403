"""The post room: held mails wait, the others leave once, and a mail that cannot leave says why."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction

from faubourg.core import clock
from faubourg.core.clock import paris
from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from faubourg.notifications import figures, selectors, services
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Enclosure, Mail
from faubourg.notifications.services import Letter
from tests.factories.accounts import UserFactory
from tests.factories.journal import Actor
from tests.factories.notifications import EnclosureFactory, MailFactory

pytestmark = pytest.mark.django_db
NOW = paris(2026, 11, 23, 10)
LETTER = Letter("calls.receipt", "a@exemple.fr", "Votre dossier", "Bonjour,\n\nIl est reçu.\n")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def broken_post(monkeypatch):
    """Mail servers that fail: ``broken_post(problem)``."""

    def fail(problem: Exception) -> None:
        def no(self, messages):
            raise problem

        monkeypatch.setattr(EmailBackend, "send_messages", no)

    return fail


def deeds() -> list[tuple[str, str, str, str, str]]:
    return [(e.verb, e.thing, e.before, e.after, e.actor) for e in Entry.objects.all()]


# ------------------------------------------------------------------------------------------------- posting
def test_letter_leaves_after_the_commit(commit):
    with commit():
        posted = services.post(LETTER, by=Actor())
        assert (posted.state, mail.outbox) == (MailState.QUEUED, [])
    posted.refresh_from_db()
    assert {
        name: getattr(posted, name)
        for name in ("kind", "to", "subject", "text", "state", "author", "sent_at", "tries", "problem")
    } == {
        "kind": "calls.receipt",
        "to": "a@exemple.fr",
        "subject": "Votre dossier",
        "text": "Bonjour,\n\nIl est reçu.\n",
        "state": "sent",
        "author": "U-ACTOR222",
        "sent_at": NOW,
        "tries": 1,
        "problem": "",
    }
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body, message.reply_to) == (
        ["a@exemple.fr"], "Votre dossier", "Bonjour,\n\nIl est reçu.\n", ["contrat-de-ville@exemple.fr"],
    )  # fmt: skip
    assert message.extra_headers == {"Message-ID": f"<{posted.code}@127.0.0.1>", "Auto-Submitted": "auto-generated"}
    assert "<p>Il est reçu.</p>" in message.alternatives[0].content
    assert str(posted) == f"{posted.code} Votre dossier"


def test_letter_of_the_machine_has_no_author():
    assert services.post(LETTER, by=None).author == ""


def test_letter_takes_its_enclosures_along(commit):
    files = (("reçu.pdf", "application/pdf", b"%PDF-1.7"), ("a\nb.csv", "text/csv", b"a;b"))
    with commit():
        posted = services.post(Letter("k", "a@exemple.fr", "o", "t", files), by=None)
    assert [(e.name, e.content_type, bytes(e.content)) for e in posted.enclosures.all()] == [
        ("reçu.pdf", "application/pdf", b"%PDF-1.7"),
        ("a b.csv", "text/csv", b"a;b"),
    ]
    assert [a.filename for a in mail.outbox[0].attachments] == ["reçu.pdf", "a b.csv"]
    assert str(posted.enclosures.all()[0]) == "reçu.pdf"


def test_letter_of_an_undone_deed_never_leaves(django_capture_on_commit_callbacks):
    def deed_that_fails() -> None:
        with transaction.atomic():
            services.post(LETTER, by=None)
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(RuntimeError):
        deed_that_fails()
    assert (callbacks, mail.outbox, Mail.objects.count()) == ([], [], 0)


@pytest.mark.parametrize("to", ["", "nobody", "a@b.fr\nBcc: c@d.fr", "a@b.fr, c@d.fr"])
def test_letter_to_no_address_is_refused(to):
    with pytest.raises(ValidationError), transaction.atomic():
        services.post(Letter("k", to, "o", "t"), by=None)
    assert Mail.objects.count() == 0


def test_subject_cannot_add_a_header(commit):
    with commit():
        services.post(Letter("k", "a@exemple.fr", "Reçu\r\nBcc: x@exemple.fr", "t"), by=None)
    (message,) = mail.outbox
    assert message.subject == "Reçu Bcc: x@exemple.fr"
    assert message.recipients() == ["a@exemple.fr"]
    assert message.message()["Bcc"] is None


def test_signs_stay_with_their_words(commit):
    """Whoever wrote them: a room's template, a value in it, a subject made in Python. Addresses stay as they are."""
    with commit():
        posted = services.post(
            replace(LETTER, subject="« Vélo » : prêt ?", text="« Oui » ; non !\n\nVoir :\nhttps://a.fr/?b=1 ;c\n"),
            by=Actor(),
        )
    (message,) = mail.outbox
    assert message.subject == posted.subject == "«\u00a0Vélo\u00a0»\u00a0: prêt\u202f?"
    assert message.body == posted.text == ("«\u00a0Oui\u00a0»\u202f; non\u202f!\n\nVoir\u00a0:\nhttps://a.fr/?b=1 ;c\n")
    assert "<p>«\u00a0Oui\u00a0»\u202f; non\u202f!</p>" in posted.html


def test_letter_to_somebody_erased_is_dropped(commit):
    with commit():
        posted = services.post(Letter("k", "u-22222222@anonyme.invalid", "o", "t"), by=None)
    assert (posted.state, posted.problem) == ("dropped", "Cette personne a été effacée.")
    assert mail.outbox == []


def test_post_costs_two_queries_of_its_own(django_assert_num_queries):
    """One for the mail, one for all its enclosures: submitting an application may cost 20 in all."""
    files = tuple((f"{i}.pdf", "application/pdf", b"x") for i in range(3))
    with django_assert_num_queries(2):
        services.post(Letter("k", "a@exemple.fr", "o", "t", files), by=None)


# ------------------------------------------------------------------------------------------------- held mails
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


# ------------------------------------------------------------------------------------------------- leaving once
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


# ------------------------------------------------------------------------------------------------- failing
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


# ------------------------------------------------------------------------------------------------- reading, forgetting
@pytest.mark.parametrize("count", [1, 3])
def test_outbox_is_read_without_the_bytes_of_its_enclosures(count, django_assert_num_queries):
    for _ in range(count):
        EnclosureFactory()
    with django_assert_num_queries(2):
        names = [[e.name for e in m.enclosures.all()] for m in selectors.outbox()]
    assert names == [["recepisse.pdf"]] * count
    assert "content" in selectors.outbox()[0].enclosures.all()[0].get_deferred_fields()


def test_outbox_is_read_by_state_and_kind():
    held = MailFactory(state=MailState.HELD, kind="calls.award")
    queued = MailFactory(kind="calls.receipt")
    assert list(selectors.outbox(MailState.HELD)) == [held]
    assert list(selectors.outbox()) == [queued, held]
    assert list(selectors.mails_of_kind(["calls.award", "x"])) == [held]
    assert list(selectors.mails_of_kind(["calls.award"], MailState.QUEUED)) == []
    assert selectors.mail_by_code(held.code) == held
    assert selectors.mail_by_code("M-NOTHERE2") is None


def test_enclosure_is_read_by_its_place():
    first = EnclosureFactory()
    second = EnclosureFactory(mail=first.mail, content=b"second")
    assert [selectors.enclosure(first.mail, n) for n in (0, 1, 2)] == [first, second, None]


def test_check_says_what_is_stuck():
    assert list(figures.stuck_mails()) == []
    MailFactory(made_at=NOW - timedelta(hours=1))
    assert list(figures.stuck_mails()) == []
    for _ in range(2):
        MailFactory(state=MailState.FAILED)
    MailFactory(made_at=NOW - timedelta(hours=3))
    assert list(figures.stuck_mails()) == [
        "Courrier : 2 courriels n’ont pas pu être remis. Lisez pourquoi dans la boîte d’envoi.",
        "Courrier : 1 courriel attend depuis plus de deux heures. « faubourg worker » tourne-t-il ?",
    ]


def test_mails_are_forgotten_after_ten_years():
    old = NOW - timedelta(days=3700)
    EnclosureFactory(mail=MailFactory(made_at=old, state=MailState.SENT, sent_at=old))
    held = MailFactory(made_at=old, state=MailState.HELD)
    recent = MailFactory(state=MailState.SENT, sent_at=NOW)
    assert services.forget_old() == 1
    assert set(Mail.objects.all()) == {held, recent}


def test_erase_forgets_words_and_keeps_that_something_left():
    user = UserFactory(email="claire@exemple.fr")
    sent = EnclosureFactory(mail__to="Claire@exemple.fr", mail__state=MailState.SENT, mail__sent_at=NOW).mail
    held = MailFactory(to="claire@exemple.fr", state=MailState.HELD)
    other = EnclosureFactory(mail__to="autre@exemple.fr").mail
    services.erase(user)
    rows = {m.pk: (m.to, m.text, m.html, m.state) for m in Mail.objects.all()}
    nobody = f"{user.code}@anonyme.invalid".lower()
    assert rows == {
        sent.pk: (nobody, "Contenu effacé.", "", "sent"),
        held.pk: (nobody, "Contenu effacé.", "", "dropped"),
        other.pk: ("autre@exemple.fr", other.text, other.html, "queued"),
    }
    assert list(Enclosure.objects.values_list("mail", flat=True)) == [other.pk]
    assert deeds() == [("erase", user.code, "", "", "")]
