"""Each role finds what waits for it, with a true count and the exact place; nobody sees more than his role may."""

import re
from datetime import date

import pytest
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.models import Call
from faubourg.calls.selectors import columns_of
from faubourg.core import clock
from faubourg.desk.home import home_of
from faubourg.desk.panel import Purse
from faubourg.notifications.enums import MailState
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from tests.calls.scene import AFTER, everybody, scene, upload
from tests.factories.accounts import UserFactory
from tests.factories.calls import draft, envelope_of, open_call, signer_of, submitted_application
from tests.factories.notifications import MailFactory
from tests.factories.partners import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def waits(user):
    """[(count, words, address)] of all groups in order."""
    user = type(user).objects.get(pk=user.pk)
    return [(one.count, one.words, one.url) for group in home_of(user)["groups"] for one in group.items]


def at(name, *args, query=""):
    return reverse(name, args=args) + query


@pytest.fixture
def made():
    return scene()


# ------------------------------------------------------------------------------------------------- officer
def test_officer_finds_applications_to_check_and_answers_received(made):
    submitted_application(made.call)
    asked = submitted_application(made.call)
    services.ask_for_piece(asked, text="Le RIB.", due_on=date(2026, 12, 1), by=made.officer)
    services.answer_request(asked, answer="Le voici.", by=signer_of(asked.organisation))
    place = at("calls:desk_list", "2027", query="?etat=submitted")
    assert waits(made.officer) == [(1, "dossier à vérifier", place), (1, "réponse reçue, à relire", place)]


def test_officer_finds_claims_failed_mails_and_calls_in_preparation(made):
    body = OrganisationFactory.create(name="Roue libre 40")
    claim = partners.claim(body, role=Role.SIGNER, title="présidente", proof=upload(), by=UserFactory.create())
    MailFactory.create(state=MailState.FAILED)
    Call.objects.filter(pk=made.call.pk).update(state="draft", opens_at=clock.paris(2026, 12, 1, 9))
    assert waits(made.officer) == [
        (1, "appel à publier", at("calls:call_edit", "2027")),
        (1, "courriel non remis", at("desk:outbox", query="?etat=failed")),
        (1, "personne à confirmer", at("partners:decide", claim.code)),
    ]
    partners.claim(OrganisationFactory.create(), role=Role.SIGNER, title="", proof=upload(), by=UserFactory.create())
    assert (2, "personnes à confirmer", at("partners:claims")) in waits(made.officer)


def test_officer_is_led_from_late_funders_to_the_public_result(made):
    """Each act brings the next one: nothing is asked before its time."""
    application = made.admitted()
    assert waits(made.officer) == []
    with clock.at(AFTER):
        assert waits(made.officer) == [(2, "financeurs à relancer", at("calls:call_edit", "2027"))]
        made.opine(application, by=made.funder)
        assert waits(made.officer) == [(1, "financeur à relancer", at("calls:call_edit", "2027"))]
        made.opine(application, by=made.other)
        assert waits(made.officer) == [(1, "partage des avis à ouvrir", at("calls:call_edit", "2027"))]
        made.share()
        assert waits(made.officer) == [(1, "comité à ouvrir", at("calls:call_edit", "2027"))]
        services.open_committee(made.call, by=made.officer)
        assert waits(made.officer) == [(2, "cases à décider au comité", at("calls:committee", "2027"))]
        made.decide_all(application, 1_000)
        letters = at("calls:letters", "2027")
        assert waits(made.officer) == [(1, "lettre à préparer", letters)]
        services.prepare_letters(made.call, by=made.officer)
        assert waits(made.officer) == [(1, "lettre à relire, puis à envoyer", letters)]
        services.notify(made.call.applications.all(), by=made.officer)
        assert waits(made.officer) == [(1, "résultat à publier", at("calls:call_edit", "2027"))]
        services.announce(Call.objects.get(), by=made.officer)
        assert waits(made.officer) == []


