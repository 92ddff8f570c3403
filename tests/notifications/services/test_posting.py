"""A letter is posted, and leaves after the commit."""

from dataclasses import replace

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction

from faubourg.notifications import services
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.notifications.services import Letter
from tests.factories.journal import Actor
from tests.notifications.services.ground import LETTER, NOW

pytestmark = pytest.mark.django_db


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
