from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from faubourg.territory import services
from faubourg.territory.models import KeyFigure, Municipality, Neighbourhood
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