def test_officer_sees_how_far_funders_read_never_what_they_wrote(made, client):
    """R-INS-01: before the sharing, counts alone."""
    made.opine(made.admitted(), by=made.funder, verdict="unfavourable", euros=1_234)
    client.force_login(made.officer)
    text = client.get(reverse("desk:home")).content.decode()
    assert "1 sur 1" in text
    assert "0 sur 1" in text
    assert "1\u202f234" not in text
    made.share()
    assert "1\u202f234\u202f€ proposés" in client.get(reverse("desk:home")).content.decode()


# ------------------------------------------------------------------------------------------------- funder, elected
def test_funder_finds_opinions_to_write_and_its_own_proposals_alone(made, client):
    first, _ = made.admitted(), made.admitted()
    place = at("calls:desk_list", "2027", query="?etat=admissible")
    assert waits(made.funder) == [(2, "avis à écrire", place)]
    made.opine(first, by=made.funder, euros=1_111)
    made.opine(first, by=made.other, euros=2_222)
    assert waits(made.funder) == [(1, "avis à écrire", place)]
    client.force_login(made.funder)
    text = client.get(reverse("desk:home")).content.decode()
    assert "Ce que vous proposez" in text
    assert "1\u202f111\u202f€ proposés" in text
    assert "2\u202f222" not in text


def test_funder_and_elected_read_the_table_once_opinions_are_shared(made):
    application = made.admitted()
    assert waits(made.elected) == []
    made.opine(application, by=made.funder)
    made.share()
    table = (1, "projet à la table du comité", at("calls:committee", "2027"))
    assert waits(made.elected) == [table]
    assert table in waits(made.funder)
    with clock.at(clock.paris(2027, 2, 11)):
        assert waits(made.elected) == []


# ------------------------------------------------------------------------------------------------- applicants
def test_applicant_finds_drafts_pieces_and_decisions(made):
    organisation = OrganisationFactory.create(name="Roue libre 40")
    signer = signer_of(organisation)
    begun = draft(made.call, organisation)
    asked = submitted_application(made.call, organisation)
    services.ask_for_piece(asked, text="Le RIB.", due_on=date(2026, 11, 25), by=made.officer)
    assert waits(signer) == [
        (1, "pièce à envoyer", at("calls:answer", asked.code)),
        (1, "brouillon à terminer", at("calls:application", begun.code)),
    ]
    assert waits(member(Role.MEMBER, organisation)) == waits(signer)
    with clock.at(AFTER):
        assert waits(signer) == [(1, "pièce à envoyer", at("calls:answer", asked.code))]


@pytest.mark.parametrize(
    ("euros", "words"), [(1_000, "2\u202f000\u202f€ accordés."), (0, "Le projet n’est pas retenu.")]
)
def test_applicant_reads_a_decision_only_once_it_is_told(made, euros, words):
    """R-INS-06."""
    application = made.admitted()
    signer = signer_of(application.organisation)
    made.open_committee()
    made.decide_all(application, euros)
    assert waits(signer) == []
    services.prepare_letters(made.call, by=made.officer)
    services.notify([application], by=made.officer)
    [group] = home_of(signer)["groups"]
    assert [(one.words, one.url) for one in group.items] == [
        ("décision à lire", at("calls:application", application.code))
    ]
    assert group.items[0].detail.endswith(words)


def test_signer_finds_the_people_who_want_to_join(made):
    organisation = OrganisationFactory.create()
    signer = signer_of(organisation)
    claim = partners.claim(organisation, role=Role.MEMBER, title="", proof=None, by=UserFactory.create())
    assert waits(signer) == [(1, "personne à confirmer", at("partners:decide", claim.code))]


def test_those_for_whom_nothing_waits_are_told_what_they_can_do(made):
    people = everybody(made)
    for role in ("council", "company", "resident"):
        found = home_of(people[role])
        assert (found["headline"], found["groups"]) == ("Rien ne vous attend.", [])
        assert ("Lire l’appel à projets", at("website:call", "2027")) in [way[:2] for way in found["ways"]]
    assert [way[0] for way in home_of(people["resident"])["ways"]] == [
        "Lire l’appel à projets", "Trouver mon organisme", "Voir les projets soutenus",
    ]  # fmt: skip
    assert [way[0] for way in home_of(people["signer"])["ways"]][:2] == ["Déposer un projet", "Nos demandes"]


