"""The tables and the services are one: from every state every move does what the table says, or nothing at all."""

import random
from datetime import date

import pytest
from django.utils import timezone

from faubourg.calls import services, workflow
from faubourg.calls.enums import ApplicationState as A
from faubourg.calls.enums import CallState
from faubourg.calls.models import Application, Call
from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from tests.calls.scene import AFTER, Scene, line, money_is_whole, scene
from tests.factories.calls import full_draft, signer_of

pytestmark = pytest.mark.django_db
STATES = list(A.values)


def deeds(made: Scene, application: Application):
    """One service for each move of the table."""
    signer = signer_of(application.organisation)
    return {
        "submit": lambda: services.submit(application, sworn=True, by=signer),
        "ask_for_piece": lambda: services.ask_for_piece(
            application, text="Les comptes.", due_on=date(2027, 12, 1), by=made.officer
        ),
        "answer_request": lambda: services.answer_request(application, answer="Les voici.", by=signer),
        "admit": lambda: services.admit(application, by=made.officer),
        "reject": lambda: services.reject(application, reason="Hors du règlement.", by=made.officer),
        "close_decision": lambda: services.close_decision(application, by=made.officer),
        "reopen_decision": lambda: services.reopen_decision(application, by=made.officer),
        "notify": lambda: services.notify([application], by=made.officer),
        "withdraw": lambda: services.withdraw(application, by=signer),
    }


def test_every_move_has_its_service():
    made = scene()
    assert set(deeds(made, full_draft(made.call))) == {move.name for move in workflow.APPLICATION.moves}
    for move in (*workflow.APPLICATION.moves, *workflow.CALL.moves):
        assert callable(getattr(services, move.name))


def put_in(made: Scene, application: Application, state: str) -> None:
    """The application in this state, with what that state needs around it."""
    now = clock.now()
    sworn = {} if state == A.DRAFT else {"submitted_at": now, "sworn_at": now, "sworn_by": "U-X", "reference": "R-1"}
    Application.objects.filter(pk=application.pk).update(state=state, inadmissible_reason="Hors règlement.", **sworn)
    if state == A.INFO_REQUESTED:
        application.requests.create(text="Les comptes.", due_on=date(2027, 1, 1), asked_at=now, asked_by="U-X")
    if state in (A.ADMISSIBLE, A.DECIDED):
        application.lines.update(decided_cents=0, decided_at=now)
    if state == A.DECIDED:
        services.prepare_letters(made.call, by=made.officer)


@pytest.mark.parametrize("move", [move.name for move in workflow.APPLICATION.moves])
@pytest.mark.parametrize("state", STATES)
def test_a_move_from_a_state_is_the_tables_or_nothing(state, move):
    made = scene()
    application = full_draft(made.call)
    put_in(made, application, state)
    application = Application.objects.get(pk=application.pk)
    before, entries = (application.state, application.version), Entry.objects.count()
    deed = deeds(made, application)[move]
    if workflow.APPLICATION.may(move, state):
        deed()
        application.refresh_from_db()
        assert application.state == workflow.APPLICATION.move(move).target
        assert Entry.objects.filter(verb=move, thing=application.code, before=state).count() == 1
    else:
        with pytest.raises(Refusal):
            deed()
        application.refresh_from_db()
        assert ((application.state, application.version), Entry.objects.count()) == (before, entries)


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_at_random_keeps_every_promise(seed):
    """Whatever people do in whatever order, states follow the table and the money is whole to the cent."""
    chance = random.Random(seed)
    made = scene(state_euros=5_000, city_euros=4_000)
    applications = [made.admitted(euros=3_000) for _ in range(3)]
    made.open_committee()
    for _ in range(25):
        application = Application.objects.get(pk=chance.choice(applications).pk)
        before = application.state
        chosen = chance.choice(["decide", "decide", "decide", "letters", *deeds(made, application)])
        try:
            with clock.at(AFTER):
                if chosen == "decide":
                    cell = line(application, chance.choice([made.state, made.city]))
                    services.decide(cell, chance.choice([None, 0, 1_000_00, 3_000_00]), by=made.officer)
                elif chosen == "letters":
                    services.prepare_letters(made.call, by=made.officer)
                else:
                    deeds(made, application)[chosen]()
        except Refusal:
            assert Application.objects.get(pk=application.pk).state == before
        money_is_whole()
        for row in Application.objects.order_by("pk"):
            open_cells = row.lines.filter(decided_cents__isnull=True).exists()
            assert row.state not in (A.DECIDED, A.NOTIFIED) or not open_cells
            assert row.state != A.WITHDRAWN or not row.lines.filter(decided_cents__isnull=False).exists()


@pytest.mark.parametrize("state", CallState.values)
@pytest.mark.parametrize("move", [move.name for move in workflow.CALL.moves])
def test_a_call_moves_as_its_table_says(state, move):
    made = scene()
    Call.objects.update(state=state, opinions_shared_at=timezone.now(), announced_at=timezone.now())
    call = Call.objects.get()
    deed = getattr(services, move)
    with clock.at(made.call.closes_at if move != "publish" else clock.now()):
        if workflow.CALL.may(move, state):
            assert deed(call, by=made.officer).state == workflow.CALL.move(move).target
        else:
            with pytest.raises(Refusal):
                deed(call, by=made.officer)
            call.refresh_from_db()
            assert call.state == state
