"""What an application asks in all is the sum of its lines, whoever writes: raw SQL, no service."""

import pytest
from django.db import connection, transaction

from faubourg.calls.models import Application, FundingLine
from tests.calls.scene import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return scene().admitted(euros=3_000)


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def asked(application):
    return Application.objects.values_list("asked_cents", flat=True).get(pk=application.pk)


def test_the_sum_follows_every_line(application):
    assert asked(application) == 6_000_00
    line = application.lines.first()
    run("UPDATE calls_fundingline SET asked_cents = 100 WHERE id = %s", line.pk)
    assert asked(application) == 3_001_00
    FundingLine.objects.filter(pk=line.pk).delete()
    assert asked(application) == 3_000_00
    FundingLine.objects.bulk_create([FundingLine(application=application, envelope=line.envelope, asked_cents=7)])
    assert asked(application) == 3_000_07


def test_another_figure_has_no_effect(application):
    run("UPDATE calls_application SET asked_cents = 1 WHERE id = %s", application.pk)
    assert asked(application) == 6_000_00
    application.asked_cents = 5
    application.save()
    assert asked(application) == 6_000_00
