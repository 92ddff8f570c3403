"""The present of the example world: an invented contract and its three calls, hung on the day of installation."""

from datetime import date, datetime, timedelta

from faubourg.calls import services as calls
from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.demo.cast import INSTITUTIONS
from faubourg.demo.history import build_objectives
from faubourg.demo.world import World, text
from faubourg.funding.enums import MoneyKind
from faubourg.partners import services as partners

ENVELOPES = (  # funder, kind, head of the column, euros; the first two make the common 170 000 EUR of the page
    ("etat", MoneyKind.EARMARKED, "État", 85_000),
    ("agglo", MoneyKind.EARMARKED, "Agglomération", 85_000),
    ("ville", MoneyKind.ORDINARY, "Ville de Dax", 30_000),
    ("caf", MoneyKind.ORDINARY, "CAF", 30_000),
    ("departement", MoneyKind.ORDINARY, "Département", 32_000),
)


def build_contract(world: World) -> None:
    start = world.today.year - 2
    contract = partners.open_contract(
        code="contrat-exemple",
        title=f"Contrat de ville {start}-{start + 6} (exemple)",
        starts_on=date(start, 1, 1),
        ends_on=date(start + 6, 12, 31),
        summary="Contrat inventé pour montrer la plateforme : ses objectifs, ses appels et ses montants sont fictifs.",
        source="Inventé pour l’exemple",
        is_example=True,
        by=None,
    )
    world.contracts["current"] = contract
    for body in INSTITUTIONS:
        if contract.code in body.signed:
            partners.sign(contract, world.bodies[body.key], date(start, 3, 19), by=None)
    tree = build_objectives("current", contract)
    world.stakes = {slug: objective for slug, objective in tree.items() if objective.parent_id}


def build_call(
    world: World, *, code: str, year: int, title: str, opens: datetime, closes: datetime, committee: date, start: date
) -> Call:
    """One call with its five envelopes, published on the day it opens."""
    with clock.at(opens - timedelta(days=3)):
        call = calls.open_call(
            code=code,
            year=year,
            title=title,
            summary="Un seul dossier pour l’État, l’agglomération, la Ville, la CAF et le Département.",
            rules_text=text("reglement.txt"),
            opens_at=opens,
            closes_at=closes,
            projects_from=start,
            projects_until=start + timedelta(days=364),
            committee_on=committee,
            contact_email="contrat-de-ville@exemple.fr",
            contract=world.contracts["current"],
            geography=world.geographies["2024"],
            objectives=world.stakes.values(),
            by=world.officer,
        )
        for key, kind, head, euros in ENVELOPES:
            calls.add_envelope(
                call, funder=world.bodies[key], kind=kind, short_name=head, amount_cents=euros * 100, by=world.officer
            )
        return calls.publish(call, by=world.officer)


def evening(day: date) -> datetime:
    """Five o’clock in Paris: the hour at which calls close."""
    return clock.paris(day.year, day.month, day.day, 17)
