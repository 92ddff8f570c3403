"""Reading the outbox."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Enclosure, Mail


def outbox(state: str | None = None) -> QuerySet[Mail]:
    """The mails, newest first, with the names of their enclosures (not their bytes): 2 queries."""
    bare = Prefetch("enclosures", Enclosure.objects.defer("content"))
    mails = Mail.objects.prefetch_related(bare)
    return mails.filter(state=state) if state else mails


def mail_by_code(code: str) -> Mail | None:
    return outbox().filter(code=code).first()


def enclosure(mail: Mail, position: int) -> Enclosure | None:
    """The nth enclosure of a mail (from 0), with its bytes."""
    return next(iter(mail.enclosures.all()[position : position + 1]), None)


def due(now: datetime) -> QuerySet[Mail]:
    """The mails that may leave now, oldest first."""
    waiting = Q(not_before__isnull=True) | Q(not_before__lte=now)
    return Mail.objects.filter(waiting, state=MailState.QUEUED).order_by("made_at", "pk")
