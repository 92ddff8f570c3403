from datetime import date

import pytest

from faubourg.territory import selectors
from faubourg.territory.enums import Indicator
from tests.factories.territory import (
    GeographyFactory,
    KeyFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists():
    old = GeographyFactory.create(code="2015", valid_from=date(2015, 1, 1), valid_until=date(2023, 12, 31))
    new = GeographyFactory.create(code="2024")
    return old, new


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (None, "2024"),
        (date(2024, 1, 1), "2024"),
        (date(2023, 12, 31), "2015"),
        (date(2015, 1, 1), "2015"),
        (date(2014, 12, 31), None),
    ],
)
def test_current_geography_by_its_dates(lists, day, code):
    found = selectors.current_geography(day)
    assert (found and found.code) == code


def test_geography_and_neighbourhood_by_their_names(lists):
    old, new = lists
    place = NeighbourhoodFactory.create(geography=new, slug="cuyes")
    NeighbourhoodFactory.create(geography=old, slug="cuyes")
    assert selectors.geography_by_code("2015") == old
    assert selectors.geography_by_code("1999") is None
    assert selectors.neighbourhood_by_slug(new, "cuyes") == place
    assert selectors.neighbourhood_by_slug(new, "gond") is None


def test_neighbourhoods_of_one_version_in_order(lists, django_assert_num_queries):
    old, new = lists
    NeighbourhoodFactory.create(geography=old)
    for code in ("QN04003I", "QN04001M", "QN04002I"):
        NeighbourhoodFactory.create(geography=new, code=code)
    with django_assert_num_queries(1):
        found = [(place.code, place.municipality.name[:7]) for place in selectors.neighbourhoods(new)]
    assert found == [("QN04001M", "Commune"), ("QN04002I", "Commune"), ("QN04003I", "Commune")]
    assert list(selectors.neighbourhoods(None)) == []


def test_municipalities_by_name():
    for name in ("Saubusse", "Dax"):
        MunicipalityFactory.create(name=name)
    assert [str(one) for one in selectors.municipalities()] == ["Dax", "Saubusse"]


def test_figures_of_latest_or_one_edition_in_one_query(django_assert_num_queries):
    sablar, cuyes = NeighbourhoodFactory.create(code="QN04001M"), NeighbourhoodFactory.create(code="QN04002I")
    old = KeyFigureFactory.create(neighbourhood=sablar, edition=2019)
    new = KeyFigureFactory.create(neighbourhood=sablar, edition=2022)
    young = KeyFigureFactory.create(neighbourhood=sablar, edition=2019, indicator=Indicator.UNDER_25, value=29)
    KeyFigureFactory.create()
    with django_assert_num_queries(1):
        latest = selectors.figures_of([sablar, cuyes])
        geography = latest["QN04001M"]["population"].outline_of
    assert latest == {"QN04001M": {"population": new, "under-25": young}, "QN04002I": {}}
    assert geography == sablar.geography
    assert selectors.figures_of([sablar], edition=2019) == {"QN04001M": {"population": old, "under-25": young}}
    assert selectors.figures_of([]) == {}


def test_figure_of_an_unknown_indicator_shows_its_own_name():
    figure = KeyFigureFactory.build(neighbourhood=None, outline_of=None, indicator="trees")
    assert (figure.label, figure.unit) == ("trees", "")


def test_names(lists):
    place = NeighbourhoodFactory.create(name="Cuyès", municipality=MunicipalityFactory.create(name="Dax"))
    assert [str(place), str(place.municipality), str(lists[1])] == ["Cuyès", "Dax", "Géographie prioritaire 2024"]
