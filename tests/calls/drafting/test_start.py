"""A draft begins: by whom, for whom, when."""

import pytest
from django.db import IntegrityError, transaction

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal.selectors import entries_about
from faubourg.partners.enums import MembershipState, Role
from tests.factories.calls import draft, open_call
from tests.factories.partners import MembershipFactory, OrganisationFactory, member
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def test_start_by_a_member_opens_an_empty_draft(django_assert_num_queries):
    call, organisation = open_call(), OrganisationFactory.create()
    person = member(Role.MEMBER, organisation)
    started = services.start(call, organisation, by=person)
    assert (started.state, started.call, started.organisation, started.made_by, started.reference, started.version) == (
        ApplicationState.DRAFT,
        call,
        organisation,
        person.code,
        "",
        0,
    )
    assert [entry.verb for entry in entries_about(started.code)] == ["start"]


@pytest.mark.parametrize("role", [Role.FUNDER, Role.ELECTED, Role.COUNCIL, Role.COMPANY, Role.EDITOR])
def test_start_by_another_role_of_the_organisation_is_refused(role):
    organisation = OrganisationFactory.create()
    with pytest.raises(NotAllowed):
        services.start(open_call(), organisation, by=member(role, organisation))
    assert not Application.objects.exists()


def test_start_by_somebody_of_another_organisation_is_refused():
    with pytest.raises(NotAllowed):
        services.start(open_call(), OrganisationFactory.create(), by=member(Role.SIGNER))


@pytest.mark.parametrize("state", [MembershipState.CLAIMED, MembershipState.REFUSED, MembershipState.ENDED])
def test_start_by_a_voice_that_is_not_confirmed_is_refused(state):
    claim = MembershipFactory.create(role=Role.SIGNER, state=state)
    with pytest.raises(NotAllowed):
        services.start(open_call(), claim.organisation, by=claim.user)


def test_start_before_the_opening_is_refused():
    call, person = open_call(), member(Role.SIGNER)
    organisation = person.memberships.get().organisation
    with clock.at(clock.paris(2026, 11, 1, 8, 59)), pytest.raises(Refusal, match="pas encore ouvert"):
        services.start(call, organisation, by=person)


def test_start_after_the_closing_is_refused():
    call, person = open_call(), member(Role.SIGNER)
    organisation = person.memberships.get().organisation
    with clock.at(call.closes_at), pytest.raises(Refusal, match="L’appel est clos"):
        services.start(call, organisation, by=person)


def test_start_continues_a_project_of_former_years():
    project = ProjectFactory.create(title="Jardin", summary="Un jardin pour tous.")
    person = member(Role.MEMBER, project.organisation)
    begun = services.start(open_call(), project.organisation, project=project, by=person)
    assert (begun.project, begun.title, begun.summary) == (project, "Jardin", "Un jardin pour tous.")


def test_start_continues_no_project_of_another_organisation():
    person = member(Role.SIGNER)
    with pytest.raises(NotAllowed, match="un autre organisme"):
        services.start(open_call(), person.memberships.get().organisation, project=ProjectFactory.create(), by=person)
    assert not Application.objects.exists()


def test_start_continues_a_project_once_in_a_call():
    """One project, one year, one application; the database says so too."""
    call, project = open_call(), ProjectFactory.create()
    person = member(Role.SIGNER, project.organisation)
    first = services.start(call, project.organisation, project=project, by=person)
    with pytest.raises(Refusal, match="déjà un dossier dans cet appel"):
        services.start(call, project.organisation, project=project, by=person)
    other = draft(call, project.organisation, by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=other.pk).update(project=project)
    services.withdraw(first, by=person)
    assert services.start(call, project.organisation, project=project, by=person).project == project
