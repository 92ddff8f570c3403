from datetime import date
from decimal import Decimal

import factory

from faubourg.territory.enums import Indicator
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood


def square(west: float, south: float, side: float = 0.01) -> list[list[list[list[float]]]]:
    """A MultiPolygon of one closed square, in degrees."""
    east, north = west + side, south + side
    return [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]]


class MunicipalityFactory(factory.django.DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    insee = factory.Sequence(lambda n: f"{60000 + n:05d}")  # far from the real ones that tests name
    name = factory.Sequence(lambda n: f"Commune {n}")
    siren = factory.Sequence(lambda n: f"214{n:06d}")
    population = 1000
    postcodes = factory.LazyFunction(lambda: ["40100"])


class GeographyFactory(factory.django.DjangoModelFactory[Geography]):
    class Meta:
        model = Geography

    code = factory.Sequence(lambda n: f"{3000 + n}")  # far from the real ones that tests name
    name = factory.LazyAttribute(lambda o: f"Géographie prioritaire {o.code}")
    valid_from = date(2024, 1, 1)
    source = "ANCT"
    licence = "Licence Ouverte 2.0"


class NeighbourhoodFactory(factory.django.DjangoModelFactory[Neighbourhood]):
    class Meta:
        model = Neighbourhood

    code = factory.Sequence(lambda n: f"QN{40000 + n:05d}M")
    name = factory.Sequence(lambda n: f"Quartier {n}")
    slug = factory.LazyAttribute(lambda o: o.name.lower().replace(" ", "-"))
    geography = factory.SubFactory(GeographyFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


class KeyFigureFactory(factory.django.DjangoModelFactory[KeyFigure]):
    class Meta:
        model = KeyFigure

    neighbourhood = factory.SubFactory(NeighbourhoodFactory)
    indicator = Indicator.POPULATION
    edition = 2022
    value = Decimal("1223")
    outline_of = factory.SelfAttribute("neighbourhood.geography")
    source = "Insee"
