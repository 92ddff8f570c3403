from datetime import date

import pytest

from faubourg.calls.enums import CallState
from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.website.standing import next_days, path_of, standing

CLOSED = "Le dépôt s’est terminé le lundi 14 décembre 2026 à 17 h 00."
OPENS, CLOSES = clock.paris(2026, 11, 1, 9), clock.paris(2026, 12, 14, 17)


def call(state=CallState.PUBLISHED, **more):
    return Call(
        **{
            "code": "2027", "title": "Appel 2027", "state": state, "opens_at": OPENS, "closes_at": CLOSES,
            "committee_on": date(2027, 2, 10), **more,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "key", "sentence"),
    [
        (
            clock.paris(2026, 10, 31),
            "soon",
            "Les dossiers se déposent à partir du dimanche 1ᵉʳ novembre 2026 à 9 h 00.",
        ),
        (OPENS, "open", "Les dossiers se déposent jusqu’au lundi 14 décembre 2026 à 17 h 00."),
        (
            CLOSES,
            "closed",
            f"{CLOSED} Le comité décide le mercredi 10 février 2027.",
        ),
        (
            clock.paris(2027, 2, 11),
            "closed",
            f"{CLOSED} Chaque organisme reçoit sa réponse avant la publication des résultats.",
        ),
    ],
)
def test_a_published_call_stands_by_its_hours(now, key, sentence):
    with clock.at(now):
        said = standing(call())
    assert (said.key, said.sentence.replace("\u202f", " ")) == (key, sentence)


def test_a_call_in_committee_and_an_announced_one():
    with clock.at(clock.paris(2027, 2, 1)):
        assert standing(call(CallState.COMMITTEE)).key == "committee"
        over = call(CallState.ANNOUNCED, announced_at=clock.paris(2027, 3, 1, 12))
        assert standing(over).sentence == "Résultats publiés le lundi 1ᵉʳ mars 2027."


def test_the_diary_holds_what_comes_alone():
    calls = [call(), call(opens_at=clock.paris(2026, 12, 1), title="Bis", committee_on=None)]
    calls.append(call(CallState.ANNOUNCED, committee_on=date(2027, 1, 1)))
    assert [(one.day.isoformat(), one.title) for one in next_days(calls)] == [
        ("2026-12-01", "Ouverture : Bis"),
        ("2026-12-14", "Clôture : Appel 2027"),
        ("2026-12-14", "Clôture : Bis"),
        ("2027-02-10", "Comité de pilotage : Appel 2027"),
    ]
    with clock.at(clock.paris(2027, 2, 11)):
        assert next_days([call()]) == []


def test_the_path_follows_the_call():
    def states(one, now):
        with clock.at(now):
            return [state for state, _, _ in path_of(one)]

    assert states(call(), clock.paris(2026, 10, 1)) == ["todo", "todo", "todo", "todo"]
    assert states(call(), OPENS) == ["done", "now", "todo", "todo"]
    assert states(call(committee_on=None), CLOSES) == ["done", "done", "now", "todo"]
    over = call(CallState.ANNOUNCED, announced_at=CLOSES)
    assert states(over, clock.paris(2027, 4, 1)) == ["done", "done", "done", "done"]
