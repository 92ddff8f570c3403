"""Envelopes, commitments, budgets."""

import factory

from faubourg.funding.enums import MoneyKind
from faubourg.funding.models import Budget, BudgetLine, Commitment, Envelope
from tests.factories.partners import OrganisationFactory


class EnvelopeFactory(factory.django.DjangoModelFactory[Envelope]):
    class Meta:
        model = Envelope

    funder = factory.SubFactory(OrganisationFactory, name="État", kind="state")
    kind = MoneyKind.EARMARKED
    year = 2027
    short_name = "État"
    amount_cents = 100_000_00


class CommitmentFactory(factory.django.DjangoModelFactory[Commitment]):
    """The envelope in hand does not know the new sum until it is read again."""

    class Meta:
        model = Commitment

    envelope = factory.SubFactory(EnvelopeFactory)
    thing = factory.Sequence(lambda n: f"D-{n:08d}")
    amount_cents = 1_000_00


class BudgetFactory(factory.django.DjangoModelFactory[Budget]):
    class Meta:
        model = Budget


class BudgetLineFactory(factory.django.DjangoModelFactory[BudgetLine]):
    class Meta:
        model = BudgetLine

    budget = factory.SubFactory(BudgetFactory)
    account = "601"
    amount_cents = 1_000_00


def budget_of(**euros: int) -> Budget:
    """``budget_of(_601=4900, _70=4900)``: whole euros on accounts; letters need no underscore (``OWN=500``)."""
    budget = BudgetFactory.create()
    for account, amount in euros.items():
        BudgetLineFactory.create(budget=budget, account=account.lstrip("_"), amount_cents=amount * 100)
    return budget


def balanced_budget(asked_cents: int = 0) -> Budget:
    """5 000 € of charges; what is not asked comes from cotisations."""
    return budget_of(_601=3_000, _641=2_000, _756=5_000 - asked_cents // 100)
