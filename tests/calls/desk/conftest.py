"""Who is there."""

import pytest

from tests.calls.scene import scene


@pytest.fixture
def made():
    return scene()
