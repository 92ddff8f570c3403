"""The desk's pages of a call: who comes in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.calls.desk.ground import browser, pages, text, url
from tests.calls.scene import everybody
from tests.factories.calls import CallFactory, draft, envelope_of
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_every_page_knows_its_people(made):
    application = made.admitted()
    people = everybody(made, application)
    answers = {}
    for (method, address), expected in pages(made, application).items():
        for name, person in people.items():
            data = {"funder": made.state.funder.code} if method == "post" else {}
            status = getattr(browser(person), method)(address, data).status_code
            if (status != 403) != (name in expected):
                answers[method, address, name] = status
        nobody = getattr(Client(), method)(address)
        if (nobody.status_code, nobody.url.startswith(reverse("accounts:sign_in"))) != (302, True):
            answers[method, address, "nobody"] = nobody.status_code
    assert answers == {}


def test_acts_take_a_post_only(made):
    application = made.admitted()
    client = browser(made.officer)
    for method, address in pages(made, application):
        if method == "post" and ("get", address) not in pages(made, application):
            assert client.get(address).status_code == 405, address


def test_unknown_codes_are_not_found(made):
    client = browser(made.officer)
    application = made.admitted()
    mine = draft(made.call, OrganisationFactory.create())
    other = envelope_of(CallFactory.create())
    for address in (
        url("call_edit", "rien"),
        url("desk_list", "rien"),
        url("committee", "rien"),
        url("desk_application", "D-RIEN"),
        url("desk_application", mine.code),
        url("decide", made.call.code, application.code, other.code),
        url("decide", made.call.code, mine.code, made.state.code),
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(url("envelope_resize", made.call.code, other.code)).status_code == 404


def test_a_call_in_preparation_is_not_found_by_others(made):
    hidden = CallFactory.create(state="draft")
    assert browser(made.officer).get(url("call_edit", hidden.code)).status_code == 200
    for person in (made.funder, made.elected):
        assert browser(person).get(url("call_edit", hidden.code)).status_code == 404
        assert hidden.code not in text(browser(person).get(url("desk_calls")))
