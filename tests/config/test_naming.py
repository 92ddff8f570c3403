"""`faubourg officer`: an empty installation gets its first person, by one line, and lets her in."""

import re

import pytest

from faubourg.config import cli, health
from faubourg.config.starting import welcome
from faubourg.journal.models import Entry
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Membership, Organisation
from tests.factories.partners import OrganisationFactory, officer

pytestmark = pytest.mark.django_db

NOBODY = "Personne ne conduit ce contrat de ville. Nommez une première personne : faubourg officer ADRESSE"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("faubourg.config.naming.missing_migrations", list)  # the tests' tables are made without


def named(*words: str) -> int:
    return cli.main(["officer", *words])


def test_the_first_officer_is_named_and_comes_in_by_the_printed_link(client, capsys):
    assert named("Nadege.Lesca@exemple.fr", "--name", "Nadège  Lesca") == 0
    said = capsys.readouterr().out
    assert "Nadège Lesca <nadege.lesca@exemple.fr> conduit le contrat de ville pour Grand Dax Agglomération." in said
    row = Membership.objects.select_related("organisation").get()
    assert (row.role, row.organisation.name, row.organisation.kind) == (
        Role.OFFICER, "Grand Dax Agglomération", OrganisationKind.AGGLOMERATION,
    )  # fmt: skip
    link = re.search(r"http\S+", said)[0]
    client.post(link.partition("8000")[2])
    assert "Bonjour Nadège" in client.get("/bureau/").content.decode()
    assert list(Entry.objects.values_list("verb", flat=True))[:3] == ["join", "open_organisation", "appoint"]


def test_again_it_gives_a_fresh_link_and_changes_nothing(capsys):
    named("nadege@exemple.fr")
    first = capsys.readouterr().out
    assert named("nadege@exemple.fr") == 0
    again = capsys.readouterr().out
    assert (Membership.objects.count(), Organisation.objects.count()) == (1, 1)
    assert re.search(r"http\S+", first)[0] != re.search(r"http\S+", again)[0]


def test_the_organisation_is_made_under_its_name_once(capsys):
    agency = ["--organisation", "Communauté  d’agglomération du Sud"]
    assert [named("nadege@exemple.fr", *agency), named("nadege@exemple.fr", *agency)] == [0, 0]
    assert named("marc@exemple.fr", "--organisation", "COMMUNAUTE d'agglomération du sud") == 0
    assert list(Organisation.objects.values_list("name", "kind")) == [
        ("Communauté d’agglomération du Sud", OrganisationKind.AGGLOMERATION)
    ]
    assert sorted(Membership.objects.values_list("user__email", "role")) == [
        ("marc@exemple.fr", Role.OFFICER), ("nadege@exemple.fr", Role.OFFICER),
    ]  # fmt: skip
    verbs = ["join", "open_organisation", "appoint", "join", "appoint"]
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True)) == verbs


def test_a_second_agglomeration_is_not_made_by_a_slip(capsys):
    OrganisationFactory.create(kind=OrganisationKind.AGGLOMERATION, name="Grand Dax")
    OrganisationFactory.create(name="Grand Daks")  # an association: it runs no contract
    assert named("nadege@exemple.fr", "--organisation", "Grand Daks") == 1
    assert capsys.readouterr().err == (
        "« Grand Daks » n’est pas connue ici ; l’agglomération inscrite est « Grand Dax ». Rien n’a été écrit.\n"
    )
    assert (Membership.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_database_that_is_not_ready_is_said_in_one_line(capsys, monkeypatch):
    monkeypatch.setattr("faubourg.config.naming.missing_migrations", lambda: ["accounts.0001_initial"])
    assert named("nadege@exemple.fr") == 1
    assert capsys.readouterr().err == ("La base n’est pas prête : lancez d’abord faubourg manage migrate\n")


def test_a_second_officer_joins_the_first(capsys):
    agency = officer().memberships.get().organisation
    OrganisationFactory.create(kind=OrganisationKind.AGGLOMERATION, name="Une autre")
    assert named("marc@exemple.fr") == 0
    assert Membership.objects.get(user__email="marc@exemple.fr").organisation == agency


@pytest.mark.parametrize("address", ["nadege", "@", "na dege@exemple.fr"])
def test_an_address_that_is_none_is_said_in_one_line(capsys, address):
    assert named(address) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.endswith("Rien n’a été écrit.\n")
    assert Membership.objects.count() == 0


def test_check_and_the_start_say_that_nobody_runs_the_contract():
    assert NOBODY in health.problems()
    assert NOBODY in welcome()
    officer()
    assert NOBODY not in health.problems()
    assert NOBODY not in welcome()
