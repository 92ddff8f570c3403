"""The applicant's pages, as their tests go about in them."""

import re

from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.models import Application
from faubourg.core import clock
from tests.factories.calls import admitted_application, signer_of
from tests.factories.partners import officer


def at(name: str, application: Application, *more: str) -> str:
    return reverse(f"calls:{name}", args=[application.code, *more])


def step(application: Application, slug: str) -> str:
    return at("edit", application, slug)


def entered(client, application: Application):
    """The client, signed in as a signer of the application's organisation."""
    client.force_login(signer_of(application.organisation))
    return client


def page_of(response) -> str:
    return re.sub(r"[ \t\n]+", " ", response.content.decode())


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def real_queries(captured: CaptureQueriesContext) -> int:
    """Reads and writes; BEGIN and SAVEPOINT go to no table."""
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in captured)


def decided(amount: int, *, told: bool) -> Application:
    run_by = officer()
    application = admitted_application(officer=run_by)
    with clock.at(clock.paris(2027, 2, 10, 14)):
        services.share_opinions(application.call, by=run_by)
        services.open_committee(application.call, by=run_by)
        for line in application.lines.all():
            services.decide(line, amount, by=run_by)
        services.prepare_letters(application.call, by=run_by)
        if told:
            services.notify([again(application)], by=run_by)
    return again(application)
