from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from faubourg.territory import services
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood
from tests.factories.accounts import UserFactory
from tests.factories.territory import (
    GeographyFactory,
    KeyFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    square,
)

pytestmark = pytest.mark.django_db


def deeds() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("number").values_list("verb", "thing", "actor"))


def twice(add, **values):
    """The same load twice: the same row, one line in the journal."""
    first = add(**values)
    before = Entry.objects.count()
    again = add(**values)
    assert (again.pk, Entry.objects.count()) == (first.pk, before)
    return again


def test_add_municipality_idempotent_and_brought_up_to_date():
    user = UserFactory.create()
    values = {"insee": "40088", "name": "Dax", "siren": "214000887", "population": 20762, "by": user}
    dax = twice(services.add_municipality, **values, postcodes=["40100"])
    assert (dax.insee, dax.name, dax.siren, dax.population, dax.postcodes) == (
        "40088", "Dax", "214000887", 20762, ["40100"],
    )  # fmt: skip
    services.add_municipality(**{**values, "population": 21000}, postcodes=["40100"])
    assert Municipality.objects.get().population == 21000
    assert deeds() == [("add_municipality", "commune:40088", user.code)] * 2


def test_add_geography_idempotent():
    values = {"code": "2024", "name": "2024", "valid_from": date(2024, 1, 1), "source": "ANCT", "licence": "LO"}
    geography = twice(services.add_geography, **values, by=None)
    assert (geography.valid_from, geography.valid_until) == (date(2024, 1, 1), None)
    with pytest.raises(Refusal):
        services.add_geography(**values, valid_until=date(2023, 1, 1), by=None)


def test_add_neighbourhood_idempotent():
    old = NeighbourhoodFactory.create(code="QP040001")
    outline = square(-1.06, 43.7)
    place = twice(
        services.add_neighbourhood,
        code="QN04001M",
        name="Le Sablar",
        geography=GeographyFactory.create(),
        municipality=MunicipalityFactory.create(),
        previous=old,
        outline={"type": "MultiPolygon", "coordinates": outline},
        area_ha=25.5,
        summary="Au nord",
        by=None,
    )
    place.refresh_from_db()
    assert (place.slug, place.previous, place.outline, place.area_ha) == (
        "le-sablar", old, outline, Decimal("25.5"),
    )  # fmt: skip
    assert deeds() == [("add_neighbourhood", "neighbourhood:QN04001M", "")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "QZ04001M"}, "code"),
        ({"code": "QN0400"}, "code"),
        ({"outline": [[[[0, 0], [1, 1]]]]}, "outline"),
        ({"area_ha": "vingt"}, "area_ha"),
        ({"name": ""}, "name"),
    ],
)
def test_add_neighbourhood_refusals(wrong, field):
    values = {"code": "QN04001M", "name": "Le Sablar", **wrong}
    with pytest.raises(Refusal) as no:
        services.add_neighbourhood(
            **values, geography=GeographyFactory.create(), municipality=MunicipalityFactory.create(), by=None
        )
    assert no.value.field == field
    assert not Neighbourhood.objects.exists()


def test_add_figure_idempotent_and_new_value():
    place = NeighbourhoodFactory.create(code="QN04001M")

    def add(value, by=None):
        return services.add_figure(
            place, "poverty", edition=2022, value=value, outline_of=place.geography, source="Insee", by=by
        )

    figure = twice(add, value=34.3)
    assert (figure.value, figure.label, figure.unit, str(figure)) == (
        Decimal("34.3"), "vivent sous le seuil de pauvreté", "%", "poverty 2022",
    )  # fmt: skip
    add("34.4")
    assert [row.value for row in KeyFigure.objects.all()] == [Decimal("34.4")]
    assert deeds() == [("add_figure", "figure:QN04001M:poverty:2022", "")] * 2


@pytest.mark.parametrize(("indicator", "value", "field"), [("happiness", 1, "indicator"), ("poverty", "x", "value")])
def test_add_figure_refusals(indicator, value, field):
    place = NeighbourhoodFactory.create()
    with pytest.raises(Refusal) as no:
        services.add_figure(
            place, indicator, edition=2022, value=value, outline_of=place.geography, source="Insee", by=None
        )
    assert no.value.field == field


def test_a_commune_is_known_by_numbers_that_exist():
    MunicipalityFactory.create(insee="40088", name="Dax", siren="214000887")
    values = {"insee": "40300", "name": "Seyresse", "siren": "214003006", "population": 1029}
    for wrong, field, words in (
        ({"insee": "4030"}, "insee", "Un code Insee compte cinq signes, par exemple 40088."),
        ({"siren": "21400300"}, "siren", "Un SIREN compte neuf chiffres."),
        ({"siren": "214003007"}, "siren", "Le SIREN 214003007 n’existe pas : sa clé de contrôle est fausse."),
        ({"siren": "214 000 887"}, "siren", "Le SIREN 214000887 est déjà celui de « Dax »."),
        (
            {"postcodes": ["40180", "4018"]},
            "postcodes",
            "« 4018 » n’est pas un code postal : il compte cinq chiffres.",
        ),
    ):
        with pytest.raises(Refusal) as no:
            services.add_municipality(**{**values, **wrong}, by=None)
        assert (no.value.field, no.value.message) == (field, words)
    corsica = services.add_municipality(insee="2a004", name="Ajaccio", siren="212000046", population=1, by=None)
    assert corsica.insee == "2A004"


