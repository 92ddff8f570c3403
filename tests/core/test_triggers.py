import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from faubourg.core.triggers import Trigger, all_triggers, lifted
from faubourg.journal.models import Entry
from faubourg.journal.services import record

PLANTED = Trigger("planted", ("SELECT 1",), ("SELECT 1",), ("SELECT 2",), ("SELECT 2",))


def test_triggers_of_every_room_are_known():
    assert {trigger.name.split("_")[0] for trigger in all_triggers()} >= {"journal", "funding"}


@pytest.mark.django_db(transaction=True)
def test_triggers_can_be_lifted_and_come_back():
    record("try", "D-1", room="core", by=None)
    with lifted(connection):
        Entry.objects.all().delete()
    record("try", "D-2", room="core", by=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()


def test_a_trigger_is_an_operation_that_migrations_can_hold():
    name, values, more = PLANTED.deconstruct()
    assert (name, values[0], more, PLANTED.describe()) == ("Trigger", "planted", {}, "Trigger planted")


@pytest.mark.django_db(transaction=True)
def test_a_trigger_runs_both_ways():
    with connection.schema_editor() as editor:
        assert PLANTED.state_forwards("core", None) is None
        PLANTED.database_forwards("core", editor, None, None)
        PLANTED.database_backwards("core", editor, None, None)
