from decimal import Decimal

import factory

from faubourg.projects.models import Grant, Project, ProjectYear, Result
from tests.factories.funding import CommitmentFactory
from tests.factories.partners import OrganisationFactory


class ProjectFactory(factory.django.DjangoModelFactory[Project]):
    class Meta:
        model = Project

    title = factory.Sequence(lambda n: f"Projet {n}")
    organisation = factory.SubFactory(OrganisationFactory)


class ProjectYearFactory(factory.django.DjangoModelFactory[ProjectYear]):
    class Meta:
        model = ProjectYear
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    year = 2027

    @factory.post_generation
    def objectives(self, create, extracted, **kwargs):
        if extracted:
            self.objectives.set(extracted)

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        if extracted:
            self.neighbourhoods.set(extracted)


class GrantFactory(factory.django.DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    project_year = factory.SubFactory(ProjectYearFactory)
    commitment = factory.SubFactory(CommitmentFactory)


class ResultFactory(factory.django.DjangoModelFactory[Result]):
    class Meta:
        model = Result

    project_year = factory.SubFactory(ProjectYearFactory)
    value = Decimal("68")
    unit = "enfants"
    text = "68 enfants suivis"
    measured = "2018"
    source = "Bilan 2018"
