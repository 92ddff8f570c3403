"""The officer writes a call, gives it money, publishes it, shares the opinions, opens the committee."""

from datetime import date, timedelta

import pytest

from faubourg.calls import services
from faubourg.calls.enums import CallState
from faubourg.calls.models import Call
from faubourg.calls.standard import STANDARD_QUESTIONS
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.funding.models import Envelope
from faubourg.journal.models import Entry
from tests.calls.scene import AFTER, everybody, scene
from tests.factories.calls import CallFactory, envelope_of
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory, officer
from tests.factories.territory import GeographyFactory

pytestmark = pytest.mark.django_db


def begin(**more):
    contract = more.pop("contract", None) or ContractFactory.create()
    values = {
        "code": "2028",
        "year": 2028,
        "contract": contract,
        "geography": GeographyFactory.create(),
        "objectives": [ObjectiveFactory.create(contract=contract)],
        "title": "Appel 2028",
        "rules_text": "Le règlement.",
        "opens_at": clock.paris(2027, 11, 1, 9),
        "closes_at": clock.paris(2027, 12, 14, 17),
        "projects_from": date(2028, 1, 1),
        "projects_until": date(2028, 12, 31),
        "contact_email": "contact@exemple.fr",
        **more,
    }
    by = values.pop("by", None) or officer()
    return services.open_call(**values, by=by)


def told_of(call: Call, by) -> list[tuple[str, str, str]]:
    """What the journal says that this person did on the call: the deed, the state before and after."""
    rows = Entry.objects.filter(thing=f"call:{call.code}", actor=by.code).order_by("number")
    return list(rows.values_list("verb", "before", "after"))


def test_open_call_has_the_standard_questions_and_is_journalled():
    by = officer()
    call = begin(by=by)
    keys = list(call.questionnaire.questions.order_by("position").values_list("key", flat=True))
    assert keys == [row["key"] for row in STANDARD_QUESTIONS]
    assert call.state == CallState.DRAFT
    entry = Entry.objects.get(thing="call:2028")
    assert (entry.verb, entry.before, entry.after, entry.actor) == ("open_call", "", "draft", by.code)


def test_open_call_refuses_a_code_in_use_and_writes_nothing():
    CallFactory.create(code="2028")
    with pytest.raises(Refusal, match="sert déjà à un autre appel") as refused:
        begin()
    assert refused.value.field == "code"
    assert Call.objects.count() == 1


def test_open_call_refuses_to_close_before_it_opens():
    with pytest.raises(Refusal, match="après l’ouverture") as refused:
        begin(closes_at=clock.paris(2027, 10, 1))
    assert refused.value.field == "closes_at"


def test_change_call_in_draft_changes_its_words_and_objectives():
    made = begin()
    other = ObjectiveFactory.create(contract=made.contract)
    services.change_call(made, title="Autre titre", objectives=[other], by=officer())
    made.refresh_from_db()
    assert (made.title, list(made.objectives.all())) == ("Autre titre", [other])


def test_change_call_once_published_only_closes_later():
    made = scene()
    later = made.call.closes_at + timedelta(days=7)
    services.change_call(made.call, closes_at=later, contact_email="autre@exemple.fr", by=made.officer)
    made.call.refresh_from_db()
    assert (made.call.closes_at, made.call.contact_email) == (later, "autre@exemple.fr")
    with pytest.raises(Refusal, match="jamais plus tôt"):
        services.change_call(made.call, closes_at=later - timedelta(days=1), by=made.officer)
    with pytest.raises(Refusal, match="son règlement ne change plus"):
        services.change_call(made.call, rules_text="Autre règlement", by=made.officer)
    with pytest.raises(Refusal, match="son règlement ne change plus"):
        services.change_call(made.call, objectives=[], by=made.officer)
    made.call.refresh_from_db()
    assert (made.call.closes_at, made.call.rules_text) == (later, "Le règlement de l’appel.")


def test_add_envelope_makes_the_next_column_and_refuses_the_same_money_twice():
    made = scene()
    funder = OrganisationFactory.create(name="CAF", kind="social_body", siret="")
    given = {"funder": funder, "kind": "ordinary", "short_name": "CAF", "amount_cents": 30_000_00}
    envelope = services.add_envelope(made.call, **given, by=made.officer)
    assert envelope.call_link.position == 2
    assert (envelope.year, envelope.amount_cents) == (2027, 30_000_00)
    with pytest.raises(Refusal, match="déjà une enveloppe de cet appel") as refused:
        services.add_envelope(made.call, **given, by=made.officer)
    assert refused.value.field == "funder"
    services.add_envelope(made.call, **{**given, "kind": "earmarked"}, by=made.officer)
    assert made.call.envelopes.count() == 4


