"""What ``faubourg check`` says about the post."""

from collections.abc import Iterator
from datetime import timedelta

from faubourg.core import clock
from faubourg.core.templatetags.faubourg import plural
from faubourg.notifications import selectors
from faubourg.notifications.enums import MailState

LATE = timedelta(hours=2)


def stuck_mails() -> Iterator[str]:
    """One French line when mails failed, one when they wait for too long."""
    failed = selectors.outbox(MailState.FAILED).count()
    if failed:
        said = plural(failed, "courriel n’a pas pu être remis,courriels n’ont pas pu être remis")
        yield f"Courrier : {said}. Lisez pourquoi dans la boîte d’envoi."
    late = selectors.outbox(MailState.QUEUED).filter(made_at__lt=clock.now() - LATE).count()
    if late:
        said = plural(late, "courriel attend,courriels attendent")
        yield f"Courrier : {said} depuis plus de deux heures. « faubourg worker » tourne-t-il ?"
