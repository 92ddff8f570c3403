"""The same post against a real SMTP server on loopback: what is on the wire is what counts."""

import email
import socket
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from faubourg.notifications import services
from faubourg.notifications.services import Letter
from tests.factories.notifications import MailFactory

pytestmark = pytest.mark.django_db


class Letterbox:
    """Takes what it is given; knows nobody at ``inconnu.fr``."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if address.endswith("@inconnu.fr"):
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.received.append((envelope.rcpt_tos, message))
        return "250 OK"


@pytest.fixture
def letterbox(settings) -> Iterator[Letterbox]:
    box = Letterbox()
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def test_mail_arrives_whole(letterbox, django_capture_on_commit_callbacks):
    letter = Letter(
        "calls.receipt", "claire@exemple.fr", "Reçu\r\nBcc: malin@exemple.fr", "Été à Dax : 1\u202f000\u202f€\n",
        (("reçu.pdf", "application/pdf", b"%PDF-1.7 \x00\xff"),),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        posted = services.post(letter, by=None)
    ((recipients, message),) = letterbox.received
    assert recipients == ["claire@exemple.fr"]
    names = ("Subject", "To", "From", "Reply-To", "Bcc", "Message-ID", "Auto-Submitted")
    assert {name: message[name] for name in names} == {
        "Subject": "Reçu Bcc: malin@exemple.fr",
        "To": "claire@exemple.fr",
        "From": "Contrat de ville <contrat-de-ville@exemple.fr>",
        "Reply-To": "contrat-de-ville@exemple.fr",
        "Bcc": None,
        "Message-ID": f"<{posted.code}@127.0.0.1>",
        "Auto-Submitted": "auto-generated",
    }
    assert message.get_body(("plain",)).get_content().strip() == "Été à Dax\u00a0: 1\u202f000\u202f€"
    assert "<p>Été à Dax\u00a0: 1\u202f000\u202f€</p>" in message.get_body(("html",)).get_content()
    (enclosure,) = message.iter_attachments()
    assert (enclosure.get_filename(), enclosure.get_content()) == ("reçu.pdf", b"%PDF-1.7 \x00\xff")


def test_address_that_the_server_refuses_fails_at_once(letterbox):
    failing = MailFactory(to="qui@inconnu.fr")
    assert services.deliver.call(failing.code) == "failed"
    failing.refresh_from_db()
    assert "nobody here" in failing.problem
    assert letterbox.received == []


def test_server_that_is_not_there_is_tried_again(letterbox, settings):
    settings.EMAIL_PORT = 1
    failing = MailFactory()
    assert services.deliver.call(failing.code) == "queued"
