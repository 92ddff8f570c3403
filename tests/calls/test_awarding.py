"""Letters are made, read, sent; then all is public. Nothing leaves and nothing shows before its act."""

import pytest
from django.core import mail as post

from faubourg.calls import selectors, services
from faubourg.calls.enums import ApplicationState as A
from faubourg.core.errors import Refusal
from faubourg.documents import services as documents
from faubourg.notifications import services as notifications
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.partners import services as partners
from faubourg.projects.selectors import public_years
from tests.calls.scene import scene
from tests.factories.calls import signer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return scene()


def decided(made, euros=2_000):
    application = made.admitted(euros=3_000)
    if made.call.state != "committee":
        made.open_committee()
    return made.decide_all(application, euros)


def test_prepared_letters_wait_and_nothing_leaves(made, django_capture_on_commit_callbacks):
    application = decided(made)
    post.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        papers = services.prepare_letters(made.call, by=made.officer)
    assert [paper.application for paper in papers] == [application]
    assert documents.read(papers[0].file).startswith(b"%PDF")
    [mail] = papers[0].mails.all()
    assert (mail.state, mail.to) == (MailState.HELD, signer_of(application.organisation).email)
    assert "4\u202f000\u202f€ accordés sur 6\u202f000\u202f€ demandés" in mail.text
    assert post.outbox == []
    application.refresh_from_db()
    assert application.state == A.DECIDED
    assert services.prepare_letters(made.call, by=made.officer) == []


def test_notify_lets_the_letters_go_once(made, django_capture_on_commit_callbacks):
    application = decided(made)
    services.prepare_letters(made.call, by=made.officer)
    post.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert services.notify([application], by=made.officer) == 1
    application.refresh_from_db()
    assert application.state == A.NOTIFIED
    [sent] = post.outbox
    assert sent.to == [signer_of(application.organisation).email]
    assert [name for name, *_ in sent.attachments] == [f"decision-{application.reference}.pdf"]
    with pytest.raises(Refusal, match="Impossible de notifier"):
        services.notify([application], by=made.officer)
    assert Mail.objects.filter(kind="calls.decision", state=MailState.SENT).count() == 1


def test_notify_all_or_none(made):
    ready, bare = decided(made), decided(made)
    services.prepare_letters(made.call, by=made.officer)
    bare.papers.all().delete()
    with pytest.raises(Refusal, match=f"La lettre du dossier {bare.reference} n’est pas prête. Aucune n’est partie"):
        services.notify([ready, bare], by=made.officer)
    ready.refresh_from_db()
    assert ready.state == A.DECIDED
    assert set(Mail.objects.filter(kind="calls.decision").values_list("state", flat=True)) == {MailState.HELD}


def test_a_refused_project_gets_its_letter_too(made):
    decided(made, euros=0)
    [paper] = services.prepare_letters(made.call, by=made.officer)
    assert "n’a pas retenu votre demande" in paper.mails.get().text


def test_an_organisation_without_signer_gets_a_letter_and_no_mail(made):
    application = decided(made)
    membership = application.organisation.memberships.get()
    partners.end(membership, by=membership.user)
    [paper] = services.prepare_letters(made.call, by=made.officer)
    assert not paper.mails.exists()
    assert services.notify([application], by=made.officer) == 1


@pytest.mark.parametrize("state", [A.SUBMITTED, A.INFO_REQUESTED, A.ADMISSIBLE, A.DECIDED])
def test_announce_waits_for_everybody(made, state):
    application = decided(made)
    type(application).objects.filter(pk=application.pk).update(state=state)
    with pytest.raises(Refusal, match="1 dossier attend encore une décision ou une lettre"):
        services.announce(made.call, by=made.officer)
    made.call.refresh_from_db()
    assert (made.call.state, made.call.announced_at) == ("committee", None)


def test_nothing_is_public_before_the_announcement(made):
    funded, refused = decided(made, euros=1_000), decided(made, euros=0)
    for _ in (1, 2):
        assert list(public_years()) == []
        services.prepare_letters(made.call, by=made.officer)
    services.notify([funded, refused], by=made.officer)
    assert list(public_years()) == []
    services.announce(made.call, by=made.officer)
    assert [year.project for year in public_years()] == [funded.project]
    made.call.refresh_from_db()
    assert made.call.state == "announced"
    with pytest.raises(Refusal, match="Impossible de publier les résultats"):
        services.announce(made.call, by=made.officer)


def test_announce_needs_the_committee(made):
    with pytest.raises(Refusal, match="Impossible de publier les résultats"):
        services.announce(made.call, by=made.officer)


def test_the_selectors_tell_what_is_ready(made):
    application = decided(made)
    made.admitted()
    assert list(selectors.decided_without_letter(made.call)) == [application]
    assert list(selectors.decided_with_letter(made.call)) == []
    services.prepare_letters(made.call, by=made.officer)
    assert list(selectors.decided_without_letter(made.call)) == []
    assert list(selectors.decided_with_letter(made.call)) == [application]


def test_the_mail_of_a_person_since_erased_holds_no_decision_back(made):
    application = decided(made)
    [paper] = services.prepare_letters(made.call, by=made.officer)
    notifications.erase(signer_of(application.organisation))
    assert paper.mails.get().state == MailState.DROPPED
    services.decide(application.lines.order_by("pk").first(), 1_000_00, by=made.officer)
    assert not application.papers.filter(kind="decision").exists()
