"""What the database itself promises, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from faubourg.calls.models import Application, Call, FundingLine, InformationRequest, Opinion, Proposal
from faubourg.core import clock
from tests.calls.scene import line, scene
from tests.factories.calls import draft
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def refused(name, deed):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        deed()


@pytest.fixture
def made():
    return scene()


def test_a_calls_promises(made):
    rows = Call.objects.filter(pk=made.call.pk)
    refused("calls_closes_after_opening", lambda: rows.update(closes_at=made.call.opens_at))
    refused("calls_project_period", lambda: rows.update(projects_until=date(2020, 1, 1)))
    refused("calls_announced_dated", lambda: rows.update(state="announced"))


def test_an_applications_promises(made):
    application = draft(made.call, OrganisationFactory.create())
    rows = Application.objects.filter(pk=application.pk)
    refused("calls_submitted_is_sworn_and_referenced", lambda: rows.update(state="submitted"))
    refused("calls_application_dates", lambda: rows.update(starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 1)))
    admitted = made.admitted()
    refused(
        "calls_inadmissible_has_reason",
        lambda: Application.objects.filter(pk=admitted.pk).update(state="inadmissible"),
    )
    other = made.admitted()
    refused(
        "calls_one_reference|calls_application.call_id, calls_application.reference",
        lambda: Application.objects.filter(pk=other.pk).update(reference=admitted.reference),
    )


def test_a_lines_promises(made):
    application = made.admitted()
    rows = FundingLine.objects.filter(pk=line(application, made.state).pk)
    refused("calls_asked_not_negative", lambda: rows.update(asked_cents=-1))
    for change in ({"decided_cents": 100}, {"decided_cents": 0}, {"decided_cents": 5, "decided_at": clock.now()}):
        refused("calls_decided_goes_with_commitment", lambda change=change: rows.update(**change))
    refused(
        "calls_one_line_an_envelope|calls_fundingline.application_id",
        lambda: FundingLine.objects.create(application=application, envelope=made.state, asked_cents=1),
    )


def test_an_opinions_promises(made):
    application = made.admitted()
    made.opine(application, by=made.funder)
    rows = Opinion.objects.all()
    refused("calls_opinion_gives_its_reason", lambda: rows.update(verdict="reserved"))
    refused("calls_proposed_not_negative", lambda: Proposal.objects.update(proposed_cents=-1))
    refused(
        "calls_one_opinion_a_funder|calls_opinion.application_id",
        lambda: Opinion.objects.create(
            application=application,
            funder=made.state.funder,
            verdict="favourable",
            author="U-X",
            written_at=clock.now(),
        ),
    )


def test_one_open_request_at_a_time(made):
    application = made.admitted()
    given = {
        "application": application,
        "text": "Une pièce",
        "due_on": date(2027, 1, 1),
        "asked_at": clock.now(),
        "asked_by": "U-X",
    }
    InformationRequest.objects.create(**given, answered_at=clock.now())
    InformationRequest.objects.create(**given)
    refused("calls_one_open_request|calls_informationrequest", lambda: InformationRequest.objects.create(**given))


def test_the_names_of_things(made):
    application = made.admitted()
    made.opine(application, by=made.funder)
    cell = line(application, made.state)
    assert str(application) == application.reference
    assert str(draft(made.call, OrganisationFactory.create())).startswith("D-")
    assert str(cell) == f"{application.pk}/{made.state.pk}"
    assert str(cell.proposal) == str(cell.pk)
    assert str(Opinion.objects.get()) == f"{application.pk}/{made.state.funder.pk}"
    assert str(made.call.envelopes.first()) == f"{made.call.pk}/{made.state.pk}"
    assert str(application.pieces.get()) == f"{application.pk}/statuts"
