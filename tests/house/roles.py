"""One person per role, and one thing of each kind for the addresses to point at."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.accounts.services import mint_link
from faubourg.calls import services as calls
from faubourg.partners import services as partners
from faubourg.partners.enums import OrganisationKind, Role
from tests.factories import calls as call_factory
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, member, officer

ROLES = (
    "nobody",
    "resident",
    "officer",
    "funder",
    "elected",
    "signer",
    "member",
    "council",
    "company",
    "stranger",  # the signer of another association
)


@dataclass
class World:
    """``people[role]``, and the values of the addresses' parameters by ``room:parameter`` or by the full name."""

    people: dict[str, Any]
    values: dict[str, Any]

    def arguments(self, name: str, parameters: set[str]) -> dict[str, Any] | None:
        """The address's parameters; None when the world has no value for one of them."""
        room = name.split(":")[0]
        found = {}
        for parameter in parameters:
            keys = (f"{name}:{parameter}", f"{room}:{parameter}")
            value = next((self.values[key] for key in keys if key in self.values), None)
            if value is None:
                return None
            found[parameter] = value
        return found


def build() -> World:
    """A call that is open, an application that was submitted, a claim that waits."""
    boss = officer()
    call = call_factory.open_call(code="2027")
    funder = call.envelopes.first().envelope.funder
    association = OrganisationFactory.create(name="Roue libre 40")
    signer = member(Role.SIGNER, association)
    agency = boss.memberships.get().organisation
    people = {
        "nobody": AnonymousUser(),
        "resident": UserFactory.create(),
        "officer": boss,
        "funder": member(Role.FUNDER, funder),
        "elected": member(Role.ELECTED, agency),
        "signer": signer,
        "member": member(Role.MEMBER, association),
        "council": member(Role.COUNCIL, OrganisationFactory.create(kind=OrganisationKind.COUNCIL)),
        "company": member(Role.COMPANY, OrganisationFactory.create(kind=OrganisationKind.COMPANY)),
        "stranger": member(Role.SIGNER, OrganisationFactory.create(name="Une autre association")),
    }
    application = call_factory.submitted_application(call, association)
    return World(people, _values(call, application, association, people))


def _values(call: Any, application: Any, association: Any, people: dict[str, Any]) -> dict[str, Any]:
    proof = SimpleUploadedFile("pouvoir.pdf", call_factory.PDF)
    newcomer = UserFactory.create(email="nouvelle@exemple.fr")
    claim = partners.claim(association, role=Role.MEMBER, title="bénévole", proof=proof, by=newcomer)
    return {
        "accounts:link:token": mint_link(people["resident"]),
        "partners:code": association.code,
        **{f"partners:{page}:code": claim.code for page in ("decide", "proof", "end")},
        **_of_calls(call, application),
        "website:year": date(2027, 1, 1).year,
    }


PAGES_OF_A_CALL = (
    "call_edit", "call_publish", "envelope_add", "envelope_resize", "envelope_remove", "share_opinions",
    "open_committee", "announce", "desk_list", "csv", "committee", "projected", "decide", "letters", "prepare_letters",
    "notify",
)  # fmt: skip


def _of_calls(call: Any, application: Any) -> dict[str, Any]:
    """``code`` is the call's on the pages of a call, the application's on all others."""
    piece = application.pieces.get().file.code
    return {
        "calls:code": application.code,
        **{f"calls:{page}:code": call.code for page in PAGES_OF_A_CALL},
        "calls:apply_start:call": call.code,
        "calls:edit:step": "projet",
        "calls:piece:file": piece,
        "calls:detach:file": piece,
        "calls:paper:file": calls.send_receipt(application).file.code,
        "calls:envelope": call.envelopes.first().envelope.code,
        "calls:application": application.code,
    }
