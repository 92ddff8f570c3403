"""The letters that the calls' room sends: subject, template, to whom; and the two that are also PDFs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.calls.enums import Outcome
from faubourg.calls.figures import outcome
from faubourg.calls.models import Application, InformationRequest
from faubourg.core import clock, money
from faubourg.core.templatetags.faubourg import at_hour, long_date
from faubourg.documents.services import make_pdf
from faubourg.notifications.services import Letter, write
from faubourg.partners.enums import Role
from faubourg.partners.selectors import officers, people_of

TYPST = Path(__file__).parent / "typst"
PDF = "application/pdf"


def receipt_letters(application: Application, pdf: bytes, name: str) -> Iterator[Letter]:
    """To the signers: the application is here (R-INS-07)."""
    yield from _to_applicant(
        application,
        "receipt",
        f"Votre dossier {application.reference} est bien déposé",
        enclosures=((name, PDF, pdf),),
        submitted=at_hour(application.submitted_at),
    )


def piece_asked_letters(application: Application, request: InformationRequest) -> Iterator[Letter]:
    yield from _to_applicant(
        application,
        "piece_asked",
        f"Dossier {application.reference} : il manque une pièce",
        roles=(Role.SIGNER, Role.MEMBER),
        request=request,
        due=long_date(request.due_on),
    )


def piece_given_letters(application: Application, request: InformationRequest) -> Iterator[Letter]:
    for officer in officers():
        yield _letter(
            application,
            officer,
            "piece_given",
            f"Dossier {application.reference} : l’association a répondu",
            url=_page("calls:desk_application", application),
            request=request,
        )


def rejected_letters(application: Application) -> Iterator[Letter]:
    yield from _to_applicant(
        application, "rejected", f"Dossier {application.reference} : votre demande n’est pas recevable"
    )


def decision_letters(application: Application, pdf: bytes, name: str) -> Iterator[Letter]:
    """The decision, with its letter: read in the outbox by the officer before it leaves."""
    yield from _to_applicant(
        application,
        "decision",
        f"Dossier {application.reference} : la décision du comité",
        enclosures=((name, PDF, pdf),),
        **_decision(application),
    )


def receipt_pdf(application: Application) -> bytes:
    """The receipt as a tagged PDF."""
    lines = list(application.lines.select_related("envelope__funder"))
    return make_pdf(
        TYPST / "receipt.typ",
        {
            **_head(application, "Accusé de réception"),
            "submitted": at_hour(application.submitted_at),
            "closing": at_hour(application.call.closes_at),
            "lines": [
                {"funder": str(line.envelope.funder), "kind": line.envelope.get_kind_display(),
                 "asked": money.format_amount(line.asked_cents)}
                for line in lines
            ],
            "total": money.format_amount(sum(line.asked_cents for line in lines)),
            "contact": application.call.contact_email,
        },
    )  # fmt: skip


def decision_pdf(application: Application) -> bytes:
    """The decision letter as a tagged PDF: what each funder gives, in full."""
    return make_pdf(
        TYPST / "decision.typ", {**_head(application, _decision_title(application)), **_decision(application)}
    )


# ---------------------------------------------------------------------------------------------- pieces of letters
def _decision_title(application: Application) -> str:
    refused = outcome(application.lines.all()) == Outcome.REFUSED
    return "Votre demande de subvention n’est pas retenue" if refused else "Votre projet est soutenu"


def _decision(application: Application) -> dict[str, Any]:
    lines = list(application.lines.select_related("envelope__funder").order_by("envelope__call_link__position"))
    return {
        "outcome": outcome(lines).value,
        "lines": [
            {
                "funder": str(line.envelope.funder),
                "kind": line.envelope.get_kind_display(),
                "asked": money.format_amount(line.asked_cents),
                "decided": money.format_amount(line.decided_cents or 0),
            }
            for line in lines
        ],
        "asked": money.format_amount(sum(line.asked_cents for line in lines)),
        "decided": money.format_amount(sum(line.decided_cents or 0 for line in lines)),
        "committee": long_date(application.call.committee_on or clock.today()),
        "period": _period(application),
        "contact": application.call.contact_email,
        "appeal": settings.APPEAL_WORDS,
    }


def _period(application: Application) -> str:
    if application.starts_on is None or application.ends_on is None:
        return str(application.call.year)
    return f"du {application.starts_on:%d/%m/%Y} au {application.ends_on:%d/%m/%Y}"


def _head(application: Application, title: str) -> dict[str, Any]:
    organisation = application.organisation
    town = organisation.municipality.name if organisation.municipality else ""
    return {
        "agency": settings.TOWN["agency"],
        "town": settings.TOWN["city"],
        "date": long_date(clock.today()).split(" ", 1)[1],
        "addressee": [organisation.name, *([town] if town else [])],
        "title": title,
        "reference": application.reference,
        "project": application.title,
        "call": application.call.title,
        "year": application.call.year,
        "example": application.call.contract.is_example,
    }


def _to_applicant(
    application: Application,
    name: str,
    subject: str,
    *,
    roles: tuple[Role, ...] = (Role.SIGNER,),
    enclosures: tuple[tuple[str, str, bytes], ...] = (),
    **context: Any,
) -> Iterator[Letter]:
    for person in people_of(application.organisation, *roles):
        url = _page("calls:application", application)
        yield _letter(application, person, name, subject, url=url, enclosures=enclosures, **context)


def _letter(
    application: Application, person: User, name: str, subject: str, *, url: str,
    enclosures: tuple[tuple[str, str, bytes], ...] = (), **context: Any,
) -> Letter:  # fmt: skip
    return write(
        f"calls/letters/{name}.txt",
        kind=f"calls.{name}",
        to=person.email,
        subject=subject,
        context={
            "application": application,
            "call": application.call,
            "person": person,
            "url": url,
            **context,
        },
        enclosures=enclosures,
    )


def _page(name: str, application: Application) -> str:
    return settings.BASE_URL + reverse(name, args=[application.code])
