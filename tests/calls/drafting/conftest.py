"""A draft and somebody who may sign it."""

import pytest

from tests.factories.calls import draft, signer_of


@pytest.fixture
def application():
    return draft()


@pytest.fixture
def signer(application):
    return signer_of(application.organisation)
