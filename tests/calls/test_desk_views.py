"""The desk's pages of a call: the calls, their writing, the list, one file, the opinions, the letters."""

import csv
import io
from datetime import timedelta

import pytest
from django.core import mail as post
from django.test import Client
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.models import Application, Call, Opinion
from faubourg.core import clock
from faubourg.core.typography import keep_together
from faubourg.notifications.models import Mail
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from tests.calls.scene import AFTER, everybody, scene
from tests.factories.calls import CallFactory, draft, envelope_of, submitted_application
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory, member, officer
from tests.factories.territory import GeographyFactory

pytestmark = pytest.mark.django_db
SECRET = "Le motif que personne ne doit lire avant le partage."


@pytest.fixture
def made():
    return scene()


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def url(name, *args):
    return reverse(f"calls:{name}", args=args)


# ---------------------------------------------------------------------------------------------- who comes in
def pages(made, application):
    call, code, state = made.call.code, application.code, made.state.code
    return {
        ("get", url("desk_calls")): {"officer", "funder", "elected"},
        ("get", url("call_new")): {"officer"},
        ("get", url("call_edit", call)): {"officer", "funder", "elected"},
        ("post", url("call_edit", call)): {"officer"},
        ("post", url("call_publish", call)): {"officer"},
        ("post", url("envelope_add", call)): {"officer"},
        ("post", url("envelope_resize", call, state)): {"officer"},
        ("post", url("envelope_remove", call, state)): {"officer"},
        ("post", url("share_opinions", call)): {"officer"},
        ("post", url("open_committee", call)): {"officer"},
        ("post", url("announce", call)): {"officer"},
        ("get", url("desk_list", call)): {"officer", "funder"},
        ("get", url("csv", call)): {"officer", "funder"},
        ("get", url("committee", call)): {"officer", "funder", "elected"},
        ("get", url("projected", call)): {"officer", "funder", "elected"},
        ("get", url("decide", call, code, state)): {"officer"},
        ("post", url("decide", call, code, state)): {"officer"},
        ("get", url("letters", call)): {"officer"},
        ("post", url("prepare_letters", call)): {"officer"},
        ("post", url("notify", call)): {"officer"},
        ("get", url("desk_application", code)): {"officer", "funder"},
        ("post", url("admit", code)): {"officer"},
        ("post", url("reject", code)): {"officer"},
        ("post", url("ask_for_piece", code)): {"officer"},
        ("post", url("opinion", code)): {"funder"},
    }


def test_every_page_knows_its_people(made):
    application = made.admitted()
    people = everybody(made, application)
    answers = {}
    for (method, address), expected in pages(made, application).items():
        for name, person in people.items():
            data = {"funder": made.state.funder.code} if method == "post" else {}
            status = getattr(browser(person), method)(address, data).status_code
            if (status != 403) != (name in expected):
                answers[method, address, name] = status
        nobody = getattr(Client(), method)(address)
        if (nobody.status_code, nobody.url.startswith(reverse("accounts:sign_in"))) != (302, True):
            answers[method, address, "nobody"] = nobody.status_code
    assert answers == {}


def test_acts_take_a_post_only(made):
    application = made.admitted()
    client = browser(made.officer)
    for method, address in pages(made, application):
        if method == "post" and ("get", address) not in pages(made, application):
            assert client.get(address).status_code == 405, address


