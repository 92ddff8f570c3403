"""Who finds what: every role x every thing, in one table. What is not told here is found by nobody."""

import pytest

from faubourg.calls import services as calls
from faubourg.core import clock
from faubourg.partners import services as partners
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.projects.selectors import project_by_code
from faubourg.search import services
from faubourg.search.models import Listing
from faubourg.search.selectors import find
from tests.factories.accounts import UserFactory
from tests.factories.calls import (
    CallFactory,
    a_file,
    admitted_application,
    envelope_of,
    full_draft,
    submitted_application,
)
from tests.factories.partners import OrganisationFactory, member, officer
from tests.factories.projects import ProjectFactory, ProjectYearFactory

pytestmark = pytest.mark.django_db

EVERYBODY = "public call, public project"
TABLE = {
    "nobody": EVERYBODY,
    "resident": EVERYBODY,
    "claimed": EVERYBODY,
    "officer": f"{EVERYBODY}, received, received elsewhere, decided, prepared call, desk call, club, other club",
    "funder": f"{EVERYBODY}, received, received elsewhere, decided, desk call",
    "elected": f"{EVERYBODY}, desk call",
    "signer": f"{EVERYBODY}, own draft, own received, own decided, club",
    "member": f"{EVERYBODY}, own draft, own received, own decided, club",
    "gone": EVERYBODY,
    "council": EVERYBODY,
    "company": EVERYBODY,
    "stranger": f"{EVERYBODY}, own received elsewhere, other club",
}


def titled(application, title):
    """Every thing of this test has the word « Boussole »."""
    type(application).objects.filter(pk=application.pk).update(title=title)
    return type(application).objects.get(pk=application.pk)


@pytest.fixture
def people():
    boss = officer()
    club, other = OrganisationFactory.create(name="Boussole club"), OrganisationFactory.create(name="Boussole autre")
    call = CallFactory.create(code="2027", title="Boussole publiée")
    funder = envelope_of(call, "État").funder
    CallFactory.create(code="2028", title="Boussole préparée", state="draft")
    titled(full_draft(call, club), "Boussole brouillon")
    titled(submitted_application(call, club), "Boussole déposée")
    titled(submitted_application(call, other), "Boussole ailleurs")
    gone = titled(submitted_application(call, club), "Boussole retirée")
    calls.withdraw(gone, by=gone.organisation.memberships.get(role=Role.SIGNER).user)
    _decided(titled(admitted_application(_second(), club, officer=boss), "Boussole décidée"), boss)
    project = ProjectFactory.create(title="Boussole financée")
    ProjectYearFactory.create(project=project, year=2020, announced_at=clock.now())
    ProjectYearFactory.create(project=ProjectFactory.create(title="Boussole tue"), announced_at=None)
    ProjectYearFactory.create(project=project, year=2031, announced_at=None)
    services.rebuild()
    member_gone = member(Role.SIGNER, club)
    partners.end(member_gone.memberships.get(), by=boss)
    newcomer = UserFactory.create()
    claim(club, newcomer)
    return {
        "nobody": None, "resident": UserFactory.create(), "claimed": newcomer, "officer": boss, "gone": member_gone,
        "funder": member(Role.FUNDER, funder), "elected": member(Role.ELECTED, boss.memberships.get().organisation),
        "signer": member(Role.SIGNER, club), "member": member(Role.MEMBER, club),
        "council": member(Role.COUNCIL, OrganisationFactory.create(kind=OrganisationKind.COUNCIL)),
        "company": member(Role.COMPANY, OrganisationFactory.create(kind=OrganisationKind.COMPANY)),
        "stranger": member(Role.SIGNER, other),
    }  # fmt: skip


def claim(club, newcomer):
    partners.claim(club, role=Role.MEMBER, title="bénévole", proof=a_file(), by=newcomer)


def _second():
    call = CallFactory.create(code="2026", title="Un autre appel")
    envelope_of(call, "Ville")
    return call


def _decided(application, boss):
    with clock.at(clock.paris(2027, 2, 10, 10)):
        calls.share_opinions(application.call, by=boss)
        calls.open_committee(application.call, by=boss)
        calls.decide(application.lines.get(), 100_000, by=boss)


NAMES = {
    ("call", "Boussole publiée"): "public call",
    ("project", "Boussole financée"): "public project",
    ("desk_call", "Boussole publiée"): "desk call",
    ("desk_call", "Boussole préparée"): "prepared call",
    ("own_application", "Boussole brouillon"): "own draft",
    ("own_application", "Boussole déposée"): "own received",
    ("own_application", "Boussole décidée"): "own decided",
    ("own_application", "Boussole ailleurs"): "own received elsewhere",
    ("application", "Boussole déposée"): "received",
    ("application", "Boussole ailleurs"): "received elsewhere",
    ("application", "Boussole décidée"): "decided",
    ("organisation", "Boussole club"): "club",
    ("organisation", "Boussole autre"): "other club",
}


def test_everybody_finds_what_is_theirs_and_can_open_it(people, client):
    found, closed = {}, []
    for role, user in people.items():
        # by its title: an organisation's name stands under its applications too
        kinds = [kind for kind, _, _ in find("boussole", user).kinds]
        hits = [(kind, hit) for kind in kinds for hit in find("boussole", user, kind=kind).hits]
        found[role] = {NAMES.get((kind, hit.title), f"{kind}: {hit.title}") for kind, hit in hits}
        client.logout()
        if user is not None:
            client.force_login(user)
        closed += [(role, hit.url) for _, hit in hits if client.get(hit.url).status_code != 200]
    assert found == {role: set(things.split(", ")) for role, things in TABLE.items()}
    assert closed == []


def test_what_is_not_announced_does_not_even_move_the_order(people):
    row = Listing.objects.get(kind="project")
    assert (row.position, project_by_code(row.thing).title) == (2020, "Boussole financée")
