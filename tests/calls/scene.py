"""The people and the call of the desk's tests: an officer, two funders, an elected member, an association."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.accounts.models import User
from faubourg.calls import services
from faubourg.calls.models import Application, Call, FundingLine
from faubourg.core import clock
from faubourg.funding.models import Commitment, Envelope
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory, admitted_application, envelope_of
from tests.factories.partners import OrganisationFactory, member

AFTER = clock.paris(2026, 12, 15, 10)  # the day after the call's closing


@dataclass
class Scene:
    call: Call
    officer: User
    state: Envelope
    city: Envelope
    funder: User  # of the State
    other: User  # of the city
    elected: User

    def admitted(self, *, euros: int = 3_000, title: str = "") -> Application:
        """An admissible application, submitted while the call was open (whatever it is now)."""
        Call.objects.filter(pk=self.call.pk).update(state="published")
        fresh = Call.objects.get(pk=self.call.pk)
        application = admitted_application(fresh, OrganisationFactory.create(), officer=self.officer, euros=euros)
        Call.objects.filter(pk=self.call.pk).update(state=self.call.state)
        if title:
            Application.objects.filter(pk=application.pk).update(title=title)
        return Application.objects.get(pk=application.pk)

    def share(self) -> None:
        with clock.at(AFTER):
            services.share_opinions(self.call, by=self.officer)
        self.call.refresh_from_db()

    def open_committee(self) -> None:
        """Opinions shared, committee open."""
        self.share()
        with clock.at(AFTER):
            services.open_committee(self.call, by=self.officer)
        self.call.refresh_from_db()

    def opine(self, application: Application, *, by: User, verdict: str = "favourable", euros: int = 2_000) -> None:
        envelope = self.state if by == self.funder else self.city
        reason = "" if verdict == "favourable" else "Le motif que personne ne doit lire avant le partage."
        services.write_opinion(
            application, envelope.funder, verdict=verdict, reason=reason, amounts={envelope.code: euros * 100}, by=by
        )

    def decide_all(self, application: Application, euros: int) -> Application:
        for row in application.lines.order_by("pk"):
            services.decide(row, euros * 100, by=self.officer)
        return Application.objects.get(pk=application.pk)


def scene(*, state_euros: int = 85_000, city_euros: int = 30_000) -> Scene:
    call = CallFactory.create(code="2027")
    state = envelope_of(call, "État", euros=state_euros)
    city = envelope_of(call, "Ville", euros=city_euros, funder_kind=OrganisationKind.MUNICIPALITY, kind="ordinary")
    agency = OrganisationFactory.create(name="Grand Dax", kind=OrganisationKind.AGGLOMERATION, siret="")
    return Scene(
        call=call,
        officer=member(Role.OFFICER, agency),
        state=state,
        city=city,
        funder=member(Role.FUNDER, state.funder),
        other=member(Role.FUNDER, city.funder),
        elected=member(Role.ELECTED, agency),
    )


def everybody(made: Scene, application: Application | None = None) -> dict[str, User]:
    """One person for each role, by the role's name."""
    own: Organisation = application.organisation if application else OrganisationFactory.create()
    return {
        "officer": made.officer,
        "funder": made.funder,
        "elected": made.elected,
        "signer": member(Role.SIGNER, own),
        "member": member(Role.MEMBER, own),
        "council": member(Role.COUNCIL),
        "company": member(Role.COMPANY),
        "resident": UserFactory.create(),
    }


def line(application: Application, envelope: Envelope) -> FundingLine:
    return FundingLine.objects.get(application=application, envelope=envelope)


def money_is_whole() -> None:
    """What is decided on the lines is what the envelopes have committed, to the cent; no commitment hangs alone."""
    for envelope in Envelope.objects.order_by("pk"):
        decided = [row.decided_cents or 0 for row in FundingLine.objects.filter(envelope=envelope)]
        live = Commitment.objects.filter(envelope=envelope, released_at__isnull=True).order_by("pk")
        assert sum(decided) == envelope.committed_cents <= envelope.amount_cents
        assert sum(one.amount_cents for one in live) == envelope.committed_cents
        assert all(hasattr(one, "line") and one.line.decided_cents == one.amount_cents for one in live)


def upload(name: str = "comptes.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )
