"""The example world is whole, true to its sources, and says what it invents."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Sum
from django.test import TestCase
from django.test.utils import override_settings

from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Application, Call, FundingLine
from faubourg.core import clock
from faubourg.demo import services
from faubourg.demo.cast import PEOPLE
from faubourg.funding.models import Envelope
from faubourg.journal.services import verify
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.partners.models import Contract, Organisation
from faubourg.projects.models import Project, ProjectYear, Result
from faubourg.territory.models import KeyFigure, Municipality, Neighbourhood

TODAY = clock.paris(2026, 11, 23, 10)


@override_settings(DEMO=True)
class TestWorld(TestCase):
    """One world for all these readings."""

    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(TODAY):
            services.build_world()

    def test_territory_is_the_official_one(self):
        assert Municipality.objects.count() == 20
        places = Neighbourhood.objects.filter(geography__code="2024").order_by("code")
        assert [(p.code, p.name, str(p.area_ha), p.previous.code) for p in places] == [
            ("QN04001M", "Le Sablar", "25.5", "QP040001"),
            ("QN04002I", "Cuyès", "23.3", "QP040002"),
            ("QN04003I", "Le Gond", "28.0", "QP040003"),
        ]
        people = KeyFigure.objects.filter(indicator="population", edition=2022).aggregate(sum=Sum("value"))
        assert people["sum"] == 3802
        assert not KeyFigure.objects.filter(source="").exists()

    def test_history_counts_sixty_four_projects(self):
        years = ProjectYear.objects.filter(objectives__contract__code="contrat-2015").distinct()
        assert years.count() == 64
        assert set(years.values_list("year", flat=True)) == {2016, 2017, 2018, 2019}
        invented = Project.objects.filter(years__in=years, is_example=True)
        assert all("(exemple)" in project.title for project in invented)
        assert Project.objects.filter(years__in=years, is_example=False).count() == 39

    def test_results_are_dated_and_sourced(self):
        assert not Result.objects.filter(source="").exists()
        assert not Result.objects.filter(measured="").exists()
        facts = {(r.project_year.project.title, int(r.value), r.unit) for r in Result.objects.all()}
        assert ("Plateforme locale de demandes de stage", 18, "stages") in facts
        found = Result.objects.get(unit="diplômés")
        assert (found.text, found.measured, found.is_headline) == (
            "sur neuf stagiaires ; sept ont continué à se former",
            "2018",
            True,
        )
        assert ("Programme de réussite éducative", 30, "enfants") in facts
        assert ("Pacte avec les quartiers pour toutes les entreprises", 45, "entreprises") in facts

    def test_contract_of_2015_ran_to_2023_and_keeps_the_names_of_its_time(self):
        contract = Contract.objects.get(code="contrat-2015")
        assert (contract.ends_on.isoformat(), contract.is_example) == ("2023-12-31", False)
        then = dict(contract.signatures.values_list("organisation__name", "name_then"))
        assert then["France Travail"] == "Pôle emploi"

    def test_invented_things_say_so(self):
        assert Contract.objects.get(code="contrat-exemple").is_example
        assert set(Organisation.objects.filter(rna__startswith="W0EX").values_list("is_example", flat=True)) == {True}
        assert not Project.objects.filter(organisation__is_example=True, is_example=False).exists()

    def test_open_call_closes_twenty_one_days_after_installation(self):
        call = Call.objects.get(code="2027")
        assert call.state == CallState.PUBLISHED
        assert clock.today() + timedelta(days=21) == call.closes_at.astimezone(clock.PARIS).date()
        assert call.opens_at < TODAY < call.closes_at

    def test_last_call_is_in_committee_with_cells_to_decide(self):
        call = Call.objects.get(state=CallState.COMMITTEE)
        lines = FundingLine.objects.filter(application__call=call, application__state="admissible")
        assert lines.filter(decided_cents__isnull=True).exists()
        assert FundingLine.objects.filter(application__call=call, decided_cents__gt=0).exists()

    def test_common_envelope_is_the_one_of_the_page(self):
        common = Envelope.objects.filter(call_link__call__code="2027", kind="earmarked")
        assert common.aggregate(sum=Sum("amount_cents"))["sum"] == 170_000_00

    def test_every_state_has_several_applications(self):
        states = Counter(Application.objects.values_list("state", flat=True))
        rare = {state for state in ApplicationState if states[state] < 2}
        assert rare == set()

    def test_every_role_has_its_account(self):
        roles = {p.role for p in PEOPLE if p.shown}
        links = services.sign_in_links("http://x")
        assert len(links) == len([p for p in PEOPLE if p.shown])
        assert {None, "officer", "funder", "elected", "signer", "member", "council", "company", "editor"} == roles
        assert all(url.startswith("http://x/entrer/") for _, _, url in links)

    def test_money_adds_up_to_the_cent(self):
        for envelope in Envelope.objects.annotate(n=Count("lines")):
            decided = envelope.lines.aggregate(sum=Sum("decided_cents"))["sum"] or 0
            assert decided == envelope.committed_cents

    def test_nobody_real_is_written_to(self):
        assert not Mail.objects.exclude(to__endswith="@exemple.fr").exists()
        assert not Mail.objects.filter(state=MailState.HELD).exists()

    def test_journal_is_whole(self):
        assert verify() == []
        assert services.world_is_ready()


@pytest.mark.django_db
def test_world_is_the_same_on_every_machine():
    """Two buildings, the first thrown away: the same codes in the same order."""
    first = codes_of_a_world_thrown_away()
    assert first == codes_of_a_world_thrown_away()
    assert len(first) == len(set(first)) > 100


def codes_of_a_world_thrown_away() -> list[str]:
    with clock.at(TODAY), transaction.atomic():
        services.build_world()
        codes = [*Application.objects.order_by("pk").values_list("code", flat=True)]
        codes += Project.objects.order_by("pk").values_list("code", flat=True)
        codes += Organisation.objects.order_by("pk").values_list("code", flat=True)
        transaction.set_rollback(True)
    return codes


@pytest.mark.django_db
def test_nobody_enters_by_example_where_there_is_no_world(client):
    assert services.link_for("nadege.lesca@exemple.fr") is None
    assert client.post("/exemple/entrer/", {"email": "nadege.lesca@exemple.fr"}).status_code == 404
