"""The ground of the example world: communes, neighbourhoods and figures, institutions and people."""

from datetime import date

from faubourg.accounts import services as accounts
from faubourg.core import clock
from faubourg.demo.cast import ALL_BODIES, PEOPLE
from faubourg.demo.world import World, outlines, rows
from faubourg.partners import services as partners
from faubourg.territory import services as territory
from faubourg.territory.selectors import municipalities

DAX = "40088"  # code Insee

ANCT = "ANCT, quartiers prioritaires de la politique de la ville"
OPEN_LICENCE = "Licence Ouverte 2.0"
INSEE = "Insee, indicateurs par quartier prioritaire"
NEIGHBOURHOODS = (  # code of 2024, code of 2015, name, hectares, one sentence
    ("QN04001M", "QP040001", "Le Sablar", "25.5", "Rive droite de l’Adour, face au centre."),
    ("QN04002I", "QP040002", "Cuyès", "23.3", "Au sud-ouest, entre immeubles et jardins."),
    ("QN04003I", "QP040003", "Le Gond", "28.0", "Au sud-est, de part et d’autre de la place."),
)


def build_territory(world: World) -> None:
    for row in rows("communes.csv"):
        territory.add_municipality(
            insee=row["insee"],
            name=row["nom"],
            siren=row["siren"],
            population=int(row["habitants"]),
            postcodes=row["codes_postaux"].split("|"),
            by=None,
        )
    first, second = date(2015, 1, 1), date(2024, 1, 1)
    world.geographies["2015"] = territory.add_geography(
        code="2015", name="Géographie prioritaire de 2015", valid_from=first, valid_until=date(2023, 12, 31),
        source=ANCT, licence=OPEN_LICENCE, by=None,
    )  # fmt: skip
    world.geographies["2024"] = territory.add_geography(
        code="2024",
        name="Géographie prioritaire de 2024",
        valid_from=second,
        source=ANCT,
        licence=OPEN_LICENCE,
        by=None,
    )
    _build_neighbourhoods(world)
    for row in rows("chiffres.csv"):
        territory.add_figure(
            world.places[row["quartier"]],
            row["indicateur"],
            edition=int(row["edition"]),
            value=row["valeur"],
            outline_of=world.geographies["2015"],
            source=f"{INSEE}, édition {row['edition']}",
            by=None,
        )


def _build_neighbourhoods(world: World) -> None:
    dax = municipalities().get(insee=DAX)
    drawn = outlines()
    for code, old_code, name, hectares, words in NEIGHBOURHOODS:
        old = territory.add_neighbourhood(
            code=old_code, name=name, geography=world.geographies["2015"], municipality=dax, summary=words, by=None
        )
        world.places[code] = territory.add_neighbourhood(
            code=code, name=name, geography=world.geographies["2024"], municipality=dax, previous=old,
            outline=drawn[code], area_ha=hectares, summary=words, by=None,
        )  # fmt: skip


def build_people(world: World) -> None:
    """Institutions, associations, and one account per role."""
    dax = municipalities().get(insee=DAX)
    for body in ALL_BODIES:
        world.bodies[body.key] = partners.open_organisation(
            name=body.name, kind=body.kind, rna=body.rna, municipality=dax, summary=body.summary,
            is_example=body.is_example, by=None,
        )  # fmt: skip
    with clock.at(clock.paris(world.today.year - 2, 1, 8, 9)):
        for person in PEOPLE:
            user = accounts.person_for(person.email, first_name=person.first_name, last_name=person.last_name, by=None)
            world.people[person.email] = user
            if person.role:
                partners.appoint(user, world.bodies[person.body], person.role, title=person.title, by=None)
