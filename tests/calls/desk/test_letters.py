"""The letters: prepared, read, sent; then the results are public."""

import pytest
from django.core import mail as post
from django.urls import reverse

from faubourg.calls import services
from faubourg.notifications.models import Mail
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from tests.calls.desk.ground import browser, text, url
from tests.factories.partners import member

pytestmark = pytest.mark.django_db


def test_letters_are_prepared_read_sent_and_announced(made, django_capture_on_commit_callbacks):
    application = made.admitted()
    made.open_committee()
    made.decide_all(application, 2_000)
    client = browser(made.officer)
    address = url("letters", made.call.code)
    assert "Préparer 1 lettre" in text(client.get(address))
    post.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        said = text(client.post(url("prepare_letters", made.call.code), follow=True))
    assert "1 lettre est prête. Rien n’est parti" in said
    mail = Mail.objects.get(kind="calls.decision")
    assert mail.to in said
    assert "La lettre jointe donne le détail par financeur." in said
    paper = application.papers.get(kind="decision")
    assert url("paper", application.code, paper.file.code) in said
    assert client.get(url("paper", application.code, paper.file.code)).status_code == 200
    unread = client.post(url("notify", made.call.code), {"dossier": [application.code]})
    assert (unread.status_code, "Relisez les lettres, puis cochez cette case." in text(unread)) == (422, True)
    none = client.post(url("notify", made.call.code), {"read": "on"})
    assert "Choisissez au moins une lettre." in text(none)
    old = client.post(url("notify", made.call.code), {"read": "on", "dossier": ["D-AUTRE"]})
    assert "Aucune n’est partie, relisez la liste." in text(old)
    assert post.outbox == []
    assert client.post(url("announce", made.call.code)).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(url("notify", made.call.code), {"read": "on", "dossier": [application.code]}, follow=True)
    assert "1 dossier est notifié : les lettres partent." in text(sent)
    assert [mail.to for mail in post.outbox] == [[mail.to]]
    assert "Publier les résultats" in text(sent)
    done = client.post(url("announce", made.call.code), follow=True)
    assert "Les résultats sont publics." in text(done)
    assert "Les résultats sont publics" in text(client.get(address))


def test_the_letters_page_says_who_will_get_them(made):
    """Who went since the letter was made, who came, and where nobody is left."""
    made.open_committee()
    alone, moved = made.admitted(), made.admitted()
    for application in (alone, moved):
        made.decide_all(application, 2_000)
    services.prepare_letters(made.call, by=made.officer)
    for application in (alone, moved):
        row = application.organisation.memberships.get()
        partners.end(row, by=made.officer)
    gone, comes = moved.organisation.memberships.get().user, member(Role.SIGNER, moved.organisation)
    client, address = browser(made.officer), url("letters", made.call.code)
    said = text(client.get(address))
    assert f"{gone.email} ne parle plus pour cet organisme" in said
    assert f"Courrier à {comes.email}" in said
    assert f"<b>{alone.organisation} n’a plus de signataire.</b>" in said
    assert reverse("partners:appoint", args=[alone.organisation.code]) in said
    assert f'value="{moved.code}" checked' in said
    assert f'value="{alone.code}" disabled' in said
    assert "Envoyer 1 lettre" in said
    forged = client.post(url("notify", made.call.code), {"read": "on", "dossier": [alone.code, moved.code]})
    assert (forged.status_code, "Aucune n’est partie" in text(forged)) == (422, True)
    assert client.post(url("notify", made.call.code), {"read": "on", "dossier": [moved.code]}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_letters_query_count(made, django_assert_num_queries, count):
    for _ in range(count):
        application = made.admitted()
        if made.call.state != "committee":
            made.open_committee()
        made.decide_all(application, 1_000)
    services.prepare_letters(made.call, by=made.officer)
    client = browser(made.officer)
    with django_assert_num_queries(12):
        said = text(client.get(url("letters", made.call.code)))
    assert f"Envoyer {count} lettre" in said
