import pytest
from django.urls import reverse

from faubourg.projects.models import Project
from tests.factories.partners import ContractFactory, ObjectiveFactory
from tests.factories.projects import ProjectYearFactory
from tests.website.town import announced, ground, result, told

pytestmark = pytest.mark.django_db


def read(client, name, *args, **query):
    response = client.get(reverse(f"website:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def titles(client, **query):
    response = client.get(reverse("website:project_list"), query)
    return [year.project.title for year in response.context["page"]]


def test_the_list_narrows_by_what_stands_in_its_address(client):
    made = ground()
    told(made, "Aide aux devoirs")
    velo = told(made, "Vélo", theme="mobilite")
    velo.neighbourhoods.set(made.places[1:])
    assert titles(client) == ["Aide aux devoirs", "Vélo"]
    assert titles(client, theme="mobilite") == ["Vélo"]
    assert titles(client, quartier="le-sablar") == ["Aide aux devoirs"]
    assert titles(client, annee="2018", theme="mobilite", quartier="cuyes") == ["Vélo"]
    assert titles(client, theme="mobilite", quartier="le-sablar") == []
    assert "Aucun projet ne répond" in read(client, "project_list", theme="mobilite", quartier="le-sablar")


def test_filters_that_are_not_offered_narrow_nothing(client):
    told(ground(), "Aide aux devoirs")
    assert titles(client, annee="1066", theme="'; DROP", quartier="mars", page="x") == ["Aide aux devoirs"]


def test_a_theme_holds_what_stands_under_it_and_what_bears_its_name_elsewhere(client):
    made = ground()
    told(made, "Aide aux devoirs")
    top = made.contract.objectives.get()
    under = ObjectiveFactory.create(contract=made.contract, parent=top, path=f"{top.path}.001", slug="lecture")
    told(made, "Lecture", theme=under.slug)
    newer = ContractFactory.create(
        code="contrat-2031", title="Contrat 2031", is_example=True, starts_on="2031-01-01", ends_on="2036-01-01"
    )
    twin = ObjectiveFactory.create(contract=newer, slug="reussite", title="Réussir")
    year = told(made, "Plus tard")
    year.objectives.set([twin])
    assert titles(client, theme="reussite") == ["Aide aux devoirs", "Lecture", "Plus tard"]
    text = read(client, "theme", "reussite")
    assert "<h1>Réussir</h1>" in text
    assert "Contrat 2031 · Contrat de ville 2015" in text
    assert "Exemple." in text
    assert client.get(reverse("website:theme", args=["rien"])).status_code == 404


def test_a_theme_without_projects_says_so(client):
    made = ground()
    ObjectiveFactory.create(contract=made.contract, slug="vide", title="Vide")
    assert "Aucun projet public pour l’instant" in read(client, "theme", "vide")


def test_a_project_shows_its_years_amounts_and_results(client):
    made = announced()
    year = made.funded.project.years.get()
    result(year, "68", "enfants", "suivis")
    text = read(client, "project", made.funded.project.code)
    assert [word in text for word in ("État (services)", "2\u202f000\u202f€", "4\u202f000\u202f€")] == [True] * 3
    assert "68\u00a0enfants" in text
    assert "Bilan 2019" in text
    assert "Exemple." not in text


def test_an_invented_project_says_so(client):
    year = told(ground(), "Inventé", is_example=True)
    assert "Exemple." in read(client, "project", year.project.code)
    assert "non publié" in read(client, "project_list")


def test_a_project_without_public_year_does_not_exist(client):
    year = ProjectYearFactory.create()
    assert client.get(reverse("website:project", args=[year.project.code])).status_code == 404
    assert client.get(reverse("website:project", args=["P-RIEN"])).status_code == 404


def test_values_are_said_in_french(client):
    year = told(ground(), "Bus")
    result(year, "20000", "euros", "de soutien")
    result(year, "2.5", "heures", "par semaine")
    text = read(client, "project", year.project.code)
    assert "20\u202f000\u202f€" in text
    assert "2,5\u00a0heures" in text


@pytest.mark.parametrize("count", [1, 3])
def test_project_list_reads_ten_times(client, django_assert_num_queries, count):
    made = ground()
    for i in range(count):
        told(made, f"Projet {i}", theme=f"theme-{i}")
    with django_assert_num_queries(10):
        read(client, "project_list")


@pytest.mark.parametrize("count", [1, 3])
def test_theme_reads_nine_times(client, django_assert_num_queries, count):
    made = ground()
    for i in range(count):
        told(made, f"Projet {i}")
    with django_assert_num_queries(9):
        read(client, "theme", "reussite")


def test_project_reads_six_times(client, django_assert_num_queries):
    code = told(ground(), "Projet").project.code
    with django_assert_num_queries(6):
        read(client, "project", code)


def test_pages_hold_twenty_projects(client):
    made = ground()
    for i in range(21):
        told(made, f"Projet {i:02}")
    assert Project.objects.count() == 21
    assert len(titles(client)) == 20
    assert titles(client, page="2") == ["Projet 20"]
    assert "Voir les 21 projets" in read(client, "theme", "reussite")


def test_without_any_project_the_list_says_so_and_asks_nothing(client):
    text = client.get(reverse("website:project_list")).content.decode()
    assert ("Aucun projet n’est encore public" in text, "Filtrer" in text) == (True, False)
    text = client.get(reverse("website:project_list") + "?annee=2018").content.decode()
    assert "Aucun projet n’est encore public" in text  # a year that is not offered narrows nothing
