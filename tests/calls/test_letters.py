"""The letters of the calls: to whom, what they say, what goes with them, and nothing before its time."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core import mail
from pypdf import PdfReader

from faubourg.calls import letters, services
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.core.typography import keep_together
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.partners.enums import Role
from faubourg.partners.models import Contract
from tests.factories.calls import admitted_application, open_call, signer_of, submitted_application
from tests.factories.partners import OrganisationFactory, member, officer
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db
DUE = clock.paris(2026, 12, 1).date()


def words_of(pdf: bytes) -> str:
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def address_of(application: Application) -> str:
    return f"{settings.BASE_URL}/dossiers/{application.code}/"


def test_receipt_letter_goes_to_each_signer_with_the_pdf():
    application = submitted_application()
    first, second = signer_of(application.organisation), member(Role.SIGNER, application.organisation)
    member(Role.MEMBER, application.organisation)
    written = list(letters.receipt_letters(application, b"%PDF", "accuse.pdf"))
    assert [(letter.to, letter.kind, letter.subject, letter.enclosures) for letter in written] == [
        (
            person.email,
            "calls.receipt",
            "Votre dossier AAP-2027-001 est bien déposé",
            (("accuse.pdf", "application/pdf", b"%PDF"),),
        )
        for person in (first, second)
    ]
    text = written[0].text
    assert text.startswith(f"Bonjour {first.name},\n")
    for part in (
        keep_together(f"« Atelier vélo solidaire », présenté par {application.organisation}"),
        "le lundi 23 novembre 2026 à 10\u202fh\u202f00",
        "AAP-2027-001",
        address_of(application),
        "contrat-de-ville@exemple.fr",
    ):
        assert part in text


def test_receipt_pdf_says_when_for_what_and_of_whom_it_asks():
    organisation = OrganisationFactory.create(name="Roue libre 40", municipality=MunicipalityFactory.create(name="Dax"))
    application = submitted_application(organisation=organisation)
    words = words_of(letters.receipt_pdf(application))
    for part in (
        "Accusé de réception",
        "AAP-2027-001",
        "Roue libre 40",
        "Atelier vélo solidaire",
        "lundi 14 décembre 2026",
        "État (services)",
        "3 000",
        "6 000",
        "contrat-de-ville@exemple.fr",
    ):
        assert part in words.replace("\u202f", " ").replace("\u00a0", " ")


def test_receipt_pdf_of_an_example_says_so():
    application = submitted_application()
    plain = words_of(letters.receipt_pdf(application))
    Contract.objects.update(is_example=True)
    shown = words_of(letters.receipt_pdf(Application.objects.get()))
    assert "exemple" not in plain.replace("@exemple", "").lower()
    assert "exemple" in shown.replace("@exemple", "").lower()


def test_piece_asked_letter_goes_to_signers_and_members_at_once(django_capture_on_commit_callbacks):
    application = submitted_application()
    people = {signer_of(application.organisation).email, member(Role.MEMBER, application.organisation).email}
    with django_capture_on_commit_callbacks(execute=True):
        services.ask_for_piece(application, text="Le RIB est illisible.", due_on=DUE, by=officer())
    assert {message.to[0] for message in mail.outbox} == people
    message = mail.outbox[0]
    assert message.subject == "Dossier AAP-2027-001\u00a0: il manque une pièce"
    for part in ("Le RIB est illisible.", "avant le mardi 1ᵉʳ décembre 2026", address_of(application)):
        assert part in message.body


def test_piece_given_letter_goes_to_the_officer():
    run_by = officer()
    application = submitted_application()
    services.ask_for_piece(application, text="Le RIB", due_on=DUE, by=run_by)
    services.answer_request(application, answer="Voici", by=signer_of(application.organisation))
    posted = Mail.objects.get(kind="calls.piece_given")
    assert (posted.to, posted.subject) == (run_by.email, "Dossier AAP-2027-001\u00a0: l’association a répondu")
    assert f"{settings.BASE_URL}/bureau/dossiers/{application.code}/" in posted.text


def test_rejected_letter_tells_the_reason():
    application = submitted_application()
    services.reject(application, reason="Le projet est hors des quartiers.", by=officer())
    posted = Mail.objects.get(kind="calls.rejected")
    assert posted.to == signer_of(application.organisation).email
    assert "Le projet est hors des quartiers." in posted.text


def decided(amounts: dict[str, int]) -> Application:
    """An application whose lines are decided (cents by short name), its letter waiting in the outbox."""
    run_by, call = officer(), open_call()
    application = admitted_application(call, officer=run_by)
    with clock.at(clock.paris(2027, 2, 10, 14)):
        services.share_opinions(call, by=run_by)
        services.open_committee(call, by=run_by)
        for line in application.lines.select_related("envelope"):
            services.decide(line, amounts[line.envelope.short_name], by=run_by)
        services.prepare_letters(call, by=run_by)
    return Application.objects.get()


def test_decision_letter_waits_to_be_read_and_leaves_when_notified(django_capture_on_commit_callbacks):
    application = decided({"État": 200_000, "Agglomération": 0})
    posted = Mail.objects.get(kind="calls.decision")
    assert (posted.state, mail.outbox) == (MailState.HELD, [])
    with django_capture_on_commit_callbacks(execute=True):
        services.notify([application], by=officer())
    message = mail.outbox[0]
    assert message.subject == "Dossier AAP-2027-001\u00a0: la décision du comité"
    assert "2\u202f000\u202f€ accordés sur 6\u202f000\u202f€ demandés" in message.body
    assert [name for name, _, _ in message.attachments] == ["decision-AAP-2027-001.pdf"]


def test_decision_letter_of_a_refusal_says_no_amount():
    decided({"État": 0, "Agglomération": 0})
    posted = Mail.objects.get(kind="calls.decision")
    assert "n’a pas retenu" in posted.text
    assert "accordés" not in posted.text


@pytest.mark.parametrize(
    ("amounts", "title", "absent"),
    [
        ({"État": 200_000, "Agglomération": 0}, "Votre projet est soutenu", "n’est pas retenue"),
        ({"État": 0, "Agglomération": 0}, "Votre demande de subvention n’est pas retenue", "Votre projet est soutenu"),
    ],
)
def test_decision_pdf_gives_the_detail_and_the_ways_of_appeal(amounts, title, absent):
    application = decided(amounts)
    words = words_of(letters.decision_pdf(application)).replace("\u202f", " ").replace("\u00a0", " ")
    for part in (title, "AAP-2027-001", "État (services)", "Agglomération (services)", "tribunal administratif"):
        assert part in words
    assert absent not in words


def test_decision_pdf_is_tagged_for_everybody():
    pdf = letters.decision_pdf(decided({"État": 200_000, "Agglomération": 100_000}))
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], str(root["/Lang"]).lower()[:2]) == (True, "fr")


def test_letters_carry_no_heading_that_a_title_made():
    application = submitted_application()
    Application.objects.update(title="Vélo\r\nBcc: tous@exemple.fr")
    services.ask_for_piece(Application.objects.get(), text="Le RIB", due_on=DUE, by=officer())
    posted = Mail.objects.get(kind="calls.piece_asked")
    assert "\n" not in posted.subject
    assert posted.to == signer_of(application.organisation).email


def test_letters_ask_for_nothing_by_a_day_that_is_past():
    application = submitted_application()
    with pytest.raises(Refusal):
        services.ask_for_piece(application, text="Le RIB", due_on=clock.today() - timedelta(1), by=officer())
    assert not Mail.objects.filter(kind="calls.piece_asked").exists()
