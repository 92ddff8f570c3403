import pytest
from django.db import connection

from faubourg.core.triggers import all_triggers, lifted


@pytest.mark.django_db
def test_triggers_of_every_room_are_known():
    assert "journal" in {name.split("_")[0] for name in (t.name for t in all_triggers())}


@pytest.mark.django_db(transaction=True)
def test_triggers_can_be_lifted_and_come_back():
    with lifted(connection):
        pass
    with lifted(connection):
        pass