def test_unknown_codes_are_not_found(made):
    client = browser(made.officer)
    application = made.admitted()
    mine = draft(made.call, OrganisationFactory.create())
    other = envelope_of(CallFactory.create())
    for address in (
        url("call_edit", "rien"),
        url("desk_list", "rien"),
        url("committee", "rien"),
        url("desk_application", "D-RIEN"),
        url("desk_application", mine.code),
        url("decide", made.call.code, application.code, other.code),
        url("decide", made.call.code, mine.code, made.state.code),
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(url("envelope_resize", made.call.code, other.code)).status_code == 404


def test_a_call_in_preparation_is_not_found_by_others(made):
    hidden = CallFactory.create(state="draft")
    assert browser(made.officer).get(url("call_edit", hidden.code)).status_code == 200
    for person in (made.funder, made.elected):
        assert browser(person).get(url("call_edit", hidden.code)).status_code == 404
        assert hidden.code not in text(browser(person).get(url("desk_calls")))


# ---------------------------------------------------------------------------------------------- the calls
@pytest.mark.parametrize("count", [1, 3])
def test_desk_calls_query_count(made, django_assert_num_queries, count):
    for _ in range(count - 1):
        CallFactory.create()
    client = browser(made.officer)
    with django_assert_num_queries(4):
        assert client.get(url("desk_calls")).status_code == 200


def test_desk_calls_without_a_call_says_what_to_do(made):
    Call.objects.all().update(state="draft")
    assert "Le premier appel paraîtra ici" in text(browser(made.funder).get(url("desk_calls")))


def typed(**more):
    contract = ContractFactory.create()
    objective = ObjectiveFactory.create(contract=contract)
    return {
        "code": "2028",
        "year": "2028",
        "title": "Appel 2028",
        "summary": "Pour les quartiers.",
        "rules_text": "Le règlement.",
        "opens_at": "2027-11-01T09:00",
        "closes_at": "2027-12-14T17:00",
        "projects_from": "2028-01-01",
        "projects_until": "2028-12-31",
        "committee_on": "",
        "contact_email": "contact@exemple.fr",
        "geography": GeographyFactory.create().code,
        "contract": contract.code,
        "objectives": [objective.code],
        **more,
    }


def test_a_call_before_any_contract_or_list_says_what_comes_first():
    said = text(browser(officer()).get(url("call_new")))
    assert said.count("Ajoutez-l") == 2
    for name in ("partners:contract_new", "desk:geography_new"):
        assert f'href="{reverse(name)}"' in said
    scene()
    assert "Ajoutez-l" not in text(browser(officer()).get(url("call_new")))


def test_the_officer_opens_a_call_in_paris_time(made):
    client = browser(made.officer)
    assert "Prépare" in text(client.get(url("call_new")))
    response = client.post(url("call_new"), typed())
    assert (response.status_code, response.url) == (302, url("call_edit", "2028"))
    call = Call.objects.get(code="2028")
    assert (call.state, call.opens_at, call.closes_at) == (
        "draft",
        clock.paris(2027, 11, 1, 9),
        clock.paris(2027, 12, 14, 17),
    )
    assert [row.title for row in call.objectives.all()] == [row.title for row in call.contract.objectives.all()]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "nouveau"}, "Ce mot sert déjà à une page"),
        ({"code": "2027"}, "sert déjà à un autre appel"),
        ({"closes_at": "2027-10-01T09:00"}, "La clôture doit venir après l’ouverture"),
        ({"opens_at": "demain"}, "Cette date n’existe pas ou n’est pas lisible"),
        ({"projects_until": "2027-01-01"}, "Les projets finiraient avant de commencer"),
        ({"title": ""}, "Ce champ est obligatoire"),
    ],
)
def test_a_call_badly_written_keeps_what_was_typed(made, wrong, words):
    response = browser(made.officer).post(url("call_new"), typed(summary="Une phrase à garder.", **wrong))
    said = text(response)
    assert response.status_code == 422
    assert words in said
    assert "Une phrase à garder." in said
    assert Call.objects.count() == 1


def test_objectives_of_another_contract_are_refused(made):
    other = ObjectiveFactory.create()
    response = browser(made.officer).post(url("call_new"), typed(objectives=[other.code]))
    assert "Ces objectifs sont d’un autre contrat" in text(response)


def test_a_call_is_written_to_its_publication(made):
    client = browser(made.officer)
    data = typed()
    client.post(url("call_new"), data)
    edit = url("call_edit", "2028")
    assert "Aucune enveloppe" in text(client.get(edit))
    refused = client.post(url("call_publish", "2028"))
    assert refused.status_code == 422
    assert "Ajoutez au moins une enveloppe" in text(refused)
    changed = client.post(edit, {**data, "title": "Un autre titre"}, follow=True)
    assert "L’appel est enregistré." in text(changed)
    funder = made.state.funder.code
    bad = client.post(
        url("envelope_add", "2028"), {"new-funder": funder, "new-kind": "earmarked", "new-amount": "mille"}
    )
    assert bad.status_code == 422
    assert "mille" in text(bad)
    given = {"new-funder": funder, "new-kind": "earmarked", "new-short_name": "État", "new-amount": "85 000"}
    assert "85\u202f000" in text(client.post(url("envelope_add", "2028"), given, follow=True))
    assert "déjà une enveloppe de cet appel" in text(client.post(url("envelope_add", "2028"), given))
    published = client.post(url("call_publish", "2028"), follow=True)
    assert "L’appel est publié. Il ouvre le lundi 1ᵉʳ novembre 2027" in text(published)
    call = Call.objects.get(code="2028")
    assert (call.state, call.title) == ("published", "Un autre titre")
    [link] = call.envelopes.all()
    gone = client.post(url("envelope_remove", "2028", link.envelope.code))
    assert "ses enveloppes restent" in text(gone)
    assert call.envelopes.count() == 1


