"""A funder's opinion: its own until it is shared."""

import pytest

from faubourg.calls import services
from faubourg.calls.models import Opinion
from faubourg.core.typography import keep_together
from tests.calls.desk.ground import SECRET, browser, pages, text, url
from tests.calls.scene import everybody

pytestmark = pytest.mark.django_db


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
        ({"amount": "9" * 15}, "Ce montant est trop grand"),
        ({"amount": "90 000 000"}, "Vous proposez plus que les 3\u202f000\u202f€ demandés"),
        ({"reason": "mot " * 501}, "2003 signes, c’est trop : 2000 au plus."),
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
