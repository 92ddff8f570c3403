"""One person per role, and one thing of each kind for the addresses to point at."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest import mock

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.accounts.services import mint_link
from faubourg.calls import services as calls
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.partners import services as partners
from faubourg.partners.enums import OrganisationKind, Role
from tests.factories import calls as call_factory
from tests.factories.accounts import UserFactory, passkey_of
from tests.factories.documents import picture_of
from tests.factories.partners import OrganisationFactory, member, officer
from tests.factories.territory import (
    GeographyFactory,
    KeyFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
)

ROLES = (
    "nobody",
    "resident",
    "claimed",  # has asked to speak for the signer's association and waits: no right at all
    "officer",
    "funder",
    "elected",
    "signer",
    "member",
    "council",
    "company",
    "editor",  # of the public site
    "stranger",  # the signer of another association
)


@dataclass
class World:
    """``people[role]``, and the values of the addresses' parameters by ``room:parameter`` or by the full name."""

    people: dict[str, Any]
    values: dict[str, Any]

    def variants(self, name: str) -> list[str]:
        """The address itself, and the same one pointing elsewhere: « calls:edit@draft »."""
        marked = {key.rpartition(":")[0] for key in self.values if key.startswith(f"{name}@")}
        return [name, *sorted(marked)]

    def arguments(self, name: str, parameters: set[str]) -> dict[str, Any] | None:
        """The address's parameters; None when the world has no value for one of them."""
        room, bare = name.split(":")[0], name.partition("@")[0]
        found = {}
        for parameter in parameters:
            keys = (f"{name}:{parameter}", f"{bare}:{parameter}", f"{room}:{parameter}")
            value = next((self.values[key] for key in keys if key in self.values), None)
            if value is None:
                return None
            found[parameter] = value
        return found


def build() -> World:
    """A call that is open, with a draft and a submitted application; one in committee; one that is public."""
    boss = officer()
    call = call_factory.open_call(code="2027")
    funder = call.envelopes.first().envelope.funder
    association = OrganisationFactory.create(name="Roue libre 40")
    newcomer = UserFactory.create(email="nouvelle@exemple.fr")
    agency = boss.memberships.get().organisation
    people = {
        "nobody": AnonymousUser(),
        "resident": UserFactory.create(),
        "claimed": newcomer,
        "officer": boss,
        "funder": member(Role.FUNDER, funder),
        "elected": member(Role.ELECTED, agency),
        "signer": member(Role.SIGNER, association),
        "member": member(Role.MEMBER, association),
        "council": member(Role.COUNCIL, OrganisationFactory.create(kind=OrganisationKind.COUNCIL)),
        "company": member(Role.COMPANY, OrganisationFactory.create(kind=OrganisationKind.COMPANY)),
        "editor": member(Role.EDITOR, agency),
        "stranger": member(Role.SIGNER, OrganisationFactory.create(name="Une autre association")),
    }
    proof = SimpleUploadedFile("pouvoir.pdf", call_factory.PDF)
    claim = partners.claim(association, role=Role.MEMBER, title="bénévole", proof=proof, by=newcomer)
    return World(
        people,
        {
            "accounts:link:token": mint_link(people["resident"]),
            "accounts:provider": "none",
            "account_reset_password_from_key:uidb36": "1",
            "account_reset_password_from_key:key": "no-such-key",
            **dict.fromkeys(("mfa_edit_webauthn:pk", "mfa_remove_webauthn:pk"), passkey_of(people["council"]).pk),
            "partners:code": association.code,
            **{f"partners:{page}:code": claim.code for page in ("decide", "proof", "end")},
            "partners:change:code": people["member"].memberships.get().code,
            **_of_invitations(people),
            **_of_doubles(association, boss),
            "partners:logo@drawn:code": _with_logo(boss).code,
            **dict.fromkeys(("partners:contact_change:code", "partners:contact_remove:code"), _contact(people).code),
            "partners:delegation_withdraw:code": _delegation(people).code,
            **_of_the_contract(call, funder),
            **_of_the_territory(call.geography),
            **_of_calls(call, call_factory.submitted_application(call, association)),
            **_of_other_states(call, association, boss),
            **_of_the_public(association, boss),
            "website:photo:name": "none.webp",
            "core:digest": "of-no-look",
        },
    )


def _of_invitations(people: dict[str, Any]) -> dict[str, Any]:
    """The signer has invited the resident, whose address alone the link and the code are good for."""
    with mock.patch("secrets.token_urlsafe", return_value="token-of-the-invitation"):
        row = partners.invite(
            people["signer"].memberships.get().organisation,
            email=people["resident"].email, role=Role.MEMBER, by=people["signer"],
        )  # fmt: skip
    pages = ("invitation_mine", "invite_again", "invitation_withdraw")
    return {
        "partners:invitation:token": "token-of-the-invitation",
        **{f"partners:{page}:code": row.code for page in pages},
    }


def _delegation(people: dict[str, Any]) -> Any:
    """A colleague of the signer and of the member may sign these days."""
    house = people["signer"].memberships.get().organisation
    receiver = member(Role.MEMBER, house).memberships.get()
    days = {"starts_on": clock.today(), "ends_on": clock.today()}
    return partners.delegate(house, receiver=receiver, **days, by=people["signer"])


