"""The post room at work: mails are put in the outbox, leave once, and tell when they could not."""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from faubourg.accounts.models import User
from faubourg.accounts.services import post_now
from faubourg.core import clock
from faubourg.core.typography import keep_together
from faubourg.journal import services as journal
from faubourg.notifications import selectors
from faubourg.notifications.enums import MailState
from faubourg.notifications.letters import Letter, as_page, one_line, tidy, write
from faubourg.notifications.models import Enclosure, Mail
from faubourg.notifications.workflow import MAIL

__all__ = [
    "Letter",
    "deliver",
    "drop",
    "erase",
    "forget_old",
    "give_up",
    "hand_over",
    "post",
    "release",
    "retry",
    "send_queued",
    "write",
]

ROOM = "notifications"
TRIES = 5
LEASE = timedelta(minutes=5)  # how long a worker that took a mail may need; another one waits as long
KEPT = timedelta(days=3653)  # a mail proves that a decision was notified: as long as accounting papers
NOBODY = "@anonyme.invalid"  # the addresses of people who were erased

logger = logging.getLogger(__name__)


@transaction.atomic(savepoint=False)
def post(letter: Letter, *, hold: bool = False, by: journal.HasCode | None) -> Mail:
    """Put a letter in the outbox. It leaves after the commit, unless it is held to be read first."""
    validate_email(letter.to)
    subject, text = keep_together(one_line(letter.subject)), keep_together(tidy(letter.text))
    gone = letter.to.endswith(NOBODY)
    mail = Mail.objects.create(
        kind=letter.kind,
        to=letter.to,
        subject=subject,
        text=text,
        html=as_page(subject, text),
        state=MailState.DROPPED if gone else MailState.HELD if hold else MailState.QUEUED,
        problem="Cette personne a été effacée." if gone else "",
        author=by.code if by else "",
    )
    Enclosure.objects.bulk_create(
        Enclosure(mail=mail, name=one_line(name)[:120], content_type=content_type, content=content)
        for name, content_type, content in letter.enclosures
    )
    if mail.state == MailState.QUEUED:
        _deliver_on_commit(mail)
    return mail


def hand_over(letter: Letter) -> None:
    """A letter that holds a key leaves now and is kept nowhere, outbox included. A Refusal when it cannot leave."""
    subject, text = keep_together(one_line(letter.subject)), keep_together(tidy(letter.text))
    message = EmailMultiAlternatives(subject, text, to=[letter.to], reply_to=[settings.TOWN["contact"]])
    message.attach_alternative(as_page(subject, text), "text/html")
    post_now(message)


@transaction.atomic
def release(mails: Iterable[Mail], *, by: journal.HasCode | None) -> int:
    """Let held mails go. Those that left already, or were dropped, are passed over. Says how many go."""
    wanted = [mail.pk for mail in mails]
    held = list(Mail.objects.select_for_update().filter(pk__in=wanted, state=MailState.HELD).order_by("pk"))
    for mail in held:
        mail.state = MAIL.step("release", mail.state)
        mail.save(update_fields=["state"])
        _deliver_on_commit(mail)
    for mail in held:
        journal.record("release", mail.code, room=ROOM, before=MailState.HELD, after=mail.state, by=by)
    return len(held)


@transaction.atomic
def drop(mail: Mail, *, why: str = "", by: journal.HasCode | None) -> None:
    """Give a mail up that has not left; ``why`` is read in the outbox and names nobody."""
    _move(mail, "drop", by=by, **({"problem": why} if why else {}))


@transaction.atomic
def retry(mail: Mail, *, by: journal.HasCode | None) -> None:
    """Try a mail again that could not be handed over."""
    _move(mail, "retry", by=by, tries=0, not_before=None)
    _deliver_on_commit(mail)


def _move(mail: Mail, move: str, *, by: journal.HasCode | None, **changes: object) -> None:
    locked = Mail.objects.select_for_update().get(pk=mail.pk)
    before = locked.state
    after = MAIL.step(move, before)
    for owner in (locked, mail):
        for name, value in {"state": after, **changes}.items():
            setattr(owner, name, value)
    locked.save(update_fields=["state", *changes])
    journal.record(move, locked.code, room=ROOM, before=before, after=after, by=by)


# ------------------------------------------------------------------------------------------------- leaving
def _deliver_on_commit(mail: Mail) -> None:
    # robust: the mail is in the outbox whatever happens to the queue, and the sweep finds it there
    transaction.on_commit(partial(deliver.enqueue, mail.code), robust=True)