def test_the_address_of_a_neighbourhood_stays_and_is_its_own():
    values = {"geography": GeographyFactory.create(), "municipality": MunicipalityFactory.create(), "by": None}
    first = services.add_neighbourhood(code="qn 04001m", name="Le Bourg", **values)
    other = services.add_neighbourhood(code="QN04002I", name="Le Bourg", **values)
    sign = services.add_neighbourhood(code="QN04003I", name="???", **values)
    again = services.add_neighbourhood(code="QN04001M", name="Le Vieux Bourg", **values)
    assert [(row.code, row.slug) for row in (first, other, sign, again)] == [
        ("QN04001M", "le-bourg"), ("QN04002I", "le-bourg-qn04002i"), ("QN04003I", "qn04003i"),
        ("QN04001M", "le-bourg"),
    ]  # fmt: skip


def test_figures_are_typed_the_french_way_and_stay_sensible():
    place = NeighbourhoodFactory.create()
    values = {"outline_of": place.geography, "source": "Insee", "by": None}
    typed = services.add_figure(place, "income", edition=2022, value="15\u202f280,4", **values)
    assert typed.value == Decimal("15280.4")
    for indicator, edition, value, words in (
        ("poverty", 2022, "120", "Ce chiffre se lit entre 0 et 100."),
        ("income", 2022, "-1", "Ce chiffre se lit à partir de 0."),
        ("income", 22, "1", "L’année se lit entre 1990 et 2100."),
        ("income", 2022, "1e30", "« 1e30 » n’est pas un nombre."),
    ):
        with pytest.raises(Refusal, match=words):
            services.add_figure(place, indicator, edition=edition, value=value, **values)


def test_what_serves_nobody_is_removed_once():
    figure = KeyFigureFactory.create(neighbourhood__code="QN04001M", neighbourhood__municipality__insee="40088")
    place, boss = figure.neighbourhood, UserFactory.create()
    city, geography = place.municipality, place.geography
    Geography.objects.filter(pk=geography.pk).update(code="2024")
    for held, words in (
        (city, f"« {city} » reste en place : s’y rattachent encore 1 quartier prioritaire."),
        (geography, f"« {geography} » reste en place : s’y rattachent encore 1 quartier prioritaire et 1 chiffre clé."),
    ):
        with pytest.raises(Refusal, match=words):
            services.remove(held, by=boss)
    assert deeds() == []
    for row in (figure, place, city, geography):
        for _ in range(2):
            services.remove(row, by=boss)
            row.pk = row.pk or 10**6
    assert deeds() == [
        ("remove_figure", "figure:QN04001M:population:2022", boss.code),
        ("remove_neighbourhood", "neighbourhood:QN04001M", boss.code),
        ("remove_municipality", "commune:40088", boss.code),
        ("remove_geography", "geography:2024", boss.code),
    ]


def test_a_neighbourhood_goes_with_its_figures_unless_another_follows_it():
    figure = KeyFigureFactory.create()
    later = NeighbourhoodFactory.create(previous=figure.neighbourhood)
    with pytest.raises(Refusal, match="s’y rattachent encore 1 quartier prioritaire"):
        services.remove(figure.neighbourhood, by=None)
    services.remove(later, by=None)
    services.remove(figure.neighbourhood, by=None)
    assert (Neighbourhood.objects.count(), KeyFigure.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (MunicipalityFactory, {"insee": "4008"}),
        (MunicipalityFactory, {"insee": "4A088"}),
        (MunicipalityFactory, {"insee": "40C88"}),
        (MunicipalityFactory, {"siren": "21400088A"}),
        (NeighbourhoodFactory, {"code": "QX04001M"}),
        (NeighbourhoodFactory, {"code": "QN0400"}),
        (NeighbourhoodFactory, {"code": "qn04001m"}),
        (KeyFigureFactory, {"indicator": "trees"}),
        (KeyFigureFactory, {"value": -1}),
        (KeyFigureFactory, {"indicator": "poverty", "value": 101}),
    ],
)
def test_codes_and_figures_out_of_shape_are_refused_by_the_database(make, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.create(**wrong)


def test_promises_of_the_database():
    place, figure = NeighbourhoodFactory.create(), KeyFigureFactory.create()
    for broken in (
        lambda: NeighbourhoodFactory.create(geography=place.geography, slug=place.slug),
        lambda: NeighbourhoodFactory.create(code=place.code),
        lambda: KeyFigureFactory.create(neighbourhood=figure.neighbourhood),
        lambda: GeographyFactory.create(valid_until=date(2023, 12, 31)),
        lambda: MunicipalityFactory.create(insee=place.municipality.insee),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
