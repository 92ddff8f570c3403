"""The outbox is read, and forgotten in time."""

from datetime import timedelta

import pytest

from faubourg.notifications import figures, selectors, services
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Enclosure, Mail
from tests.factories.accounts import UserFactory
from tests.factories.notifications import EnclosureFactory, MailFactory
from tests.notifications.services.ground import NOW, deeds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_outbox_is_read_without_the_bytes_of_its_enclosures(count, django_assert_num_queries):
    for _ in range(count):
        EnclosureFactory()
    with django_assert_num_queries(2):
        names = [[e.name for e in m.enclosures.all()] for m in selectors.outbox()]
    assert names == [["recepisse.pdf"]] * count
    assert "content" in selectors.outbox()[0].enclosures.all()[0].get_deferred_fields()


def test_outbox_is_read_by_state():
    held = MailFactory(state=MailState.HELD, kind="calls.award")
    queued = MailFactory(kind="calls.receipt")
    assert list(selectors.outbox(MailState.HELD)) == [held]
    assert list(selectors.outbox()) == [queued, held]
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
