"""A small town for the public pages: a contract, two neighbourhoods with figures, calls in every state."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faubourg.calls import services
from faubourg.calls.models import Application, Call
from faubourg.core import clock
from faubourg.funding.enums import MoneyKind
from faubourg.partners.models import Contract
from faubourg.projects.models import ProjectYear
from faubourg.territory.enums import Indicator
from faubourg.territory.models import Geography, Neighbourhood
from tests.calls.scene import AFTER, Scene, scene
from tests.factories.funding import EnvelopeFactory
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory
from tests.factories.projects import ProjectFactory, ProjectYearFactory, ResultFactory
from tests.factories.territory import (
    GeographyFactory,
    KeyFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    square,
)

ANNOUNCED = clock.paris(2019, 7, 1, 9)


@dataclass
class Ground:
    geography: Geography
    places: list[Neighbourhood]
    contract: Contract


def ground(count: int = 2) -> Ground:
    """Neighbourhoods « Le Sablar », « Cuyès », « Le Gond » with outlines and inhabitants, and a contract."""
    geography = GeographyFactory.create(code="2024", name="Géographie prioritaire de 2024")
    dax = MunicipalityFactory.create(name="Dax")
    places = []
    for i, (name, slug) in enumerate([("Le Sablar", "le-sablar"), ("Cuyès", "cuyes"), ("Le Gond", "le-gond")][:count]):
        place = NeighbourhoodFactory.create(
            name=name, slug=slug, geography=geography, municipality=dax, outline=square(-1.05 + i / 50, 43.7),
            summary="Au bord de l’Adour.", area_ha=Decimal("25.5"),
        )  # fmt: skip
        KeyFigureFactory.create(
            neighbourhood=place, value=Decimal(1200 + i), source="Insee, édition 2022", outline_of=geography
        )
        KeyFigureFactory.create(
            neighbourhood=place, indicator=Indicator.POVERTY, value=Decimal("34.3"), source="Insee, édition 2022",
            outline_of=geography,
        )  # fmt: skip
        places.append(place)
    contract = ContractFactory.create(
        code="contrat-2015", title="Contrat de ville 2015", starts_on=date(2015, 1, 1), ends_on=date(2030, 12, 31),
        source="Page publique, 2019",
    )  # fmt: skip
    return Ground(geography, places, contract)


def told(made: Ground, title: str, *, theme: str = "reussite", icon: str = "livre", **more: object) -> ProjectYear:
    """A public year of a project under a theme of the contract, in the first neighbourhood."""
    objective = made.contract.objectives.filter(slug=theme).first() or ObjectiveFactory.create(
        contract=made.contract, slug=theme, title=f"Thème {theme}", icon=icon
    )
    project = ProjectFactory.create(
        title=title, organisation=OrganisationFactory.create(name=f"Porteur de {title}"), **more
    )
    return ProjectYearFactory.create(
        project=project, year=2018, announced_at=ANNOUNCED, objectives=[objective], neighbourhoods=made.places[:1]
    )


def result(year: ProjectYear, value: str, unit: str, text: str, *, headline: bool = True) -> None:
    ResultFactory.create(
        project_year=year, value=Decimal(value), unit=unit, text=text, measured="2018", source="Bilan 2019",
        is_headline=headline,
    )  # fmt: skip


@dataclass
class Results:
    made: Scene
    call: Call
    funded: Application
    refused: Application


def announced(euros: int = 2_000) -> Results:
    """A call that went to its end: one project with this amount on each of two envelopes, one refused."""
    made = scene()
    funded = made.admitted(title="Atelier vélo solidaire")
    refused = made.admitted(title="Projet écarté")
    made.open_committee()
    funded = made.decide_all(funded, euros)
    refused = made.decide_all(refused, 0)
    with clock.at(AFTER):
        services.prepare_letters(made.call, by=made.officer)
        services.notify([funded, refused], by=made.officer)
        services.announce(made.call, by=made.officer)
    made.call.refresh_from_db()
    return Results(made, made.call, funded, refused)


def earmarked(call: Call, short_name: str, euros: int) -> None:
    """One more envelope of common money."""
    envelope = EnvelopeFactory.create(
        short_name=short_name, amount_cents=euros * 100, year=call.year, kind=MoneyKind.EARMARKED
    )
    call.envelopes.create(envelope=envelope, position=call.envelopes.count())
