"""The submission: all that is missing at once, the last second, the double click, the receipt, the way out."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState, CallState, PaperKind, PieceKind
from faubourg.calls.models import Application, Paper
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.documents.services import read
from faubourg.funding.services import save_fields
from faubourg.journal.selectors import entries_about
from faubourg.notifications.models import Mail
from faubourg.partners.enums import Role
from faubourg.projects.models import Project
from tests.factories.calls import (
    a_file,
    admitted_application,
    draft,
    full_draft,
    open_call,
    signer_of,
    submitted_application,
)
from tests.factories.partners import OrganisationFactory, member, officer

pytestmark = pytest.mark.django_db


def fields(problems: list[Refusal]) -> list[str]:
    return [problem.field for problem in problems]


# ---------------------------------------------------------------------------------------------- what is missing
def test_problems_of_an_empty_draft_name_every_field():
    assert fields(services.problems(draft())) == [
        "title",
        "summary",
        "public",
        "people_expected",
        "people_qpv",
        "starts_on",
        "ends_on",
        "objectives",
        "neighbourhoods",
        "q-besoin",
        "q-actions",
        "q-habitants",
        "q-indicateurs",
        "q-droit-commun",
        "asked",
        "b-balance",
        "file",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"people_qpv": "121"}, {"people_qpv": "C’est plus que le nombre de personnes attendues (120)."}),
        ({"people_expected": "0", "people_qpv": "0"}, {"people_expected": "Un projet attend au moins une personne."}),
        (
            {"starts_on": "2026-12-31"},
            {"starts_on": "Cet appel finance des projets du 01/01/2027 au 31/12/2027."},
        ),
        (
            {"ends_on": "2028-01-01"},
            {"ends_on": "Cet appel finance des projets du 01/01/2027 au 31/12/2027."},
        ),
        ({"ends_on": "bientôt"}, {"ends_on": "Écrivez une date qui existe, par exemple 15/03/2027."}),
        ({"title": " "}, {"title": "Donnez un titre au projet."}),
        ({"b-756": "0"}, {"b-balance": "Les charges dépassent les produits de 500\u202f€."}),
        (
            {"b-864": "100"},
            {
                "b-870": "Bénévolat : 100\u202f€ en charges (864) et 0\u202f€ en produits (870). "
                "Écrivez le même montant des deux côtés."
            },
        ),
        (
            {"b-613": "3OO"},
            {
                "b-613": "613 Locations : ce montant contient la lettre O, il n’est pas compté. "
                "Vouliez-vous écrire 300\u202f?"
            },
        ),
        (
            {"q-besoin": "mot " * 301},
            {
                "q-besoin": "« À quel besoin répond ce projet ? » : "
                "Votre texte dépasse de 1 mot la limite de 300 mots. Raccourcissez-le."
            },
        ),
    ],
)
def test_problems_of_a_full_draft_that_went_wrong(changes, expected):
    application = full_draft()
    services.save_fields(application, changes, by=signer_of(application.organisation))
    found = services.problems(Application.objects.get(pk=application.pk))
    assert [(problem.field, problem.message) for problem in found] == list(expected.items())


def test_problems_with_an_unreadable_amount_asked_are_said_at_its_field():
    application = full_draft()
    name = f"asked-{application.call.envelopes.first().envelope.code}"
    services.save_field(application, name, "3 OOO", by=signer_of(application.organisation))
    found = {problem.field: problem.message for problem in services.problems(Application.objects.get())}
    assert set(found) == {name, "b-balance"}
    assert "contient la lettre O" in found[name]


def test_problems_of_more_asked_than_it_costs_name_the_line():
    application = full_draft()
    signer = signer_of(application.organisation)
    services.save_fields(application, {"b-601": "1000", "b-756": ""}, by=signer)
    found = fields(services.problems(Application.objects.get()))
    assert found == [*(f"asked-{link.envelope.code}" for link in application.call.envelopes.all()), "b-balance"]


# ---------------------------------------------------------------------------------------------- handing in
def test_submit_by_a_signer_gives_a_reference_a_project_and_a_line_in_the_journal():
    application = full_draft()
    signer = signer_of(application.organisation)
    sent = services.submit(application, sworn=True, by=signer)
    row = Application.objects.get()
    assert (row.state, row.reference, row.sworn_by, row.sworn_at, row.submitted_at) == (
        ApplicationState.SUBMITTED,
        "AAP-2027-001",
        signer.code,
        clock.now(),
        clock.now(),
    )
    assert sent.reference == row.reference
    assert (row.project.title, row.project.organisation) == ("Atelier vélo solidaire", row.organisation)
    last = entries_about(row.code).last()
    assert (last.verb, last.before, last.after, last.amounts, last.actor) == (
        "submit",
        "draft",
        "submitted",
        {"asked": 600_000},
        signer.code,
    )


def test_submit_numbers_each_application_of_a_call():
    call = open_call()
    references = [submitted_application(call).reference for _ in range(3)]
    assert references == ["AAP-2027-001", "AAP-2027-002", "AAP-2027-003"]


def test_submit_without_the_sworn_statement_says_it_with_all_the_rest():
    application = draft()
    with pytest.raises(Refusals) as refused:
        services.submit(application, sworn=False, by=signer_of(application.organisation))
    assert len(refused.value.items) == 18
    assert refused.value.items[-1].field == "sworn"
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_submit_by_a_member_is_refused():
    application = full_draft()
    with pytest.raises(NotAllowed, match="signataire"):
        services.submit(application, sworn=True, by=member(Role.MEMBER, application.organisation))
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_submit_at_the_last_second_is_in_time():
    application = full_draft()
    with clock.at(application.call.closes_at - timedelta(seconds=1)):
        services.submit(application, sworn=True, by=signer_of(application.organisation))
    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_submit_one_second_late_is_refused_and_the_draft_is_kept():
    application = full_draft()
    with clock.at(application.call.closes_at), pytest.raises(Refusal, match="Votre brouillon est gardé"):
        services.submit(application, sworn=True, by=signer_of(application.organisation))
    row = Application.objects.get()
    assert (row.state, row.title, row.reference) == (ApplicationState.DRAFT, "Atelier vélo solidaire", "")


def test_submit_in_committee_is_refused():
    application = full_draft()
    application.call.state = CallState.COMMITTEE
    application.call.save()
    with pytest.raises(Refusal, match="clos"):
        services.submit(application, sworn=True, by=signer_of(application.organisation))


def test_submit_twice_gives_one_reference():
    application = submitted_application()
    with pytest.raises(Refusal, match="déjà déposé, sous la référence AAP-2027-001"):
        services.submit(application, sworn=True, by=signer_of(application.organisation))
    assert (Application.objects.count(), Project.objects.count()) == (1, 1)


def test_submit_of_a_withdrawn_draft_is_refused():
    application = full_draft()
    signer = signer_of(application.organisation)
    services.withdraw(application, by=signer)
    with pytest.raises(Refusal, match="Impossible de déposer"):
        services.submit(application, sworn=True, by=signer)


def test_database_refuses_a_submission_that_is_not_sworn():
    application = full_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state=ApplicationState.SUBMITTED)


# ---------------------------------------------------------------------------------------------- the receipt
def test_receipt_leaves_by_mail_with_its_pdf_once_the_submission_is_safe(django_capture_on_commit_callbacks):
    application = full_draft()
    signer = signer_of(application.organisation)
    other = member(Role.SIGNER, application.organisation)
    member(Role.MEMBER, application.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        services.submit(application, sworn=True, by=signer)
    paper = Paper.objects.get()
    assert (paper.kind, paper.file.content_type, {row.to for row in paper.mails.all()}) == (
        PaperKind.RECEIPT,
        "application/pdf",
        {signer.email, other.email},
    )
    letter = next(message for message in mail.outbox if message.to == [signer.email])
    name, content, kind = letter.attachments[0]
    assert (letter.subject, name, kind) == (
        "Votre dossier AAP-2027-001 est bien déposé",
        "accuse-de-reception-AAP-2027-001.pdf",
        "application/pdf",
    )
    assert content == read(paper.file)
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "AAP-2027-001" in words
    assert "Atelier vélo solidaire" in words


def test_receipt_is_made_once():
    application = submitted_application()
    first, again = services.send_receipt(application), services.send_receipt(application)
    assert first == again
    assert (Paper.objects.count(), Mail.objects.filter(kind="calls.receipt").count()) == (1, 1)


# ---------------------------------------------------------------------------------------------- the missing piece
def asked_for_piece():
    application = submitted_application()
    services.ask_for_piece(application, text="Le RIB est illisible.", due_on=clock.today() + timedelta(8), by=officer())
    return application


def test_answer_by_a_member_with_words_and_a_file_comes_back_to_the_officer():
    application = asked_for_piece()
    person = member(Role.MEMBER, application.organisation)
    answered = services.answer_request(application, answer=" Le voici. ", uploads=[a_file("rib.pdf")], by=person)
    row = Application.objects.get()
    assert (row.state, answered.answer, answered.answered_at) == (ApplicationState.SUBMITTED, "Le voici.", clock.now())
    assert [piece.file.name for piece in answered.pieces.all()] == ["rib.pdf"]
    assert Mail.objects.filter(kind="calls.piece_given").count() == 1


def test_answer_of_nothing_is_refused():
    application = asked_for_piece()
    with pytest.raises(Refusal) as refused:
        services.answer_request(application, answer="  ", by=signer_of(application.organisation))
    assert refused.value.field == "answer"
    assert Application.objects.get().state == ApplicationState.INFO_REQUESTED


def test_answer_with_one_bad_file_keeps_none_and_names_it():
    application = asked_for_piece()
    with pytest.raises(Refusal, match=r"« virus\.exe »") as refused:
        services.answer_request(
            application,
            answer="Voici",
            uploads=[a_file("rib.pdf"), a_file("virus.exe", b"MZ")],
            by=signer_of(application.organisation),
        )
    assert refused.value.field == "file"
    assert application.pieces.count() == 1


def test_answer_twice_is_told():
    application = asked_for_piece()
    signer = signer_of(application.organisation)
    services.answer_request(application, answer="Voici", by=signer)
    with pytest.raises(Refusal, match="déjà répondu"):
        services.answer_request(application, answer="Encore", by=signer)


def test_answer_by_somebody_else_is_refused():
    application = asked_for_piece()
    for person in (member(Role.SIGNER), officer()):
        with pytest.raises(NotAllowed):
            services.answer_request(application, answer="Moi", by=person)


def test_attach_during_a_request_goes_with_the_answer():
    application = asked_for_piece()
    piece = services.attach(application, a_file(), PieceKind.BANK, by=signer_of(application.organisation))
    assert piece.request == application.requests.get()


# ---------------------------------------------------------------------------------------------- the way out
def test_withdraw_a_draft_is_anybody_of_the_organisation():
    application = draft()
    services.withdraw(application, by=member(Role.MEMBER, application.organisation))
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_withdraw_a_submitted_application_is_a_signer_s():
    application = submitted_application()
    with pytest.raises(NotAllowed):
        services.withdraw(application, by=member(Role.MEMBER, application.organisation))
    services.withdraw(application, by=signer_of(application.organisation))
    row = Application.objects.get()
    assert (row.state, row.reference) == (ApplicationState.WITHDRAWN, "AAP-2027-001")


def test_withdraw_what_is_refused_already_says_why_not():
    application = admitted_application(officer=officer())
    Application.objects.update(state=ApplicationState.INADMISSIBLE, inadmissible_reason="Hors sujet")
    with pytest.raises(Refusal, match="Impossible de retirer"):
        services.withdraw(application, by=signer_of(application.organisation))


def test_budget_of_another_application_is_not_touched():
    one, two = full_draft(), full_draft(organisation=OrganisationFactory.create())
    save_fields(one.budget, {"b-601": "1"})
    assert services.problems(Application.objects.get(pk=two.pk)) == []
