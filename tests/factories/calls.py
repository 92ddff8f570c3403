"""Calls and their applications. States beyond the draft are reached through the services, as people reach them."""

from datetime import date
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.accounts.models import User
from faubourg.calls import services
from faubourg.calls.enums import CallState, PieceKind
from faubourg.calls.models import Application, Call, CallEnvelope
from faubourg.calls.standard import STANDARD_QUESTIONS
from faubourg.core import clock
from faubourg.funding.models import Envelope
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Organisation
from faubourg.partners.selectors import people_of
from faubourg.questions.services import make_questionnaire
from tests.factories.funding import EnvelopeFactory
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory, member
from tests.factories.territory import GeographyFactory, NeighbourhoodFactory

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
ANSWERS = {f"q-{row['key']}": f"Notre réponse sur {row['key']}." for row in STANDARD_QUESTIONS}


class CallFactory(factory.django.DjangoModelFactory[Call]):
    """A published call, open from 1 November 2026 to 14 December 2026 at 17:00, with one objective."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"2027-{n}")
    year = 2027
    title = "Appel à projets 2027"
    rules_text = "Le règlement de l’appel."
    opens_at = clock.paris(2026, 11, 1, 9)
    closes_at = clock.paris(2026, 12, 14, 17)
    projects_from = date(2027, 1, 1)
    projects_until = date(2027, 12, 31)
    committee_on = date(2027, 2, 10)
    contact_email = "contrat-de-ville@exemple.fr"
    state = CallState.PUBLISHED
    contract = factory.SubFactory(ContractFactory)
    geography = factory.SubFactory(GeographyFactory)
    questionnaire = factory.LazyFunction(lambda: make_questionnaire("Questions", STANDARD_QUESTIONS, by=None))

    @factory.post_generation
    def with_objective(self: Call, create: bool, extracted: Any, **more: Any) -> None:
        if create and extracted is not False:
            self.objectives.add(ObjectiveFactory.create(contract=self.contract))
            NeighbourhoodFactory.create(geography=self.geography)


def envelope_of(call: Call, short_name: str = "État", *, euros: int = 85_000, **more: Any) -> Envelope:
    """One more envelope of the call, in the next column."""
    kind = more.pop("funder_kind", OrganisationKind.STATE)
    funder = more.pop("funder", None) or OrganisationFactory.create(
        name=f"{short_name} (services)", kind=kind, siret=""
    )
    envelope = EnvelopeFactory.create(
        short_name=short_name, amount_cents=euros * 100, year=call.year, funder=funder, **more
    )
    CallEnvelope.objects.create(call=call, envelope=envelope, position=call.envelopes.count())
    return envelope


def open_call(**more: Any) -> Call:
    """A published call with two envelopes, « État » and « Agglomération »."""
    call = CallFactory.create(**more)
    envelope_of(call, "État")
    envelope_of(call, "Agglomération", funder_kind=OrganisationKind.AGGLOMERATION)
    return call


def signer_of(organisation: Organisation) -> User:
    """The first signer of an organisation; made when it has none."""
    known = people_of(organisation, Role.SIGNER)
    return known[0] if known else member(Role.SIGNER, organisation)


def draft(call: Call | None = None, organisation: Organisation | None = None, *, by: User | None = None) -> Application:
    """An empty draft of an organisation with a signer."""
    call = call or open_call()
    by = by or signer_of(organisation or OrganisationFactory.create())
    organisation = organisation or by.memberships.get().organisation
    return services.start(call, organisation, by=by)


def full_fields(call: Call, *, euros: int = 3_000) -> dict[str, str | list[str]]:
    """What a whole application types: it asks ``euros`` of each envelope, and its budget balances."""
    asked = {f"asked-{link.envelope.code}": str(euros) for link in call.envelopes.select_related("envelope")}
    return {
        "title": "Atelier vélo solidaire",
        "summary": "Réparer ensemble les vélos du quartier.",
        "objectives": [row.code for row in call.objectives.all()],
        "public": "Habitants de tous âges",
        "people_expected": "120",
        "people_qpv": "80",
        "neighbourhoods": [row.code for row in call.geography.neighbourhoods.all()],
        "starts_on": call.projects_from.isoformat(),
        "ends_on": call.projects_until.isoformat(),
        **ANSWERS,
        **asked,
        "b-601": str(euros * len(asked) + 500),
        "b-756": "500",
    }


def full_draft(
    call: Call | None = None, organisation: Organisation | None = None, *, euros: int = 3_000, by: User | None = None
) -> Application:
    """A draft to which nothing is missing but the signature."""
    application = draft(call, organisation, by=by)
    by = by or signer_of(application.organisation)
    services.save_fields(application, full_fields(application.call, euros=euros), by=by)
    services.attach(application, a_file(), PieceKind.STATUTES, by=by)
    return Application.objects.get(pk=application.pk)


def a_file(name: str = "statuts.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def submitted_application(
    call: Call | None = None, organisation: Organisation | None = None, *, euros: int = 3_000, by: User | None = None
) -> Application:
    """A submitted application that asks ``euros`` of each envelope of its call."""
    application = full_draft(call, organisation, euros=euros, by=by)
    return services.submit(application, sworn=True, by=by or signer_of(application.organisation))


def admitted_application(
    call: Call | None = None, organisation: Organisation | None = None, *, officer: User, euros: int = 3_000
) -> Application:
    """An admissible application."""
    return services.admit(submitted_application(call, organisation, euros=euros), by=officer)
