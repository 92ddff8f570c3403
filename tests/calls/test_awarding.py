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
from faubourg.partners.enums import Role
from faubourg.projects.selectors import public_years
from tests.calls.scene import scene
from tests.factories.calls import signer_of
from tests.factories.partners import member

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


def test_the_letter_of_an_organisation_without_signer_stays(made, django_capture_on_commit_callbacks):
    """Whoever spoke for it when the letter was made does no longer: nobody gets it, and the officer is told."""
    alone, other = decided(made), decided(made)
    services.prepare_letters(made.call, by=made.officer)
    membership = alone.organisation.memberships.get()
    partners.end(membership, by=made.officer)
    post.outbox.clear()
    words = f"{alone.organisation} n’a plus de signataire.*Nommez-en un.*Aucune n’est partie"
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(Refusal, match=words):
            services.notify([alone, other], by=made.officer)
        assert services.notify([other], by=made.officer) == 1
    alone.refresh_from_db()
    assert (alone.state, mails_of(alone)) == (A.DECIDED, [(membership.user.email, "held")])
    assert [mail.to for mail in post.outbox] == [[signer_of(other.organisation).email]]


def test_the_letter_goes_to_those_who_speak_when_it_leaves(made, django_capture_on_commit_callbacks):
    """One signer went, one stayed, one came since the letter was made."""
    application = decided(made)
    stays = member(Role.SIGNER, application.organisation)
    services.prepare_letters(made.call, by=made.officer)
    gone = application.organisation.memberships.order_by("pk").first()
    partners.end(gone, by=made.officer)
    comes = member(Role.SIGNER, application.organisation)
    member(Role.MEMBER, application.organisation)
    post.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert services.notify([application], by=made.officer) == 1
    assert mails_of(application) == [(gone.user.email, "dropped"), (stays.email, "sent"), (comes.email, "sent")]
    assert Mail.objects.get(to=gone.user.email, kind="calls.decision").problem == (
        "Cette personne ne parle plus pour l’organisme."
    )
    assert [(mail.to, [name for name, *_ in mail.attachments]) for mail in post.outbox] == [
        ([stays.email], [f"decision-{application.reference}.pdf"]),
        ([comes.email], [f"decision-{application.reference}.pdf"]),
    ]
    assert post.outbox[0].attachments[0].content == post.outbox[1].attachments[0].content
    assert comes.name in post.outbox[1].body


def test_a_letter_made_for_nobody_leaves_once_somebody_is_named(made, django_capture_on_commit_callbacks):
    application = decided(made)
    gone = application.organisation.memberships.get()
    partners.end(gone, by=made.officer)
    [paper] = services.prepare_letters(made.call, by=made.officer)
    assert not paper.mails.exists()
    with pytest.raises(Refusal, match="n’a plus de signataire"):
        services.notify([application], by=made.officer)
    named = member(Role.SIGNER, application.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.notify([application], by=made.officer) == 1
    assert mails_of(application) == [(named.email, "sent")]


def mails_of(application) -> list[tuple[str, str]]:
    """Of its decision letter: to whom, and what became of it."""
    paper = application.papers.get(kind="decision")
    return list(paper.mails.order_by("pk").values_list("to", "state"))


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
