"""The outbox is the officer's: what is held, leaves, left, failed; and what failed leaves again or is given up."""

import pytest
from django.core import mail as post
from django.urls import reverse

from faubourg.notifications.enums import MailState
from faubourg.partners.enums import Role
from tests.factories.notifications import EnclosureFactory, MailFactory
from tests.factories.partners import member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(officer())
    return client


def test_the_outbox_is_narrowed_by_state(desk):
    MailFactory.create(subject="Retenu", state=MailState.HELD)
    MailFactory.create(subject="Perdu", state=MailState.FAILED)
    text = desk.get(reverse("desk:outbox")).content.decode()
    assert "Retenu" in text
    assert "Perdu" in text
    held = desk.get(reverse("desk:outbox"), {"etat": "held"})
    assert [mail.subject for mail, _ in held.context["rows"]] == ["Retenu"]
    assert {value: count for value, _, count in held.context["tabs"]} == {
        "held": 1, "queued": 0, "sent": 0, "failed": 1, "dropped": 0,
    }  # fmt: skip
    assert len(desk.get(reverse("desk:outbox"), {"etat": "rien"}).context["rows"]) == 2
    assert "Aucun courriel ici" in desk.get(reverse("desk:outbox"), {"etat": "sent"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_outbox_reads_seven_times(desk, django_assert_num_queries, count):
    for _ in range(count):
        EnclosureFactory.create()
    with django_assert_num_queries(7):
        desk.get(reverse("desk:outbox"))


def test_a_mail_is_read_as_text_and_its_markup_stays_text(desk):
    mail = MailFactory.create(
        subject="<b>Gras</b>", text="Bonjour <script>alert(1)</script>\n\nFin", state=MailState.HELD
    )
    text = desk.get(reverse("desk:mail", args=[mail.code])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>Gras</b>" not in text
    assert "attend d’être relu" in text
    assert desk.get(reverse("desk:mail", args=["M-RIEN"])).status_code == 404


def test_an_enclosure_is_saved_never_shown(desk):
    one = EnclosureFactory.create(name="décision.pdf", content=b"%PDF-1.7 la lettre")
    response = desk.get(reverse("desk:enclosure", args=[one.mail.code, 0]))
    assert response.content == b"%PDF-1.7 la lettre"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert desk.get(reverse("desk:enclosure", args=[one.mail.code, 1])).status_code == 404


def test_what_failed_leaves_again(desk, django_capture_on_commit_callbacks):
    mail = MailFactory.create(state=MailState.FAILED, problem="Boîte pleine", tries=5)
    assert "Boîte pleine" in desk.get(reverse("desk:mail", args=[mail.code])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("desk:retry", args=[mail.code]))
    mail.refresh_from_db()
    assert (mail.state, len(post.outbox)) == (MailState.SENT, 1)


def test_what_failed_is_given_up_and_nothing_else_is(desk):
    failed, held = MailFactory.create(state=MailState.FAILED), MailFactory.create(state=MailState.HELD)
    for mail in (failed, held):
        desk.post(reverse("desk:drop", args=[mail.code]))
        mail.refresh_from_db()
    assert (failed.state, held.state) == (MailState.DROPPED, MailState.HELD)


def test_what_is_held_does_not_leave_by_this_door(desk):
    """A decision letter leaves with its decision (R-INS-06)."""
    held = MailFactory.create(state=MailState.HELD)
    assert desk.post(reverse("desk:retry", args=[held.code])).status_code == 422
    held.refresh_from_db()
    assert held.state == MailState.HELD


@pytest.mark.parametrize("role", [Role.FUNDER, Role.ELECTED, Role.SIGNER, Role.COUNCIL])
def test_the_post_and_the_journal_are_closed_to_others(client, role):
    mail = EnclosureFactory.create().mail
    client.force_login(member(role))
    names = [("outbox", []), ("mail", [mail.code]), ("enclosure", [mail.code, 0]), ("journal", [])]
    assert {client.get(reverse(f"desk:{name}", args=args)).status_code for name, args in names} == {403}
    assert client.post(reverse("desk:retry", args=[mail.code])).status_code == 403