@task()
def deliver(code: str) -> str:
    """Hand one mail over, if it is still to go and no other worker has it. Gives its state."""
    mail = _take(code)
    if mail is None:
        return "passed over"
    try:
        _message(mail).send()
    except (OSError, SMTPException, ValueError) as problem:
        logger.warning("mail %s could not leave: %s", mail.code, problem)
        return _failed(mail, problem)
    mail.state, mail.sent_at, mail.problem = MAIL.step("deliver", mail.state), clock.now(), ""
    mail.save(update_fields=["state", "sent_at", "problem"])
    return mail.state


@transaction.atomic
def _take(code: str) -> Mail | None:
    """The mail is ours for some minutes. The lock is short: nobody waits for the mail server behind it."""
    now = clock.now()
    mail = Mail.objects.select_for_update().filter(code=code, state=MailState.QUEUED).first()
    if mail is None or (mail.not_before and mail.not_before > now):
        return None
    mail.tries += 1
    mail.not_before = now + LEASE
    mail.save(update_fields=["tries", "not_before"])
    return mail


def _message(mail: Mail) -> EmailMultiAlternatives:
    host = settings.BASE_URL.partition("//")[2].partition(":")[0].partition("/")[0]
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        reply_to=[settings.TOWN["contact"]],
        headers={"Message-ID": f"<{mail.code}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    for enclosure in mail.enclosures.all():
        message.attach(enclosure.name, bytes(enclosure.content), enclosure.content_type)
    return message


def _failed(mail: Mail, problem: Exception) -> str:
    """Keep why; try again later, each time after a longer wait, or give up."""
    mail.problem = " ".join(f"Essai {mail.tries} : {problem}".split())[:300]
    if mail.tries >= TRIES or _is_final(problem):
        return give_up(mail)
    mail.not_before = clock.now() + timedelta(minutes=2**mail.tries)
    mail.save(update_fields=["problem", "not_before"])
    if deliver.get_backend().supports_defer:
        deliver.using(run_after=mail.not_before).enqueue(mail.code)
    return mail.state


def give_up(mail: Mail) -> str:
    """No more tries: the officer reads why in the outbox."""
    mail.state = MAIL.step("give_up", mail.state)
    mail.save(update_fields=["state", "problem"])
    return mail.state


def _is_final(problem: Exception) -> bool:
    """Did the mail server say that this address will never do?"""
    return isinstance(problem, SMTPRecipientsRefused) and all(
        status >= 500 for status, _ in problem.recipients.values()
    )


def send_queued() -> int:
    """Hand over all that may leave now: what a dead worker or a closed mail server left behind."""
    codes = list(selectors.due(clock.now()).values_list("code", flat=True))
    return sum(deliver.call(code) == MailState.SENT for code in codes)


# ------------------------------------------------------------------------------------------------- forgetting
def forget_old() -> int:
    """Delete the mails whose time of keeping has ended."""
    old = Mail.objects.filter(made_at__lt=clock.now() - KEPT).exclude(state__in=[MailState.HELD, MailState.QUEUED])
    return old.delete()[1].get("notifications.Mail", 0)


@transaction.atomic
def erase(user: User) -> None:
    """Forget what was written to this person: the row stays as proof that something left, without words.

    Mails to others that name the person keep all their words but these.
    """
    theirs = Mail.objects.filter(to__iexact=user.email)
    Enclosure.objects.filter(mail__in=theirs).delete()
    waiting = theirs.filter(state__in=MAIL.move("drop").sources)
    waiting.update(state=MailState.DROPPED, problem="Cette personne a été effacée.")
    theirs.update(to=f"{user.code}{NOBODY}".lower(), text="Contenu effacé.", html="")
    for words in _names_of(user):
        _unname(words)
    journal.record("erase", user.code, room=ROOM, by=None)


def _names_of(user: User) -> list[str]:
    """The address, then how letters call the person. A part of an address that is a mere word names nobody."""
    names = [user.email, user.name]
    return names if user.first_name or user.last_name or re.search(r"[._\d-]", user.name) else names[:1]


def _unname(words: str) -> None:
    """Take a name or an address out of every mail. The page is made again from the text."""
    whole = re.compile(rf"(?<![\w.@-]){re.escape(words)}(?![\w@-])", re.IGNORECASE)
    naming = Q(subject__icontains=words) | Q(text__icontains=words) | Q(problem__icontains=words)
    for mail in Mail.objects.select_for_update().filter(naming).order_by("pk"):
        mail.subject, mail.text, mail.problem = (
            whole.sub("(personne effacée)", said) for said in (mail.subject, mail.text, mail.problem)
        )
        mail.html = as_page(mail.subject, mail.text) if mail.html else ""
        mail.save(update_fields=["subject", "text", "html", "problem"])
