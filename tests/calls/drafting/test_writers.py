"""Who may write in a draft, and until when."""

from datetime import date

import pytest

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState, PieceKind
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners.enums import MembershipState, Role
from tests.calls.drafting.ground import again
from tests.factories.calls import a_file, signer_of, submitted_application
from tests.factories.partners import MembershipFactory, member, officer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.SIGNER, Role.MEMBER])
def test_both_roles_of_the_organisation_write(application, role):
    person = member(role, application.organisation)
    assert services.save_field(application, "title", "Par nous", by=person).problem == ""


def attackers(application):
    funder = member(Role.FUNDER, application.call.envelopes.first().envelope.funder)
    claimed = MembershipFactory.create(
        organisation=application.organisation, role=Role.SIGNER, state=MembershipState.CLAIMED
    ).user
    ended = MembershipFactory.create(
        organisation=application.organisation, role=Role.SIGNER, state=MembershipState.ENDED, ends_on=date(2026, 11, 1)
    ).user
    return [member(Role.SIGNER), officer(), funder, claimed, ended, member(Role.ELECTED)]


def test_nobody_else_writes_attaches_or_takes_out(application, signer):
    piece = services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    for attacker in attackers(application):
        for attack in (
            lambda by: services.save_field(application, "title", "Volé", by=by),
            lambda by: services.save_fields(application, {"title": "Volé"}, by=by),
            lambda by: services.attach(application, a_file(), PieceKind.OTHER, by=by),
            lambda by: services.detach(piece, by=by),
            lambda by: services.submit(application, sworn=True, by=by),
            lambda by: services.withdraw(application, by=by),
        ):
            with pytest.raises(NotAllowed):
                attack(attacker)
    row = again(application)
    assert (row.title, row.state, row.pieces.count()) == ("", ApplicationState.DRAFT, 1)


def test_submitted_application_changes_no_more():
    application = submitted_application()
    signer = signer_of(application.organisation)
    with pytest.raises(Refusal, match="déjà déposé"):
        services.save_field(application, "title", "Trop tard", by=signer)
    with pytest.raises(Refusal, match="déjà déposé"):
        services.save_fields(application, {"title": "Trop tard"}, by=signer)
    with pytest.raises(NotAllowed):
        services.attach(application, a_file(), PieceKind.OTHER, by=signer)
    with pytest.raises(Refusal, match="déjà déposé"):
        services.detach(application.pieces.get(), by=signer)
    assert again(application).title == "Atelier vélo solidaire"
