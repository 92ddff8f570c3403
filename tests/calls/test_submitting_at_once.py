"""The last minute before the closing: a double click in eight windows, eight associations in the same second."""

import pytest

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState, PaperKind
from faubourg.calls.models import Application, Call, Paper
from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from faubourg.notifications.models import Mail
from faubourg.projects.models import Project
from tests.factories.calls import full_draft, open_call, signer_of
from tests.factories.partners import OrganisationFactory
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def test_one_application_handed_in_eight_times_at_once_leaves_once():
    application = full_draft()
    by = signer_of(application.organisation)

    got = at_once(lambda n: services.submit(application.code, sworn=True, by=by), PEOPLE)

    reference = f"AAP-{application.call.year}-001"
    assert sum(isinstance(one, Application) for one in got) == 1, got
    assert {str(one) for one in got if isinstance(one, Refusal)} == {
        f"Ce dossier est déjà déposé, sous la référence {reference}."
    }
    application.refresh_from_db()
    assert (application.state, application.reference) == (ApplicationState.SUBMITTED, reference)
    assert Call.objects.get(pk=application.call_id).last_rank == 1
    assert Entry.objects.filter(verb="submit").count() == 1
    assert (Project.objects.count(), Paper.objects.filter(kind=PaperKind.RECEIPT).count()) == (1, 1)
    assert Mail.objects.filter(kind="calls.receipt", to=by.email).count() == 1
    assert verify() == []


def test_eight_associations_at_once_get_eight_numbers_in_a_row():
    call = open_call()
    drafts = [full_draft(call, OrganisationFactory.create()) for _ in range(PEOPLE)]
    people = [signer_of(row.organisation) for row in drafts]

    got = at_once(lambda n: services.submit(drafts[n].code, sworn=True, by=people[n]), PEOPLE)

    assert all(isinstance(one, Application) for one in got), got
    assert sorted(Application.objects.values_list("reference", flat=True)) == [
        f"AAP-{call.year}-{number:03d}" for number in range(1, PEOPLE + 1)
    ]
    assert sorted(row.state for row in Application.objects.all()) == [ApplicationState.SUBMITTED] * PEOPLE
    assert Paper.objects.filter(kind=PaperKind.RECEIPT).count() == PEOPLE
    assert verify() == []
