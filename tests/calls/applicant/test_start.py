"""Beginning an application: for which organisation, in which call, with which project."""

import pytest
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.enums import CallState
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.partners.enums import MembershipState, Role
from faubourg.projects.models import Project
from tests.calls.applicant.ground import at, entered, page_of, step
from tests.factories.calls import CallFactory, full_draft, open_call, signer_of, submitted_application
from tests.factories.partners import MembershipFactory, OrganisationFactory, member
from tests.factories.projects import ProjectFactory, ProjectYearFactory

pytestmark = pytest.mark.django_db


def test_start_begins_a_draft_for_the_only_organisation(client):
    call, person = open_call(), member(Role.MEMBER)
    organisation = person.memberships.get().organisation
    client.force_login(person)
    assert "checked" in page_of(client.get(reverse("calls:apply_start", args=[call.code])))
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"organisation": organisation.code})
    begun = Application.objects.get()
    assert (response.status_code, response.url, begun.organisation) == (302, step(begun, "projet"), organisation)


def test_start_asks_which_of_several_organisations(client):
    call, person = open_call(), member(Role.MEMBER)
    other = MembershipFactory.create(user=person, role=Role.SIGNER).organisation
    client.force_login(person)
    url = reverse("calls:apply_start", args=[call.code])
    assert client.post(url).status_code == 422
    client.post(url, {"organisation": other.code})
    assert Application.objects.get().organisation == other


def test_start_for_an_organisation_of_others_is_refused(client):
    call = open_call()
    client.force_login(member(Role.SIGNER))
    foreign = OrganisationFactory.create()
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"organisation": foreign.code})
    assert response.status_code == 422
    assert "Vous n’écrivez pas pour cet organisme" in page_of(response)
    assert not Application.objects.exists()


def test_start_with_a_claim_that_waits_says_so_and_begins_nothing(client):
    call = open_call()
    claim = MembershipFactory.create(role=Role.SIGNER, state=MembershipState.CLAIMED)
    client.force_login(claim.user)
    url = reverse("calls:apply_start", args=[call.code])
    assert "attend sa réponse" in page_of(client.get(url))
    assert client.post(url, {"organisation": claim.organisation.code}).status_code == 422
    assert not Application.objects.exists()


def test_start_shows_the_drafts_already_begun(client):
    application = full_draft()
    page = page_of(entered(client, application).get(reverse("calls:apply_start", args=[application.call.code])))
    assert "Vous avez déjà un brouillon" in page
    assert at("application", application) in page


def former_project(organisation, *, year: int = 2026, state: str = "notified", **more):
    """A project that this organisation handed in for a call of a former year."""
    application = submitted_application(open_call(year=year), organisation)
    Application.objects.filter(pk=application.pk).update(
        state=state, decided_at=clock.now(), inadmissible_reason="Hors sujet."
    )
    Project.objects.filter(pk=application.project.pk).update(**more)
    return Project.objects.get(pk=application.project.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_start_offers_the_projects_of_former_years(client, django_assert_num_queries, count):
    organisation = OrganisationFactory.create(name="Roue libre 40")
    names = [f"Projet {n}" for n in range(count)]
    for name in names:
        ProjectYearFactory.create(project=former_project(organisation, title=name), year=2026, announced_at=clock.now())
    former_project(OrganisationFactory.create(), title="Celui d’un autre")
    call = open_call()
    client.force_login(signer_of(organisation))
    with django_assert_num_queries(7):  # session, person, call, roles, projects, their years, drafts
        response = client.get(reverse("calls:apply_start", args=[call.code]))
    assert [project.title for project in response.context["projects"]] == names
    page = page_of(response)
    assert "Un nouveau projet" in page
    assert page.count("Continuer ce projet") == count
    assert page.count("soutenu en 2026") == count


def test_start_offers_what_may_be_said_and_is_not_yet_here(client):
    """A decision that nobody has been told shows nowhere; nor does what never lived, or what is carried on already."""
    organisation = OrganisationFactory.create()
    call, person = open_call(), signer_of(organisation)
    secret = former_project(organisation, title="Secret", state="decided")
    ProjectYearFactory.create(project=secret, year=2026)
    for state in ("withdrawn", "inadmissible"):
        former_project(organisation, title=state, state=state)
    former_project(organisation, title="De la même année", year=2027)
    services.start(call, organisation, project=former_project(organisation, title="Déjà repris"), by=person)
    ProjectYearFactory.create(project=ProjectFactory.create(organisation=organisation, title="Annoncé"), year=2027)
    client.force_login(person)
    response = client.get(reverse("calls:apply_start", args=[call.code]))
    assert [(project.title, project.shown_years) for project in response.context["projects"]] == [("Secret", [])]
    assert "soutenu" not in page_of(response)


def test_start_continues_a_project(client):
    organisation = OrganisationFactory.create()
    project, call = former_project(organisation, title="Jardin partagé"), open_call()
    client.force_login(signer_of(organisation))
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"project": project.code})
    begun = Application.objects.get(call=call)
    assert (response.status_code, response.url) == (302, step(begun, "projet"))
    assert (begun.project, begun.title, begun.organisation) == (project, "Jardin partagé", organisation)
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"project": project.code})
    assert response.status_code == 422
    assert "Ce projet ne se continue pas ici" in page_of(response)


def test_start_continues_no_project_of_others(client):
    project, call = former_project(OrganisationFactory.create()), open_call()
    client.force_login(member(Role.SIGNER))
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"project": project.code})
    assert response.status_code == 422
    assert "Ce projet ne se continue pas ici" in page_of(response)
    assert not Application.objects.filter(call=call).exists()


def test_start_of_a_closed_call_says_so(client):
    call, person = open_call(), member(Role.SIGNER)
    client.force_login(person)
    url = reverse("calls:apply_start", args=[call.code])
    with clock.at(call.closes_at):
        assert "L’appel est clos" in page_of(client.get(url))
        code = person.memberships.get().organisation.code
        assert client.post(url, {"organisation": code}).status_code == 422
    assert not Application.objects.exists()


def test_start_of_a_call_that_is_not_public_is_not_there(client):
    call = CallFactory.create(state=CallState.DRAFT)
    client.force_login(member(Role.SIGNER))
    assert client.get(reverse("calls:apply_start", args=[call.code])).status_code == 404
