"""The list of one's applications: what waits for us first, nothing of others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from faubourg.calls import services
from faubourg.core import clock
from faubourg.partners.enums import Role
from tests.calls.applicant.ground import entered, page_of
from tests.factories.accounts import UserFactory
from tests.factories.calls import draft, open_call, signer_of, submitted_application
from tests.factories.partners import OrganisationFactory, member, officer

pytestmark = pytest.mark.django_db


def test_mine_of_somebody_without_organisation_leads_to_one(client):
    client.force_login(UserFactory.create())
    page = page_of(client.get(reverse("calls:mine")))
    assert "Vous n’écrivez encore pour aucun organisme" in page
    assert reverse("partners:find") in page


def test_mine_without_demand_shows_the_open_calls(client):
    call = open_call()
    client.force_login(member(Role.MEMBER))
    page = page_of(client.get(reverse("calls:mine")))
    assert "Aucune demande pour l’instant" in page
    assert reverse("calls:apply_start", args=[call.code]) in page


def test_mine_puts_what_waits_for_us_first(client):
    application = submitted_application()
    begun = draft(application.call, application.organisation)
    asked = submitted_application(application.call, application.organisation)
    services.ask_for_piece(asked, text="Le RIB", due_on=clock.today() + timedelta(5), by=officer())
    response = entered(client, application).get(reverse("calls:mine"))
    assert [row.application for row in response.context["ours"]] == [asked, begun]
    assert [row.application for row in response.context["others"]] == [application]


def test_mine_shows_nothing_of_others(client):
    submitted_application()
    client.force_login(member(Role.SIGNER))
    response = client.get(reverse("calls:mine"))
    assert (response.context["ours"], response.context["others"]) == ([], [])


@pytest.mark.parametrize("count", [1, 3])
def test_mine_asks_the_same_whatever_the_number(client, count, django_assert_num_queries):
    call, organisation = open_call(), OrganisationFactory.create()
    for _ in range(count):
        submitted_application(call, organisation)
    client.force_login(signer_of(organisation))
    with django_assert_num_queries(6):
        client.get(reverse("calls:mine"))