def test_an_envelope_is_resized_never_under_what_is_committed(made):
    application = made.admitted()
    made.open_committee()
    made.decide_all(application, 3_000)
    client = browser(made.officer)
    address = url("envelope_resize", made.call.code, made.state.code)
    field = f"{made.state.code}-amount"
    refused = client.post(address, {field: "2 000"})
    assert refused.status_code == 422
    assert "1\u202f000\u202f€ de plus que ce montant" in text(refused)
    assert 'value="2 000"' in text(refused)
    assert client.post(address, {field: "90 000,50"}).status_code == 302
    made.state.refresh_from_db()
    assert made.state.amount_cents == 90_000_50


def test_a_published_call_closes_later_only(made):
    client = browser(made.officer)
    later = made.call.closes_at + timedelta(days=2)
    given = {"committee_on": "2027-02-10", "contact_email": "autre@exemple.fr"}
    sooner = client.post(url("call_edit", made.call.code), {**given, "closes_at": "2026-12-01T17:00"})
    assert sooner.status_code == 422
    assert "jamais plus tôt" in text(sooner)
    moved = {**given, "closes_at": later.astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M")}
    assert client.post(url("call_edit", made.call.code), moved).status_code == 302
    made.call.refresh_from_db()
    assert (made.call.closes_at, made.call.contact_email) == (later, "autre@exemple.fr")


def test_each_act_says_its_own_no(made):
    client = browser(made.officer)
    call = made.call.code
    for name, words in (
        ("call_publish", "Impossible de publier cet appel"),
        ("open_committee", "L’appel reçoit encore des dossiers"),
        ("share_opinions", "L’appel n’est pas clos"),
        ("announce", "Impossible de publier les résultats"),
    ):
        response = client.post(url(name, call))
        assert response.status_code == 422
        assert words in text(response)
    with clock.at(AFTER):
        assert "Les avis sont partagés" in text(client.post(url("share_opinions", call), follow=True))
        assert "Les avis de cet appel sont déjà partagés" in text(client.post(url("share_opinions", call)))


def test_funders_read_the_call_and_find_no_button(made):
    said = text(browser(made.funder).get(url("call_edit", made.call.code)))
    assert "Le règlement de l’appel." in said
    assert 'method="post" action="/bureau' not in said


# ---------------------------------------------------------------------------------------------- the list
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_in_eleven_queries(made, django_assert_num_queries, count):
    for _ in range(count):
        application = made.admitted()
        made.opine(application, by=made.funder)
    client = browser(made.officer)
    with django_assert_num_queries(11):
        response = client.get(url("desk_list", made.call.code), {"etat": "admissible"})
    assert text(response).count("1 sur 2") == count


def test_the_list_shows_sums_counts_and_keeps_its_filters(made):
    one = made.admitted(euros=3_000, title="Coup de pouce lecture")
    two = submitted_application(made.call, OrganisationFactory.create(), euros=1_000)
    client = browser(made.funder)
    said = text(client.get(url("desk_list", made.call.code)))
    assert "2 dossiers reçus" in said
    assert "8\u202f000\u202f€" in said
    filtered = text(client.get(url("desk_list", made.call.code), {"etat": "submitted", "tri": "demande"}))
    assert (two.reference in filtered, one.reference in filtered) == (True, False)
    assert f"{url('desk_application', two.code)}?etat=submitted&amp;tri=demande" in filtered
    assert "Total de ce qui est filtré, 1 dossier" in " ".join(filtered.split())
    nothing = text(client.get(url("desk_list", made.call.code), {"q": "rien de tel"}))
    assert "Aucun dossier ne répond à ces filtres" in nothing
    forged = {"etat": "draft", "quartier": "x", "objectif": "x", "enveloppe": "x", "tri": "pk", "page": "x"}
    assert client.get(url("desk_list", made.call.code), forged).status_code == 200


def test_the_list_before_anybody_applied(made):
    assert "Aucun dossier reçu pour l’instant" in text(browser(made.officer).get(url("desk_list", made.call.code)))


def test_the_list_turns_its_pages(made, monkeypatch):
    for _ in range(3):
        made.admitted()
    monkeypatch.setattr("faubourg.calls.views.desk_files.PER_PAGE", 2)
    client = browser(made.officer)
    first, second = (text(client.get(url("desk_list", made.call.code), {"page": page})) for page in (1, 2))
    assert "3 dossiers, de 1 à 2" in first
    assert "3 dossiers, de 3 à 3" in second
    assert "18\u202f000\u202f€" in first  # the total is of all pages


def test_the_csv_is_what_the_list_shows(made):
    one = made.admitted(euros=3_000, title="=cmd|' /C calc'!A0")
    made.opine(one, by=made.funder)
    submitted_application(made.call, OrganisationFactory.create())
    response = browser(made.funder).get(url("csv", made.call.code), {"etat": "admissible"})
    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="dossiers-2027-2026-11-23.csv"'
    rows = list(csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff")), delimiter=";"))
    place = one.neighbourhoods.get()
    assert rows == [
        {
            "référence": one.reference,
            "état": "recevable",
            "projet": "'=cmd|' /C calc'!A0",
            "organisme": one.organisation.name,
            "SIRET": one.organisation.siret,
            "commune": "",
            "quartiers": place.name,
            "déposé le": "23/11/2026 10:00",
            "demandé, État, crédits spécifiques": "3000",
            "demandé, Ville, droit commun": "3000",
            "demandé en tout": "6000",
            "avis écrits": "1",
            "avis attendus": "2",
        }
    ]


# ---------------------------------------------------------------------------------------------- one file
@pytest.mark.parametrize("person", ["officer", "funder"])
def test_a_file_in_twelve_queries(made, django_assert_num_queries, person):
    made.admitted()
    application = made.admitted()
    made.opine(application, by=made.funder)
    made.opine(application, by=made.other)
    made.open_committee()
    client = browser(getattr(made, person))
    with django_assert_num_queries(12):
        response = client.get(url("desk_application", application.code), {"etat": "admissible"})
    assert response.status_code == 200


def test_a_file_shows_all_that_was_handed_in(made):
    application = made.admitted()
    said = text(browser(made.funder).get(url("desk_application", application.code)))
    for words in (
        application.reference,
        "Atelier vélo solidaire",
        "Notre réponse sur besoin.",
        "statuts.pdf",
        "6\u202f500\u202f€",
        "Habitants de tous âges",
        "dossier déposé",
    ):
        assert words in said, words


def test_the_officer_judges_admissibility(made):
    client = browser(made.officer)
    one, two, three = (submitted_application(made.call, OrganisationFactory.create()) for _ in range(3))
    assert "Le dossier est recevable" in text(client.post(url("admit", one.code), follow=True))
    again = client.post(url("admit", one.code))
    assert (again.status_code, "Impossible de déclarer ce dossier recevable" in text(again)) == (422, True)
    empty = client.post(url("reject", two.code), {"reason": " "})
    assert (empty.status_code, "Ce champ est obligatoire" in text(empty)) == (422, True)
    client.post(url("reject", two.code), {"reason": "Le siège est hors du territoire."})
    bad = client.post(url("ask_for_piece", three.code), {"text": "Les comptes à garder.", "due_on": "2026-11-23"})
    assert bad.status_code == 422
    assert "Laissez au moins un jour" in text(bad)
    assert "Les comptes à garder." in text(bad)
    address = url("ask_for_piece", three.code) + "?etat=submitted"
    done = client.post(address, {"text": "Les comptes.", "due_on": "15/12/2026"})
    assert done.url == url("desk_application", three.code) + "?etat=submitted"
    states = [Application.objects.get(pk=row.pk).state for row in (one, two, three)]
    assert states == ["admissible", "inadmissible", "info_requested"]
    for row, words in ((two, "Le siège est hors du territoire."), (three, "Pas encore de réponse.")):
        assert words in text(client.get(url("desk_application", row.code)))


# ---------------------------------------------------------------------------------------------- opinions
def given(made, **more):
    funder, envelope = made.state.funder.code, made.state.code
    values = {"verdict": "reserved", "reason": SECRET, f"proposed-{envelope}": "2 000", **more}
    return {"funder": funder, **{f"{funder}-{name}": value for name, value in values.items()}}


def test_a_funder_writes_its_opinion_and_reads_its_balance(made):
    one, two = made.admitted(), made.admitted()
    client = browser(made.funder)
    client.post(url("opinion", two.code), given(made))
    done = client.post(url("opinion", one.code), given(made), follow=True)
    said = text(done)
    assert f"Votre avis pour {made.state.funder} est enregistré." in said
    assert SECRET in said
    assert "Vous seul le voyez jusqu’au partage" in said
    assert keep_together("Proposés en tout : 4\u202f000\u202f€ sur 85\u202f000") in said
    assert "reste 81\u202f000\u202f€" in said
    assert Opinion.objects.count() == 2


def test_proposals_above_the_envelope_are_warned_not_refused(made):
    made.state.amount_cents = 3_000_00
    made.state.save()
    client = browser(made.funder)
    for application in (made.admitted(), made.admitted()):
        last = client.post(url("opinion", application.code), given(made), follow=True)
    assert "1\u202f000\u202f€ de trop" in text(last)
    assert "Vos propositions dépassent votre enveloppe." in text(last)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": ""}, "Un avis réservé ou défavorable dit pourquoi."),
        ({"verdict": ""}, "Ce champ est obligatoire"),
        ({"verdict": "peut-être"}, "peut-être"),
        ({"amount": "deux mille"}, "contient une lettre"),
        ({"amount": "-5"}, "ne peut pas être négatif"),
        ({"amount": "3 000,01"}, "Vous proposez plus que les 3\u202f000\u202f€ demandés"),
        ({"amount": ""}, "Écrivez un montant"),
    ],
)
def test_an_opinion_badly_written_keeps_what_was_typed(made, wrong, words):
    application = made.admitted()
    data = given(made)
    names = {"amount": f"{made.state.funder.code}-proposed-{made.state.code}"}
    for name, value in wrong.items():
        data[names.get(name, f"{made.state.funder.code}-{name}")] = value
    response = browser(made.funder).post(url("opinion", application.code), data)
    said = text(response)
    assert response.status_code == 422
    assert words in said
    assert all(not value or value in said for value in wrong.values() if value != "peut-être")
    assert not Opinion.objects.exists()


