"""The pages of the territory: what is typed or sent comes back with its fault; an outline is drawn at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.core.cards import menu_for
from faubourg.core.typography import keep_together
from faubourg.desk.forms.territory import FILE_AGAIN, MOST_SHOWN
from faubourg.partners.enums import Role
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood
from tests.factories.partners import member, officer
from tests.factories.territory import (
    GeographyFactory,
    KeyFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    square,
)

pytestmark = pytest.mark.django_db
HEAD = "insee;nom;siren;habitants;codes_postaux"
DAX = {"name": "Dax", "insee": "40088", "siren": "214 000 887", "population": "22 109", "postcodes": "40100, 40990"}
SQUARE = json.dumps({"type": "Polygon", "coordinates": square(-1.05, 43.7)[0]})


@pytest.fixture
def boss(client):
    person = officer()
    client.force_login(person)
    return person


@pytest.fixture
def ground(boss):
    """A commune and a list, so that a neighbourhood can be entered."""
    return MunicipalityFactory.create(name="Dax", insee="40088"), GeographyFactory.create(code="2024")


def at(name, *args):
    return reverse(f"desk:{name}", args=args)


def faults(response, form="form") -> dict[str, list[str]]:
    assert response.status_code == 422
    return {field: list(words) for field, words in response.context[form].errors.items()}


def said(client, response) -> list[str]:
    return [str(one) for one in client.get(response["Location"]).context["messages"]]


def text_of(response) -> str:
    return response.content.decode()


def sent(content: str | bytes, name: str = "fichier.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


# ------------------------------------------------------------------------------------------------- the page
def test_the_menu_leads_the_officer_alone_to_the_territory(boss):
    assert "desk:territory" in [item.url_name for item in menu_for(boss)]
    assert "desk:territory" not in [item.url_name for item in menu_for(member(Role.FUNDER))]


def test_an_empty_territory_says_what_comes_first(client, boss):
    text = text_of(client.get(at("territory")))
    assert keep_together("Un quartier est dans une commune et dans une liste datée : dites d’abord l’une") in text
    assert at("neighbourhood_new") not in text
    MunicipalityFactory.create()
    GeographyFactory.create()
    assert at("neighbourhood_new") in text_of(client.get(at("territory")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_territory_is_read_in_six_queries(client, boss, django_assert_num_queries, count):
    for i in range(count):
        KeyFigureFactory.create(neighbourhood__outline=square(i, 43))
    with django_assert_num_queries(6):
        text = text_of(client.get(at("territory")))
    assert (text.count('<path class="shape'), text.count("non donné")) == (count, 0)


# ------------------------------------------------------------------------------------------------- communes
def test_a_commune_is_added_then_corrected(client, boss):
    response = client.post(at("municipality_new"), DAX)
    assert (response["Location"], said(client, response)) == (f"{at('territory')}#communes", ["Dax est ajoutée."])
    response = client.post(at("municipality", "40088"), {**DAX, "name": "Dax en Landes", "insee": "1", "postcodes": ""})
    assert said(client, response) == ["Dax est enregistrée."]
    assert list(Municipality.objects.values_list("insee", "name", "siren", "population", "postcodes")) == [
        ("40088", "Dax en Landes", "214000887", 22109, [])
    ]
    assert 'value="Dax en Landes"' in text_of(client.get(at("municipality", "40088")))


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": ""}, "name", "Écrivez le nom de la commune."),
        ({"insee": "4008"}, "insee", "Un code Insee compte cinq signes, par exemple 40088."),
        ({"insee": "40300"}, "insee", "Ce code est déjà celui de « Seyresse ». Corrigez-la depuis la liste."),
        ({"siren": "214000888"}, "siren", "Le SIREN 214000888 n’existe pas : sa clé de contrôle est fausse."),
        ({"siren": "214003006"}, "siren", "Le SIREN 214003006 est déjà celui de « Seyresse »."),
        ({"population": "beaucoup"}, "population", "Écrivez un nombre entier, par exemple 22 109."),
        ({"population": "-5"}, "population", "Écrivez un nombre entier, par exemple 22 109."),
        ({"postcodes": "4010"}, "postcodes", "« 4010 » n’est pas un code postal : il compte cinq chiffres."),
    ],
)
def test_a_commune_refused_keeps_what_was_typed(client, boss, wrong, field, words):
    MunicipalityFactory.create(insee="40300", name="Seyresse", siren="214003006")
    response = client.post(at("municipality_new"), {**DAX, **wrong})
    assert faults(response) == {field: [words]}
    assert Municipality.objects.count() == 1
    assert f'value="{wrong.get(field, DAX[field])}"' in text_of(response) or not wrong[field]


def test_a_table_of_communes_is_pasted_or_sent(client, boss):
    pasted = f"{HEAD}\n40088;Dax;214000887;22109;40100"
    response = client.post(at("municipalities_load"), {"text": pasted})
    assert said(client, response) == ["1 commune ajoutée, 0 mise à jour, 0 déjà comme dans le tableau."]
    file = sent(f"{pasted}\n40315;Téthieu;214003154;758;40990".encode("cp1252"))
    response = client.post(at("municipalities_load"), {"file": file})
    assert said(client, response) == ["1 commune ajoutée, 0 mise à jour, 1 déjà comme dans le tableau."]
    assert [row.name for row in Municipality.objects.all()] == ["Dax", "Téthieu"]


def test_a_table_with_a_fault_comes_back_whole_to_be_mended(client, boss):
    file = sent(f"{HEAD}\n40088;Dax;214000887;22109;40100\n40315;Téthieu;214003154;?;40990")
    response = client.post(at("municipalities_load"), {"file": file})
    assert faults(response) == {"text": ["Ligne 3 : « ? » n’est pas un nombre d’habitants."]}
    assert "40315;Téthieu;214003154;?;40990</textarea>" in text_of(response)
    assert Municipality.objects.count() == 0


def test_a_table_that_is_none_is_refused_in_words(client, boss, settings):
    post = at("municipalities_load")
    assert faults(client.post(post)) == {"text": ["Collez les lignes du tableau, ou choisissez un fichier."]}
    assert faults(client.post(post, {"file": sent("")})) == {"file": ["Ce fichier est vide. Choisissez-en un autre."]}
    assert "text" in faults(client.post(post, {"file": sent(b"\x89PNG\x00\x01")}))
    long = sent(f"{HEAD}\n" + "40088;Dax;214000887;?;40100\n" * (MOST_SHOWN // 20))
    assert faults(client.post(post, {"file": long}))["file"] == [FILE_AGAIN]
    settings.MAX_UPLOAD_MB = 0
    assert faults(client.post(post, {"file": sent(HEAD)})) == {"file": ["Ce fichier est trop lourd : 0 Mo au plus."]}


def test_a_commune_is_removed_unless_something_is_tied_to_it(client, boss):
    used, free = NeighbourhoodFactory.create().municipality, MunicipalityFactory.create(name="Zéro")
    response = client.post(at("municipality_remove", used.insee))
    assert response.status_code == 422
    assert f"« {used} » reste en place : s’y rattachent encore 1 quartier prioritaire." in text_of(response)
    response = client.post(at("municipality_remove", free.insee))
    assert said(client, response) == ["« Zéro » : c’est retiré."]
    assert list(Municipality.objects.all()) == [used]


# ------------------------------------------------------------------------------------------------- lists
LIST = {"name": "Géographie de 2024", "code": "2024", "valid_from": "2024-01-01", "source": "ANCT", "licence": "LO"}


def test_a_list_of_neighbourhoods_is_added_then_corrected(client, boss):
    assert client.post(at("geography_new"), LIST)["Location"] == f"{at('territory')}#quartiers"
    response = client.post(at("geography", "2024"), {**LIST, "code": "x", "valid_until": "31/12/2030"})
    assert said(client, response)[-1] == "La liste est enregistrée."
    assert [(row.code, str(row.valid_until)) for row in Geography.objects.all()] == [("2024", "2030-12-31")]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": ""}, "name", "Écrivez le nom de cette liste."),
        ({"code": "de 2024"}, "code", "Écrivez l’année, par exemple 2024."),
        ({"code": "2015"}, "code", "Ce code sert déjà. Choisissez-en un autre."),
        ({"code": "nouvelle"}, "code", "Ce code sert déjà. Choisissez-en un autre."),
        (
            {"valid_until": "2023-01-01"},
            "valid_until",
            "Cette liste finirait avant de commencer. Vérifiez les deux dates.",
        ),
    ],
)
def test_a_list_refused(client, boss, wrong, field, words):
    GeographyFactory.create(code="2015")
    assert faults(client.post(at("geography_new"), {**LIST, **wrong})) == {field: [words]}
    assert Geography.objects.count() == 1


def test_a_list_is_removed_unless_something_is_tied_to_it(client, boss):
    used, free = NeighbourhoodFactory.create().geography, GeographyFactory.create(name="Vide")
    assert "s’y rattachent encore 1 quartier" in text_of(client.post(at("geography_remove", used.code)))
    assert said(client, client.post(at("geography_remove", free.code))) == ["« Vide » : c’est retiré."]


# ------------------------------------------------------------------------------------------------- neighbourhoods
PLACE = {"name": "Le Sablar", "code": "qn04001m", "municipality": "40088", "geography": "2024"}


def test_a_neighbourhood_is_drawn_as_soon_as_it_is_entered(client, ground):
    response = client.post(at("neighbourhood_new"), {**PLACE, "outline": SQUARE, "area_ha": "25,5"})
    assert response["Location"] == at("neighbourhood", "QN04001M")
    text = text_of(client.get(response["Location"]))
    assert '<path class="zone q1"' in text
    assert "Contour de Le Sablar, le nord en haut" in text
    row = Neighbourhood.objects.get()
    assert (row.slug, row.outline, str(row.area_ha)) == ("le-sablar", square(-1.05, 43.7), "25.5")


def test_its_outline_stays_until_another_is_given(client, ground):
    client.post(at("neighbourhood_new"), {**PLACE, "outline": SQUARE})
    client.post(at("neighbourhood", "QN04001M"), {**PLACE, "name": "Sablar", "summary": "Rive droite."})
    row = Neighbourhood.objects.get()
    assert (row.name, row.summary, row.outline, row.code) == ("Sablar", "Rive droite.", square(-1.05, 43.7), "QN04001M")
    two = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code_qp": code}, "geometry": {"type": "MultiPolygon", "coordinates": c}}
            for code, c in (("QN04002I", square(0, 0)), ("QN04001M", square(-1, 43)))
        ],
    }
    client.post(at("neighbourhood", "QN04001M"), {**PLACE, "file": sent(json.dumps(two), "qpv.geojson")})
    assert Neighbourhood.objects.get().outline == square(-1, 43)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": ""}, "name", "Écrivez le nom du quartier."),
        ({"code": "QX04001M"}, "code", "Un code de quartier prioritaire ressemble à QN04001M."),
        ({"code": "QN04002I"}, "code", "Ce code est déjà celui de « Cuyès ». Corrigez-le depuis la liste."),
        ({"outline": "{"}, "outline", "Ce texte n’est pas du GeoJSON : il ne peut pas être lu."),
        (
            {"outline": '{"type": "Point", "coordinates": [0, 0]}'},
            "outline",
            "Un contour est un Polygon ou un MultiPolygon GeoJSON.",
        ),
        (
            {"outline": SQUARE.replace("-1.05", "376000")},
            "outline",
            "Un point de ce contour n’est pas sur le globe (longitude puis latitude, en degrés).",
        ),
        ({"area_ha": "vingt"}, "area_ha", "« vingt » n’est pas un nombre."),
    ],
)
def test_a_neighbourhood_refused_keeps_what_was_typed(client, ground, wrong, field, words):
    NeighbourhoodFactory.create(code="QN04002I", name="Cuyès", geography=ground[1])
    response = client.post(at("neighbourhood_new"), {**PLACE, "outline": SQUARE, **wrong})
    assert faults(response) == {field: [words]}
    assert Neighbourhood.objects.count() == 1
    assert str(wrong.get("outline", SQUARE)).replace('"', "&quot;") in text_of(response)


def test_a_file_that_is_no_outline_is_refused_on_its_page(client, ground):
    client.post(at("neighbourhood_new"), {**PLACE, "outline": SQUARE})
    response = client.post(at("neighbourhood", "QN04001M"), {**PLACE, "file": sent("[1, 2]", "x.geojson")})
    assert list(faults(response)) == ["outline"]
    assert '<path class="zone q1"' in text_of(response)  # what is known is still drawn


def test_the_list_before_is_offered_where_there_is_one(client, ground):
    assert "Auparavant" not in text_of(client.get(at("neighbourhood_new")))
    old = NeighbourhoodFactory.create(code="QP040001", name="Le Sablar", geography__code="2015")
    assert "Le Sablar, QP040001" in text_of(client.get(at("neighbourhood_new")))
    client.post(at("neighbourhood_new"), {**PLACE, "previous": "QP040001"})
    assert Neighbourhood.objects.get(code="QN04001M").previous == old
    response = client.post(at("neighbourhood_remove", "QP040001"))
    assert "« Le Sablar » reste en place" in text_of(response)
    assert said(client, client.post(at("neighbourhood_remove", "QN04001M"))) == ["« Le Sablar » : c’est retiré."]


# ------------------------------------------------------------------------------------------------- figures
def test_a_figure_is_added_corrected_and_removed(client, ground):
    place = NeighbourhoodFactory.create(code="QN04001M", geography=ground[1])
    asked = {
        "figure-indicator": "poverty",
        "figure-edition": "2022",
        "figure-source": "Insee",
        "figure-outline_of": "2024",
    }
    for value in ("34,3", "35,1 %".removesuffix(" %")):
        response = client.post(at("figure_add", "QN04001M"), {**asked, "figure-value": value})
        assert response["Location"] == f"{at('neighbourhood', 'QN04001M')}#chiffres"
    assert [str(row.value) for row in place.figures.all()] == ["35.1"]
    text = text_of(client.get(at("neighbourhood", "QN04001M")))
    assert "35,1\u00a0%" in text or "35,1 %" in text
    assert 'name="figure-source" value="Insee"' in text  # proposed to the next one
    client.post(at("figure_remove", "QN04001M", "poverty", 2022))
    assert KeyFigure.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"indicator": "trees"}, "indicator", "Sélectionnez un choix valide. trees n’en fait pas partie."),
        ({"value": "beaucoup"}, "value", "« beaucoup » n’est pas un nombre."),
        ({"value": "134"}, "value", "Ce chiffre se lit entre 0 et 100."),
        ({"edition": "22"}, "edition", "L’année se lit entre 1990 et 2100."),
        ({"source": ""}, "source", "Écrivez d’où il vient."),
    ],
)
def test_a_figure_refused_keeps_what_was_typed(client, ground, wrong, field, words):
    NeighbourhoodFactory.create(code="QN04001M", geography=ground[1])
    asked = {"indicator": "poverty", "value": "34", "edition": "2022", "source": "Insee", "outline_of": "2024", **wrong}
    response = client.post(at("figure_add", "QN04001M"), {f"figure-{name}": value for name, value in asked.items()})
    assert faults(response, "figure_form") == {field: [words]}
    assert KeyFigure.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_neighbourhood_is_read_in_twelve_queries(client, boss, django_assert_num_queries, count):
    place = NeighbourhoodFactory.create(code="QN04001M", outline=square(0, 43))
    for year in range(count):
        KeyFigureFactory.create(neighbourhood=place, edition=2020 + year)
        NeighbourhoodFactory.create()
    with django_assert_num_queries(12):
        client.get(at("neighbourhood", "QN04001M"))


def test_what_is_not_known_is_not_found(client, boss):
    NeighbourhoodFactory.create(code="QN04001M")
    for address in (
        at("municipality", "99999"),
        at("geography", "1999"),
        at("neighbourhood", "QN99999Z"),
    ):
        assert client.get(address).status_code == 404
    for edition in (2022, 10**30):
        assert client.post(at("figure_remove", "QN04001M", "poverty", edition)).status_code == 404