# ------------------------------------------------------------------------------------------------- the page
def test_the_home_asks_who_one_is(client):
    response = client.get(reverse("desk:home"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("accounts:sign_in"))


def test_every_link_of_every_home_opens(made, client):
    application = made.admitted()
    made.opine(application, by=made.funder)
    for role, person in everybody(made, application).items():
        client.force_login(person)
        text = client.get(reverse("desk:home")).content.decode()
        for link in set(re.findall(r'href="(/[^"#]*)"', text)) - {"/"}:
            if not link.startswith("/static/"):
                assert client.get(link.replace("&amp;", "&")).status_code == 200, (role, link)


def test_without_any_call_the_homes_are_still_homes(client):
    client.force_login(member(Role.OFFICER))
    text = client.get(reverse("desk:home")).content.decode()
    assert "Encore cinq étapes avant votre premier appel." in text
    client.force_login(UserFactory.create(first_name=""))
    assert "Bonjour, nous sommes le lundi 23 novembre 2026." in client.get(reverse("desk:home")).content.decode()


QUERIES = {
    "officer": 12,
    "funder": 8,
    "elected": 5,
    "signer": 8,
    "member": 7,
    "council": 4,
    "company": 4,
    "resident": 4,
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", list(QUERIES))
def test_each_home_reads_as_often_for_one_as_for_three(made, client, django_assert_num_queries, role, count):
    applications = [made.admitted() for _ in range(count)]
    for one in applications:
        made.opine(one, by=made.funder)
        submitted_application(made.call)
        draft(made.call, applications[0].organisation)
    client.force_login(everybody(made, applications[0])[role])
    with django_assert_num_queries(QUERIES[role]):
        client.get(reverse("desk:home"))


def test_the_officer_s_home_reads_eleven_times_with_two_calls_at_work(made, client, django_assert_num_queries):
    made.admitted()
    made.open_committee()
    second = scene_twin(made)
    submitted_application(second)
    client.force_login(made.officer)
    with django_assert_num_queries(11):
        client.get(reverse("desk:home"))


def test_purses_tell_what_the_bank_and_the_table_tell(made):
    """What is decided comes from the bank, what is proposed from the cells that are still open."""
    one, other = made.admitted(), made.admitted()
    for application in (one, other):
        made.opine(application, by=made.funder, euros=2_000)
    made.open_committee()
    made.decide_all(one, 1_000)
    call = Call.objects.get(pk=made.call.pk)
    seen = home_of(type(made.officer).objects.get(pk=made.officer.pk))
    table = [
        Purse(column.envelope.short_name, column.envelope.amount_cents, column.decided_cents, column.pending_cents)
        for column in columns_of(call)
    ]
    assert seen["side"]["purses"] == table
    assert [(purse.decided, purse.proposed) for purse in table] == [(1_000_00, 2_000_00), (1_000_00, 0)]
    assert (2, "cases à décider au comité", at("calls:committee", "2027")) in waits(made.officer)


def test_an_opinion_is_waited_for_once_whatever_the_envelopes_of_its_institution(made):
    envelope_of(made.call, "État, droit commun", funder=made.state.funder)
    one, _ = made.admitted(), made.admitted()
    place = at("calls:desk_list", "2027", query="?etat=admissible")
    assert waits(made.funder) == [(2, "avis à écrire", place)]
    made.opine(one, by=made.funder)
    assert waits(made.funder) == [(1, "avis à écrire", place)]


def scene_twin(made) -> Call:
    return open_call(code="2028", contract=made.call.contract, geography=made.call.geography)


@pytest.mark.django_db(transaction=True)
def test_the_home_is_true_again_after_each_deed(client):
    """What it counts between two deeds is kept; outside a test's own transaction, as in life."""
    made = scene()
    client.force_login(made.officer)
    submitted = submitted_application(made.call)

    def home() -> str:
        return client.get(reverse("desk:home")).content.decode()

    assert ["dossier à vérifier" in home() for _ in range(2)] == [True, True]
    services.admit(submitted, by=made.officer)
    assert ["Rien ne vous attend." in home() for _ in range(2)] == [True, True]