def test_an_unfavourable_opinion_may_leave_its_amount_empty(made):
    application = made.admitted()
    data = given(made, **{"verdict": "unfavourable", f"proposed-{made.state.code}": ""})
    assert browser(made.funder).post(url("opinion", application.code), data).status_code == 302
    assert [row.proposed_cents for row in Opinion.objects.get().proposals.all()] == [0]


def test_nobody_posts_for_another_funder(made):
    application = made.admitted()
    for person in (made.other, made.officer):
        assert browser(person).post(url("opinion", application.code), given(made)).status_code == 403
    assert not Opinion.objects.exists()


def test_an_unshared_opinion_leaks_nowhere(made, django_assert_max_num_queries):
    """R-INS-01: neither page, CSV, table nor query of anybody else carries a word or an amount of it."""
    application = made.admitted(euros=3_000)
    services.write_opinion(
        application,
        made.state.funder,
        verdict="unfavourable",
        reason=SECRET,
        amounts={made.state.code: 1_234_56},
        by=made.funder,
    )
    addresses = [address for method, address in pages(made, application) if method == "get"]
    addresses += [f"/dossiers/{application.code}/", "/dossiers/"]
    people = {name: person for name, person in everybody(made, application).items() if name != "funder"}
    leaks = []
    for name, person in {**people, "other funder": made.other}.items():
        client = browser(person)
        for address in addresses:
            with django_assert_max_num_queries(60) as asked:
                said = text(client.get(address))
            if any(word in said for word in (SECRET, "1\u202f234", "1234", "Défavorable")):
                leaks.append((name, address))
            columns = [query["sql"] for query in asked.captured_queries if '"calls_opinion"."reason"' in query["sql"]]
            unguarded = [sql for sql in columns if "funder_id" not in sql.partition("WHERE")[2]]
            if unguarded:
                leaks.append((name, address, unguarded))
    assert leaks == []
    own = text(browser(made.funder).get(url("desk_application", application.code)))
    assert SECRET in own
    made.share()
    shared = text(browser(made.officer).get(url("desk_application", application.code)))
    assert (SECRET in shared, "1\u202f234,56\u202f€" in shared) == (True, True)


# ---------------------------------------------------------------------------------------------- the letters
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
        partners.end(row, by=row.user)
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
