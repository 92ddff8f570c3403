"""The 2015 contract and its sixty-four projects: the facts of the agglomeration's public page of 2019, dated."""

from datetime import date
from itertools import cycle

from faubourg.core import clock
from faubourg.demo.cast import INSTITUTIONS
from faubourg.demo.world import World, rows
from faubourg.partners import services as partners
from faubourg.partners.models import Contract, Objective
from faubourg.projects import services as projects
from faubourg.projects.models import ProjectYear

SOURCE = "Grand Dax, page «\u00a0Politique de la ville\u00a0», 2019"
PROJECTS = 64  # what the page counts; those that it does not name are examples, and say so
FILLERS = ("reussite", "droits", "engagement", "emploi", "formation", "jobs", "mobilite")


def build_contract(world: World) -> None:
    contract = partners.open_contract(
        code="contrat-2015",
        title="Contrat de ville du Grand Dax 2015-2020",
        starts_on=date(2015, 1, 1),
        ends_on=date(2020, 12, 31),
        summary="L’État, l’agglomération, la ville et leurs partenaires s’engagent pour le Sablar, Cuyès et le Gond.",
        source=SOURCE,
        by=None,
    )
    world.contracts["2015"] = contract
    partners.amend(
        contract,
        title="Protocole d’engagements renforcés de juillet 2019 ; contrat prolongé jusqu’à la fin de 2023",
        signed_on=date(2019, 7, 1),
        new_end=date(2023, 12, 31),
        by=None,
    )
    for body in INSTITUTIONS:
        if contract.code in body.signed:
            partners.sign(contract, world.bodies[body.key], name_then=body.then, by=None)
    world.themes = build_objectives("2015", contract)


def build_objectives(key: str, contract: Contract) -> dict[str, Objective]:
    """The tree of one contract, by slug."""
    made: dict[str, Objective] = {}
    for row in rows("objectifs.csv"):
        if row["contrat"] == key:
            made[row["nom"]] = partners.add_objective(
                contract,
                title=row["titre"],
                level=row["niveau"],
                slug=row["nom"],
                parent=made.get(row["parent"]),
                icon=row["icone"],
                summary=row["phrase"],
                by=None,
            )
    return made


def build_projects(world: World) -> None:
    """Sixty-four: the named ones named, the others said to be examples."""
    results: dict[str, list[dict[str, str]]] = {}
    for row in rows("resultats.csv"):
        results.setdefault(row["titre"], []).append(row)
    named = list(rows("histoire.csv"))
    years = [_named(world, row, results.get(row["titre"], [])) for row in named]
    for rank, slug in zip(range(len(named) + 1, PROJECTS + 1), cycle(FILLERS), strict=False):
        years.append(_unnamed(world, rank, world.themes[slug]))
    projects.announce(years, by=None)


def _named(world: World, row: dict[str, str], results: list[dict[str, str]]) -> ProjectYear:
    with clock.at(clock.paris(int(row["annee"]), 3, 1, 9)):
        project = projects.open_project(
            title=row["titre"], organisation=world.bodies[row["porteur"]], summary=row["phrase"], by=None
        )
        year = projects.open_year(
            project,
            int(row["annee"]),
            objectives=[world.themes[row["theme"]]],
            neighbourhoods=world.places_of(row["quartiers"]),
            by=None,
        )
    for result in results:
        projects.add_result(
            year, value=result["valeur"], unit=result["unite"], text=result["phrase"], measured=result["quand"],
            source=SOURCE, is_headline=result["vedette"] == "oui", by=None,
        )  # fmt: skip
    return year


def _unnamed(world: World, rank: int, theme: Objective) -> ProjectYear:
    when = 2016 + rank % 3
    with clock.at(clock.paris(when, 3, 1, 9)):
        project = projects.open_project(
            title=f"{theme.title}, projet n° {rank} (exemple)",
            organisation=world.bodies["ville"],
            summary="La page publique de 2019 compte ce projet sans le nommer : cette fiche tient sa place.",
            is_example=True,
            by=None,
        )
        return projects.open_year(
            project, when, objectives=[theme], neighbourhoods=world.places_of("SCG"[rank % 3]), by=None
        )
