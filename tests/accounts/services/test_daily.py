"""What the daily run sweeps."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from faubourg.accounts import services
from faubourg.accounts.models import SignInLink
from faubourg.core import clock
from faubourg.core.clock import paris
from tests.accounts.services.ground import NOW
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_sweep_forgets_links_a_week_after_their_end():
    user = UserFactory()
    for days, minutes in ((8, 30), (7, 0), (0, 30)):
        with clock.at(NOW - timedelta(days=days)):
            services.mint_link(user, minutes=minutes or 30)
    assert services.sweep_links() == 1
    assert SignInLink.objects.count() == 2
    assert str(SignInLink.objects.latest("made_at")).endswith("2026-11-23")


def test_sweep_forgets_sessions_that_are_over():
    Session.objects.create(session_key="old", session_data="x", expire_date=NOW - timedelta(days=400))
    Session.objects.create(session_key="new", session_data="x", expire_date=paris(2099, 1, 1))
    assert services.sweep_sessions() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
