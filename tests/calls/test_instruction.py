"""Admissibility, the missing piece, each funder's own opinion (R-INS-01, 02, 06)."""

from datetime import date

import pytest

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState as A
from faubourg.calls.models import Opinion, Proposal
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal.models import Entry
from faubourg.notifications.models import Mail
from tests.calls.scene import everybody, scene, upload
from tests.factories.calls import signer_of, submitted_application
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)


@pytest.fixture
def made():
    return scene()


@pytest.fixture
def application(made):
    return submitted_application(made.call, OrganisationFactory.create())


def test_ask_for_piece_tells_the_association_and_waits(made, application):
    request = services.ask_for_piece(application, text=" Les comptes signés. ", due_on=DUE, by=made.officer)
    application.refresh_from_db()
    assert (application.state, request.text, request.asked_by) == (
        A.INFO_REQUESTED,
        "Les comptes signés.",
        made.officer.code,
    )
    mail = Mail.objects.get(kind="calls.piece_asked")
    assert mail.to == signer_of(application.organisation).email
    assert "Les comptes signés." in mail.text


@pytest.mark.parametrize(
    ("text", "due", "field"),
    [("  ", DUE, "text"), ("x" * 2001, DUE, "text"), ("Les comptes", date(2026, 11, 23), "due_on")],
)
def test_ask_for_piece_refuses_what_nobody_can_answer(made, application, text, due, field):
    with pytest.raises(Refusal) as refused:
        services.ask_for_piece(application, text=text, due_on=due, by=made.officer)
    assert refused.value.field == field
    assert not application.requests.exists()


def test_answer_brings_the_file_back_to_the_officer(made, application):
    services.ask_for_piece(application, text="Les comptes.", due_on=DUE, by=made.officer)
    by = signer_of(application.organisation)
    with pytest.raises(Refusal, match="Écrivez une réponse ou joignez un fichier"):
        services.answer_request(application, answer=" ", by=by)
    request = services.answer_request(application, answer="Les voici.", uploads=[upload()], by=by)
    application.refresh_from_db()
    assert (application.state, request.answer) == (A.SUBMITTED, "Les voici.")
    assert [piece.file.name for piece in request.pieces.all()] == ["comptes.pdf"]
    assert Mail.objects.get(kind="calls.piece_given").to == made.officer.email
    with pytest.raises(Refusal, match="Aucune pièce n’est demandée"):
        services.answer_request(application, answer="Encore.", by=by)


def test_answer_is_the_organisations_own(made, application):
    services.ask_for_piece(application, text="Les comptes.", due_on=DUE, by=made.officer)
    stranger = signer_of(OrganisationFactory.create())
    for by in (stranger, made.officer, made.funder):
        with pytest.raises(NotAllowed):
            services.answer_request(application, answer="Je réponds pour eux.", by=by)


def test_admit_then_nothing_is_asked_any_more(made, application):
    assert services.admit(application, by=made.officer).state == A.ADMISSIBLE
    for deed in (
        lambda: services.admit(application, by=made.officer),
        lambda: services.reject(application, reason="Trop tard.", by=made.officer),
        lambda: services.ask_for_piece(application, text="Une pièce", due_on=DUE, by=made.officer),
    ):
        with pytest.raises(Refusal, match=r"Impossible (de |d’)"):
            deed()


def test_reject_writes_why(made, application):
    for reason, words in ((" ", "Dites pourquoi"), ("x" * 501, "501 signes, c’est trop : 500 au plus")):
        with pytest.raises(Refusal, match=words) as refused:
            services.reject(application, reason=reason, by=made.officer)
        assert refused.value.field == "reason"
    services.reject(application, reason="Le siège est hors de l’agglomération.", by=made.officer)
    application.refresh_from_db()
    assert application.state == A.INADMISSIBLE
    assert "hors de l’agglomération" in Mail.objects.get(kind="calls.rejected").text


@pytest.mark.parametrize("role", ["funder", "elected", "signer", "member", "council", "company", "resident"])
def test_admissibility_is_the_officers_alone(made, application, role):
    by = everybody(made, application)[role]
    for deed in (
        lambda: services.admit(application, by=by),
        lambda: services.reject(application, reason="Non.", by=by),
        lambda: services.ask_for_piece(application, text="Une pièce", due_on=DUE, by=by),
    ):
        with pytest.raises(NotAllowed):
            deed()
    application.refresh_from_db()
    assert application.state == A.SUBMITTED


# ---------------------------------------------------------------------------------------------- opinions
def test_opinion_is_kept_with_its_amounts_and_the_journal_hears_no_word_of_it(made):
    application = made.admitted()
    made.opine(application, by=made.funder, verdict="reserved", euros=1_500)
    opinion = Opinion.objects.get()
    assert (opinion.funder, opinion.verdict, opinion.author) == (made.state.funder, "reserved", made.funder.code)
    assert [row.proposed_cents for row in opinion.proposals.all()] == [1_500_00]
    entry = Entry.objects.get(verb="write_opinion")
    assert (entry.thing, entry.after, entry.amounts) == (application.code, "admissible", {})


def test_opinion_written_again_replaces_itself(made):
    application = made.admitted()
    made.opine(application, by=made.funder, euros=1_000)
    made.opine(application, by=made.funder, verdict="unfavourable", euros=0)
    assert list(Opinion.objects.values_list("verdict", flat=True)) == ["unfavourable"]
    assert list(Proposal.objects.values_list("proposed_cents", flat=True)) == [0]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": "reserved", "reason": " "}, "reason"),
        ({"verdict": "unfavourable"}, "reason"),
    ],
)
def test_opinion_says_why_unless_favourable(made, given, field):
    application = made.admitted()
    with pytest.raises(Refusal) as refused:
        services.write_opinion(application, made.state.funder, **{"reason": "", "amounts": {}, **given}, by=made.funder)
    assert refused.value.field == field
    assert not Opinion.objects.exists()


def test_opinion_never_proposes_more_than_asked_and_nothing_is_half_written(made):
    application = made.admitted(euros=3_000)
    with pytest.raises(Refusal, match="plus que les 3\u202f000\u202f€ demandés") as refused:
        made.opine(application, by=made.funder, euros=3_001)
    assert refused.value.field == f"proposed-{made.state.code}"
    assert not Opinion.objects.exists()


def test_opinion_waits_for_admissibility_and_ends_with_the_results(made, application):
    with pytest.raises(Refusal, match="Un avis s’écrit sur un dossier recevable"):
        made.opine(application, by=made.funder)
    services.admit(application, by=made.officer)
    made.call.state = "announced"
    made.call.announced_at = made.call.closes_at
    made.call.save()
    with pytest.raises(Refusal, match="les avis ne changent plus"):
        made.opine(application, by=made.funder)


def test_opinion_needs_a_demand(made):
    application = made.admitted()
    application.lines.filter(envelope=made.state).delete()
    with pytest.raises(Refusal, match="ne demande rien à ce financeur"):
        made.opine(application, by=made.funder)


@pytest.mark.parametrize("role", ["officer", "elected", "signer", "member", "council", "company", "resident"])
def test_nobody_writes_the_opinion_of_a_funder_but_its_own_people(made, role):
    application = made.admitted()
    people = {**everybody(made, application), "funder": made.other}
    for by in (people[role], people["funder"]):
        with pytest.raises(NotAllowed):
            services.write_opinion(application, made.state.funder, verdict="favourable", reason="", amounts={}, by=by)
    assert not Opinion.objects.exists()