def test_add_envelope_refused_once_the_committee_is_open():
    made = scene()
    made.open_committee()
    with pytest.raises(Refusal, match="Le comité est ouvert"):
        services.add_envelope(
            made.call, funder=made.state.funder, kind="ordinary", short_name="X", amount_cents=1, by=made.officer
        )


def test_remove_envelope_only_before_publication():
    made = scene()
    with pytest.raises(Refusal, match="ses enveloppes restent"):
        services.remove_envelope(made.call, made.state, by=made.officer)
    Call.objects.update(state=CallState.DRAFT)
    services.remove_envelope(made.call, made.state, by=made.officer)
    assert [link.envelope for link in made.call.envelopes.all()] == [made.city]
    assert Envelope.objects.filter(pk=made.state.pk).exists()


def test_publish_names_all_that_is_missing_at_once():
    made = begin(objectives=[], opens_at=clock.paris(2026, 1, 1), closes_at=clock.paris(2026, 2, 1))
    with pytest.raises(Refusals) as refused:
        services.publish(made, by=officer())
    assert [(item.field, item.message) for item in refused.value.items] == [
        ("envelopes", "Ajoutez au moins une enveloppe : sans argent, pas d’appel."),
        ("objectives", "Choisissez au moins un objectif du contrat."),
        ("closes_at", "La clôture est déjà passée."),
    ]
    made.refresh_from_db()
    assert made.state == CallState.DRAFT


def test_publish_once():
    made = begin()
    envelope_of(made)
    by = officer()
    assert services.publish(made, by=by).state == CallState.PUBLISHED
    with pytest.raises(Refusal, match="Impossible de publier cet appel"):
        services.publish(made, by=by)
    assert told_of(made, by) == [("publish", "draft", "published")]


def test_share_opinions_once():
    made = scene()
    with clock.at(AFTER):
        services.share_opinions(made.call, by=made.officer)
        with pytest.raises(Refusal, match="déjà partagés"):
            services.share_opinions(made.call, by=made.officer)
    made.call.refresh_from_db()
    assert made.call.opinions_shared_at == AFTER
    assert told_of(made.call, made.officer) == [("share_opinions", "published", "published")]


def test_share_opinions_waits_for_the_closing():
    """An application that comes after the sharing would be read by people who know the others' opinions (R-INS-01)."""
    made = scene()
    with clock.at(made.call.closes_at - timedelta(seconds=1)), pytest.raises(Refusal, match="L’appel n’est pas clos"):
        services.share_opinions(made.call, by=made.officer)
    with clock.at(made.call.closes_at):
        services.share_opinions(made.call, by=made.officer)


def test_share_opinions_of_a_published_call_only():
    with pytest.raises(Refusal, match="pas encore publié"):
        services.share_opinions(begin(), by=officer())


def test_open_committee_waits_for_closing_and_sharing():
    made = scene()
    with pytest.raises(Refusal, match="reçoit encore des dossiers"):
        services.open_committee(made.call, by=made.officer)
    with clock.at(AFTER):
        with pytest.raises(Refusal, match="Partagez d’abord les avis"):
            services.open_committee(made.call, by=made.officer)
        services.share_opinions(made.call, by=made.officer)
        assert services.open_committee(made.call, by=made.officer).state == CallState.COMMITTEE
        with pytest.raises(Refusal, match="Impossible d"):
            services.open_committee(made.call, by=made.officer)
    assert told_of(made.call, made.officer) == [
        ("share_opinions", "published", "published"), ("open_committee", "published", "committee"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["funder", "elected", "signer", "member", "council", "company", "resident"])
def test_the_call_is_the_officers_alone(role):
    made = scene()
    by = everybody(made)[role]
    deeds = [
        lambda: begin(by=by, code="2029"),
        lambda: services.change_call(made.call, contact_email="x@exemple.fr", by=by),
        lambda: services.add_envelope(
            made.call, funder=made.state.funder, kind="ordinary", short_name="X", amount_cents=1, by=by
        ),
        lambda: services.remove_envelope(made.call, made.state, by=by),
        lambda: services.publish(made.call, by=by),
        lambda: services.share_opinions(made.call, by=by),
        lambda: services.open_committee(made.call, by=by),
        lambda: services.prepare_letters(made.call, by=by),
        lambda: services.notify([], by=by),
        lambda: services.announce(made.call, by=by),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert Call.objects.count() == 1


def test_a_call_in_committee_closes_no_later():
    """Else its page says « terminé le » with a day that is still to come, and nothing can be submitted."""
    made = scene()
    made.open_committee()
    with pytest.raises(Refusal, match="sa clôture ne change plus"):
        services.change_call(made.call, closes_at=made.call.closes_at + timedelta(days=9), by=made.officer)
    services.change_call(made.call, closes_at=made.call.closes_at, contact_email="autre@exemple.fr", by=made.officer)
