"""Every fault of a budget stands beside its field, whatever way the page was come to."""

import pytest

from faubourg.calls import services
from tests.calls.applicant.beside import fault_beside
from tests.calls.applicant.ground import again, entered, step
from tests.factories.calls import full_draft, signer_of

pytestmark = pytest.mark.django_db
NARROW = "\u202f"


def asked_of(application) -> list[str]:
    """The fields of what is asked of each funder of the call."""
    return [f"asked-{link.envelope.code}" for link in application.call.envelopes.order_by("position")]


def words_of(html: str, name: str) -> str:
    return fault_beside(html, name).replace(NARROW, " ")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"b-601": "12O"}, "b-601", "Ce montant contient la lettre O, il n’est pas compté"),
        ({"b-601": "-5"}, "b-601", "Un montant ne peut pas être négatif"),
        ({"b-601": "9" * 15}, "b-601", "Ce montant est trop grand"),
        ({"b-63": "10", "b-631": "10"}, "b-63", "le total de ce compte est fait de ses lignes"),
        ({"b-625": "abc"}, "b-625", "Ce montant"),
        ({"b-74dep": "200"}, "b-74dep-state", "dites si cette aide est obtenue ou demandée"),
        ({"b-IND1": "40"}, "b-indirect-rule", "dites comment ces 40 € sont répartis"),
        ({"b-864": "100"}, "b-870", "Bénévolat : 100 € en charges (864) et 0 € en produits (870)"),
        ({"b-860": "30"}, "b-870", "Contributions en nature, bénévolat à part : 30 € en charges (86)"),
        ({"asked": "", "others": ""}, "asked", "Demandez un montant à un financeur au moins."),
        ({"asked": "9 000"}, "asked", "les 9 000 € demandés dépassent le total des charges, 6 500 €"),
        ({"asked": "3x"}, "asked", "Ce montant"),
    ],
)
@pytest.mark.parametrize("way", ["saved", "summary"])
def test_fault_of_a_budget_stands_beside_its_field(client, typed, field, words, way):
    application = full_draft()
    first, second = asked_of(application)
    names = {"asked": first, "others": second}
    values = {names.get(name, name): text for name, text in typed.items()}
    services.save_fields(application, values, by=signer_of(application.organisation))
    page = entered(client, application).get(step(application, "budget") + ("?corriger=1" if way == "summary" else ""))
    assert words in words_of(page.content.decode(), names.get(field, field))


def test_each_fault_in_the_summary_of_a_budget_stands_beside_a_field_too(client):
    """The balance is the only one that no field can say: its bar does."""
    application = full_draft()
    asked, other = asked_of(application)
    typed = {"b-601": "12O", "b-74dep": "200", "b-IND1": "40", "b-864": "100"}
    services.save_fields(application, typed, by=signer_of(application.organisation))
    response = entered(client, application).get(step(application, "budget"))
    html, faults = response.content.decode(), response.context["page"].faults
    places = [fault.url.removeprefix("#") for fault in faults]
    assert places == ["b-601", "b-74dep-state", "b-indirect-rule", asked, other, "b-870", "b-balance"]
    assert all(words_of(html, place) for place in places if place != "b-balance")


def test_budget_without_fault_says_none(client):
    application = full_draft()
    html = entered(client, application).get(step(application, "budget") + "?corriger=1").content.decode()
    assert not [name for name in ("b-601", "b-870", *asked_of(application)) if fault_beside(html, name)]
    assert "_error" not in html


def test_budget_refused_by_another_window_judges_what_was_typed_not_what_stood_there(client):
    """The old text was a fault; the new one is not judged before it is saved."""
    application = full_draft()
    by = signer_of(application.organisation)
    services.save_fields(application, {"b-601": "12O", "b-613": "l5"}, by=by)
    page = entered(client, application).get(step(application, "budget")).context["page"]
    services.save_field(again(application), "b-613", "77", by=by)
    sent = {"b-601": "120", "b-613": "15", "seen": page.marks, "version": "0"}
    response = client.post(step(application, "budget"), sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Dans l’autre fenêtre : « 77 »" in words_of(html, "b-613")
    assert words_of(html, "b-601") == ""


def test_line_that_another_window_emptied_is_not_folded_away(client):
    """It is no line of the saved budget any more: it would wait behind « Ajouter une ligne » with its fault."""
    application = full_draft()
    by = signer_of(application.organisation)
    services.save_field(application, "b-623", "40", by=by)
    page = entered(client, application).get(step(application, "budget")).context["page"]
    services.save_field(again(application), "b-623", "", by=by)
    response = client.post(step(application, "budget"), {"b-623": "55", "seen": page.marks, "version": "0"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Dans l’autre fenêtre : rien" in words_of(html, "b-623")
    assert 'value="55"' in html
