"""Somebody who is nobody yet."""

import pytest

from tests.factories.accounts import UserFactory


@pytest.fixture
def visitor(client):
    """Somebody signed in who is nobody yet."""
    user = UserFactory.create()
    client.force_login(user)
    return user
