from datetime import date

import factory
from stdnum import luhn

from faubourg.core import clock
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from faubourg.partners.models import Contract, Membership, Objective, Organisation
from tests.factories.accounts import UserFactory


def siret(number: int) -> str:
    """A SIRET whose keys are right: nine digits of SIREN, then an establishment."""
    siren = f"8{number:07d}"
    siren += luhn.calc_check_digit(siren)
    establishment = f"{siren}0001"
    return establishment + luhn.calc_check_digit(establishment)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association {n}")
    kind = OrganisationKind.ASSOCIATION
    siret = factory.Sequence(siret)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A confirmed, living membership."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.MEMBER
    state = MembershipState.CONFIRMED
    starts_on = date(2026, 1, 1)
    decided_at = factory.LazyAttribute(
        lambda o: None if o.state == MembershipState.CLAIMED else clock.paris(2026, 1, 1, 9)
    )


class ContractFactory(factory.django.DjangoModelFactory[Contract]):
    class Meta:
        model = Contract

    code = factory.Sequence(lambda n: f"contrat-{2024 + n}")
    title = "Contrat de ville"
    starts_on = date(2024, 1, 1)
    ends_on = date(2030, 12, 31)


class ObjectiveFactory(factory.django.DjangoModelFactory[Objective]):
    class Meta:
        model = Objective

    contract = factory.SubFactory(ContractFactory)
    level = "enjeu"
    title = factory.Sequence(lambda n: f"Enjeu {n}")
    slug = factory.Sequence(lambda n: f"enjeu-{n}")
    path = factory.Sequence(lambda n: f"{n % 1000:03d}")


def member(role: Role = Role.MEMBER, organisation: Organisation | None = None, **more: object):
    """A person who holds this role, in an organisation of her own when none is given."""
    if organisation is not None:
        more["organisation"] = organisation
    return MembershipFactory.create(role=role, **more).user


def officer():
    agency = OrganisationFactory.create(name="Agglomération", kind=OrganisationKind.AGGLOMERATION)
    return member(Role.OFFICER, agency)