def _contact(people: dict[str, Any]) -> Any:
    house = people["signer"].memberships.get().organisation
    return partners.add_contact(house, title="comptabilité", phone="05 58 56 80 00", by=people["member"])


def _of_doubles(association: Any, boss: Any) -> dict[str, Any]:
    """A double that nobody has merged yet, and one that was a moment ago."""
    gone = partners.merge_organisations(OrganisationFactory.create(siret=""), association, by=boss)
    return {"partners:other": OrganisationFactory.create(siret="").code, "partners:merge_undo:code": gone.code}


def _with_logo(boss: Any) -> Any:
    picture = SimpleUploadedFile("logo.png", picture_of((4, 2)))
    return partners.set_logo(OrganisationFactory.create(), file=picture, by=boss)


def _in_committee(code: str, association: Any, boss: Any) -> Any:
    """An application that asks 3 000 euros of the State, whose call has just opened its committee."""
    call = call_factory.CallFactory.create(code=code)
    call_factory.envelope_of(call, "État")
    application = call_factory.admitted_application(call, association, officer=boss)
    with clock.at(clock.paris(2027, 2, 10, 10)):
        calls.share_opinions(call, by=boss)
        calls.open_committee(call, by=boss)
    return Application.objects.select_related("call").get(pk=application.pk)


def _of_other_states(call: Any, association: Any, boss: Any) -> dict[str, Any]:
    """What a draft, an admissible application, an open cell and an unsent letter change in the answers."""
    draft = call_factory.full_draft(call, association)
    admitted = call_factory.admitted_application(call, association, officer=boss)
    asked = call_factory.submitted_application(call, association)
    calls.ask_for_piece(asked, text="Le relevé d’identité.", due_on=date(2026, 12, 1), by=boss)
    table = _in_committee("comite", association, boss)
    cell = table.lines.get().envelope.code
    letter = _in_committee("lettre", association, boss)
    calls.decide(letter.lines.get(), 100_000, by=boss)
    paper = calls.prepare_letters(letter.call, by=boss)[0]
    pages = ("application", "edit", "attach", "autosave", "detach", "submit", "withdraw", "piece", "desk_application")
    return {
        **{f"calls:{page}@draft:code": draft.code for page in pages},
        **{f"calls:{page}@draft:file": draft.pieces.get().file.code for page in ("piece", "detach")},
        **{f"calls:{page}@admitted:code": admitted.code for page in ("opinion", "withdraw")},
        "calls:answer@asked:code": asked.code,
        "calls:decide:code": table.call.code,
        "calls:decide:application": table.code,
        "calls:decide:envelope": cell,
        "calls:committee@open:code": table.call.code,
        "calls:paper@unsent:code": letter.code,
        "calls:paper@unsent:file": paper.file.code,
        "desk:code": paper.mails.first().code,
        "desk:place": 0,
    }


def _of_the_public(association: Any, boss: Any) -> dict[str, Any]:
    """A call whose result is public, with its one project."""
    application = _in_committee("2026", association, boss)
    with clock.at(clock.paris(2027, 2, 20, 10)):
        calls.decide(application.lines.get(), 100_000, by=boss)
        calls.prepare_letters(application.call, by=boss)
        calls.notify([application], by=boss)
        calls.announce(application.call, by=boss)
    place, theme = application.neighbourhoods.get(), application.objectives.get()
    return {
        "website:code": "2026",
        "website:call@open:code": "2027",
        "website:results@open:code": "2027",
        "website:project:code": application.project.code,
        "website:theme:slug": theme.slug,
        "website:neighbourhood:slug": place.slug,
    }


PAGES_OF_A_CONTRACT = (
    "contract", "signature_add", "signatory_new", "signature_remove", "objective_add", "objective", "objective_under",
    "objective_move", "objective_remove",
)  # fmt: skip


def _of_the_contract(call: Any, funder: Any) -> dict[str, Any]:
    """An objective that the call uses, and one that nobody does yet."""
    partners.sign(call.contract, funder, date(2024, 3, 19), by=None)
    free = partners.add_objective(call.contract, title="Libre", slug="libre", by=None)
    return {
        **{f"partners:{page}:code": call.contract.code for page in PAGES_OF_A_CONTRACT},
        "partners:organisation": funder.code,
        "partners:objective": call.objectives.get().code,
        "partners:objective_remove@free:objective": free.code,
    }


def _of_the_territory(geography: Any) -> dict[str, Any]:
    """A neighbourhood with a figure, that serves; things that serve nobody yet, to be removed."""
    figure = KeyFigureFactory.create(neighbourhood=geography.neighbourhoods.first())
    place, free = figure.neighbourhood, NeighbourhoodFactory.create(geography=GeographyFactory.create(code="2015"))
    pages = ("neighbourhood", "neighbourhood_remove", "figure_add", "figure_remove")
    return {
        **{f"desk:{page}:code": place.code for page in pages},
        **{f"desk:{page}:code": geography.code for page in ("geography", "geography_remove")},
        "desk:insee": place.municipality.insee,
        "desk:indicator": figure.indicator,
        "desk:edition": figure.edition,
        "desk:neighbourhood_remove@free:code": free.code,
        "desk:municipality_remove@free:insee": MunicipalityFactory.create().insee,
        "desk:geography_remove@free:code": GeographyFactory.create(code="2030").code,
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
    }
