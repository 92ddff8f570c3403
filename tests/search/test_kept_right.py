"""After every service the index is what a rebuild would make of it: told by the whole story of a call."""

from datetime import date

import pytest

from faubourg.calls import services as calls
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.core.cards import load, searched
from faubourg.demo.services import build_world
from faubourg.partners import services as partners
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.search import services
from faubourg.search.models import Listing
from faubourg.search.selectors import differences, find, sources
from faubourg.territory import services as territory
from tests.calls.scene import AFTER
from tests.factories.accounts import UserFactory
from tests.factories.calls import a_file, full_fields
from tests.factories.partners import member, officer

pytestmark = pytest.mark.django_db


def wrong() -> dict[str, tuple[list, list]]:
    """What the index has wrong, by source; the site's own pages are nobody's deed."""
    found = {source: differences(kinds, load(source)()) for source, kinds in sources().items() if kinds != ["page"]}
    return {source: both for source, both in found.items() if both != ([], [])}


def told(thing: str) -> dict[str, tuple[str, str]]:
    return {row.kind: (row.title, row.scope) for row in Listing.objects.filter(thing=thing).order_by("pk")}


def test_the_example_world_is_indexed_by_its_services(monkeypatch):
    monkeypatch.setattr(services, "rebuild", lambda: 0)
    build_world()
    assert wrong() == {}
    assert set(Listing.objects.values_list("kind", flat=True)) == {one.kind for one in searched()} - {"page"}


def a_town(boss):
    """A commune, a neighbourhood, a contract and its objective: what a call needs."""
    dax = territory.add_municipality(insee="40088", name="Dax", siren="214000887", population=21_000, by=boss)
    list_2024 = territory.add_geography(
        code="2024", name="2024", valid_from=date(2024, 1, 1), source="ANCT", licence="Libre", by=boss
    )
    territory.add_neighbourhood(code="QN04001M", name="Le Sablar", geography=list_2024, municipality=dax, by=boss)
    contract = partners.open_contract(
        code="contrat-2024", title="Contrat 2024-2030", starts_on=date(2024, 1, 1), ends_on=date(2030, 12, 31), by=boss
    )
    theme = partners.add_objective(contract, title="Mobilité", by=boss)
    return dax, list_2024, contract, theme


def a_call(boss, contract, geography, theme):
    fields = {
        "title": "Appel 2027", "summary": "Pour tous", "rules_text": "Règles", "opens_at": clock.paris(2026, 11, 1),
        "closes_at": clock.paris(2026, 12, 14, 17), "projects_from": date(2027, 1, 1),
        "projects_until": date(2027, 12, 31), "contact_email": "a@exemple.fr",
    }  # fmt: skip
    call = calls.open_call(
        code="2027", year=2027, contract=contract, geography=geography, objectives=[theme], by=boss, **fields
    )
    state = partners.open_organisation(name="Préfecture", kind=OrganisationKind.STATE, by=boss)
    calls.add_envelope(call, funder=state, kind="earmarked", short_name="État", amount_cents=10_000_000, by=boss)
    return call


def test_a_whole_call_keeps_the_index_right_at_each_step():
    boss = officer()
    funder = member(Role.FUNDER)
    services.rebuild()  # a factory made their institutions
    _, geography, contract, theme = a_town(boss)
    assert (wrong(), find("sablar").total, find("dax").total, find("mobilites").total) == ({}, 1, 1, 1)
    partners.change_objective(theme, title="Se déplacer", level="axe", by=boss)
    assert (wrong(), find("mobilites").total, find("deplacer").total) == ({}, 0, 1)
    partners.move_objective(partners.add_objective(contract, title="Emploi", by=boss), "up", by=boss)
    spare = partners.add_objective(contract, title="Superflu", by=boss)
    assert (wrong(), find("superflu").total) == ({}, 1)
    partners.remove_objective(spare, by=boss)
    assert (wrong(), find("superflu").total) == ({}, 0)
    partners.change_contract(
        contract, title="Contrat changé", starts_on=contract.starts_on, ends_on=contract.ends_on, by=boss
    )
    territory.add_municipality(insee="40088", name="Dax-sur-Adour", siren="214000887", population=21_000, by=boss)
    assert (wrong(), find("adour").total) == ({}, 1)
    call = a_call(boss, contract, geography, theme)
    assert (wrong(), set(told("call:2027"))) == ({}, {"desk_call"})
    call = calls.change_call(call, title="Appel à projets 2027", by=boss)
    assert (wrong(), find("2027", funder).total) == ({}, 0)
    call = calls.publish(call, by=boss)
    assert (wrong(), told("call:2027")["call"]) == ({}, ("Appel à projets 2027", ""))
    followed(call, boss)


def followed(call, boss):
    """The applicant's part, the decision, the result."""
    club = partners.open_organisation(name="Roue libre", kind="association", rna="W401000001", by=boss)
    signer = UserFactory.create()
    partners.appoint(signer, club, Role.SIGNER, by=boss)
    one, two = (calls.start(call, club, by=signer) for _ in range(2))
    assert (wrong(), told(one.code)) == ({}, {})
    calls.save_field(two, "title", "Un second projet", by=signer)
    calls.save_fields(one, full_fields(call), by=signer)
    calls.save_field(one, "title", "Vélo-école", by=signer)
    assert (wrong(), told(one.code)) == ({}, {"own_application": ("Vélo-école", club.code)})
    calls.save_field(two, "title", "", by=signer)
    assert (wrong(), told(two.code)) == ({}, {})
    calls.save_field(two, "title", "De retour", by=signer)
    calls.withdraw(two, by=signer)
    assert (wrong(), told(two.code)) == ({}, {})
    calls.attach(one, a_file(), "statutes", by=signer)
    one = calls.submit(one, sworn=True, by=signer)
    both = {"own_application": ("Vélo-école", club.code), "application": ("Vélo-école", "")}
    assert (wrong(), told(one.code), find("velo").total) == ({}, both, 0)
    decided(Application.objects.get(pk=one.pk), boss)


def decided(one, boss):
    calls.admit(one, by=boss)
    with clock.at(AFTER):
        calls.share_opinions(one.call, by=boss)
        calls.open_committee(one.call, by=boss)
        calls.decide(one.lines.get(), 100_000, by=boss)
        calls.prepare_letters(one.call, by=boss)
        assert (wrong(), find("velo").total, find("velo", boss).total) == ({}, 0, 1)
        calls.notify([one], by=boss)
        assert (wrong(), find("velo").total) == ({}, 0)
        calls.announce(one.call, by=boss)
    assert (wrong(), [hit.title for hit in find("velo").hits]) == ({}, ["Vélo-école"])
    before = Listing.objects.count()
    Listing.objects.all().delete()
    assert (services.rebuild(), services.rebuild()) == (before, 0)


def test_another_list_in_force_brings_its_own_neighbourhoods():
    boss = officer()
    dax, *_ = a_town(boss)
    with clock.at(clock.paris(2030, 1, 1, 9)):
        later = territory.add_geography(
            code="2030", name="2030", valid_from=date(2030, 1, 1), source="ANCT", licence="Libre", by=boss
        )
        assert (find("sablar").total, Listing.objects.filter(kind="neighbourhood").count()) == (0, 0)
        new = territory.add_neighbourhood(code="QN04009M", name="Sablar", geography=later, municipality=dax, by=boss)
        assert find("sablar").total == 1
        territory.remove(new, by=boss)
        assert find("sablar").total == 0
    services.rebuild()
    assert find("sablar").total == 1
