"""Two rows of one organisation made one, and two again: everything goes over, everything comes back."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from faubourg.accounts.services import LinkRefusal
from faubourg.calls.models import Application, Opinion
from faubourg.core import clock
from faubourg.core.cards import cards
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners import rules, selectors, services
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from faubourg.partners.models import Merge, Organisation
from faubourg.projects.services import announce
from faubourg.search.selectors import faults
from faubourg.search.services import rebuild
from tests.conftest import NOW
from tests.factories import calls as call_factory
from tests.factories.accounts import UserFactory
from tests.factories.partners import ContractFactory, MembershipFactory, OrganisationFactory, member, officer, siret
from tests.factories.projects import ProjectFactory, ProjectYearFactory
from tests.house.tables import of_the_house
from tests.partners.services.ground import deeds

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return officer()


@pytest.fixture
def kept():
    return OrganisationFactory.create(name="Roue libre 40")


@pytest.fixture
def gone():
    """A double with something of everything."""
    one = OrganisationFactory.create(name="Association Roue libre 40", siret="", rna="W401001234")
    signer = member(Role.SIGNER, one, title="présidente")
    MembershipFactory.create(organisation=one, state=MembershipState.ENDED)
    services.add_contact(one, title="direction", email="direction@exemple.fr", by=signer)
    services.invite(one, email="zoe@exemple.fr", role=Role.MEMBER, by=signer)
    services.sign(ContractFactory.create(), one, by=None)
    ProjectFactory.create(organisation=one)
    call_factory.full_draft(call_factory.open_call(), one)
    return one


def picture() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Who has what, of all organisations: to be the same before a merge and after its undoing."""
    return {
        one.code: {**selectors.all_belongings(one), "merged": {"into": [str(one.merged_into)]}}
        for one in Organisation.objects.order_by("pk")
    }


def merge(gone, kept, by) -> Merge:
    return services.merge_organisations(gone, kept, by=by)


def no(gone, kept, by) -> str:
    before = picture()
    with pytest.raises(Refusal) as refusal:
        merge(gone, kept, by)
    assert picture() == before
    return refusal.value.message


# ---------------------------------------------------------------------------------------------- merge
def test_merge_moves_everything_and_says_what(gone, kept, boss):
    signer, what = gone.memberships.get(role=Role.SIGNER).user, selectors.all_belongings(gone)
    assert selectors.counts_of(what) == {
        "RNA": 1, "personnes": 2, "contacts": 1, "invitations": 1, "signatures": 1, "projets": 1, "dossiers": 1,
    }  # fmt: skip
    row = merge(gone, kept, boss)
    assert row.moved == what
    for one in (gone, kept):
        one.refresh_from_db()
    assert selectors.all_belongings(gone) == {}
    assert rules.may_sign_for(signer, kept)
    assert not rules.may_sign_for(signer, gone)
    assert Application.objects.get().organisation == kept
    assert (gone.merged_into, kept.rna) == (kept, "W401001234")
    assert deeds(f"{gone.code}:{kept.code}") == [("merge", "", "merged", boss.code)]


def test_merged_is_found_as_the_one_that_it_is_now(gone, kept, boss):
    merge(gone, kept, boss)
    for text in ("association roue", "roue libre 40", "W401001234"):
        assert selectors.search_organisations(text) == [kept]
    assert selectors.organisation_by_code(gone.code) == kept
    with pytest.raises(Refusal, match="celui de « Roue libre 40 »"):
        services.open_organisation(name="Encore", kind="association", rna="W401001234", by=None)


def test_the_search_follows_a_merge_and_its_undoing_at_once(gone, kept, boss):
    """« faubourg check » compares the index with the rooms: nobody waits for the night."""
    year = ProjectYearFactory.create(project__organisation=gone)
    announce([year], by=None)
    rebuild()
    row = merge(gone, kept, boss)
    assert list(faults()) == []
    services.undo_merge(row, by=boss)
    assert list(faults()) == []


def test_undo_gives_everything_back_exactly(gone, kept, boss):
    member(Role.MEMBER, kept)
    ProjectFactory.create(organisation=kept)
    before = picture()
    row = merge(gone, kept, boss)
    assert picture() != before
    with clock.at(NOW + timedelta(days=30, seconds=-1)):
        services.undo_merge(row, by=boss)
    assert picture() == before
    assert deeds(f"{gone.code}:{kept.code}")[-1] == ("undo_merge", "merged", "", boss.code)
    with pytest.raises(Refusal, match="déjà défaite"):
        services.undo_merge(row, by=boss)
    merge(gone, kept, boss)  # and it may be done again


def test_undo_leaves_what_was_made_since(gone, kept, boss):
    row = merge(gone, kept, boss)
    later = ProjectFactory.create(organisation=kept)
    services.undo_merge(row, by=boss)
    later.refresh_from_db()
    assert later.organisation == kept
    assert selectors.all_belongings(kept)["projects"] == {"projets": [later.code]}


def test_undo_no_later_than_thirty_days(gone, kept, boss):
    row = merge(gone, kept, boss)
    with clock.at(NOW + timedelta(days=30)):
        with pytest.raises(Refusal, match="définitive"):
            services.undo_merge(row, by=boss)
        assert list(selectors.reversible_merges()) == []
        assert services.settle_merges() == 1
        assert services.settle_merges() == 0
    assert deeds(f"{gone.code}:{kept.code}")[-1] == ("settle_merge", "", "merged", "")


def test_what_both_have_sleeps_with_the_double(gone, kept, boss):
    signer = gone.memberships.get(role=Role.SIGNER)
    MembershipFactory.create(user=signer.user, organisation=kept, role=Role.SIGNER)
    services.invite(kept, email="zoe@exemple.fr", role=Role.MEMBER, by=boss)
    before = picture()
    row = merge(gone, kept, boss)
    assert signer.code not in row.moved["partners"]["personnes"]
    assert "invitations" not in row.moved["partners"]
    assert selectors.organisations_of(signer.user) == [kept]
    services.undo_merge(row, by=boss)
    assert picture() == before
    assert set(selectors.organisations_of(signer.user)) == {kept, gone}


# ---------------------------------------------------------------------------------------------- refusals
def test_an_invitation_that_sleeps_with_the_double_gives_nothing(gone, kept, boss):
    """The kept one had invited the same address: the double's mail is still in the box, for a role of its own."""
    zoe = UserFactory.create(email="zoe@exemple.fr")
    services.invite(kept, email=zoe.email, role=Role.MEMBER, by=boss)
    sleeping = services.invite(gone, email=zoe.email, role=Role.SIGNER, by=boss)
    row = merge(gone, kept, boss)
    with pytest.raises(LinkRefusal, match="Elle ne vaut plus"):
        services.accept_invitation(sleeping, by=zoe)
    assert [one.organisation for one in selectors.invitations_to(zoe)] == [kept]
    services.undo_merge(row, by=boss)
    services.accept_invitation(sleeping, by=zoe)
    assert rules.may_sign_for(zoe, gone)


def test_merge_by_the_officer_alone(gone, kept, boss):
    row = merge(OrganisationFactory.create(siret=""), kept, boss)
    for user in (member(Role.SIGNER, kept), member(Role.SIGNER, gone), member(Role.FUNDER), UserFactory.create()):
        with pytest.raises(NotAllowed):
            merge(gone, kept, user)
        with pytest.raises(NotAllowed):
            services.undo_merge(row, by=user)


def test_merge_neither_itself_nor_in_a_circle(gone, kept, boss):
    assert "avec lui-même" in no(kept, kept, boss)
    merge(gone, kept, boss)
    third = OrganisationFactory.create(siret="")
    assert "déjà fusionné" in no(gone, third, boss)
    assert "déjà fusionné" in no(third, gone, boss)
    assert "a lui-même reçu un double" in no(kept, third, boss)
    merge(third, kept, boss)  # a second double of the same one
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=kept.pk).update(merged_into=kept)


def test_merge_not_two_true_organisations(boss):
    one, other = OrganisationFactory.create(), OrganisationFactory.create()
    assert "SIREN sont différents" in no(one, other, boss)
    with_rna = [OrganisationFactory.create(siret="", rna=f"W40100000{n}") for n in (1, 2)]
    assert "numéros RNA sont différents" in no(*with_rna, boss)


def test_merge_not_who_signed_the_same_contract(gone, kept, boss):
    services.sign(gone.signatures.get().contract, kept, by=None)
    assert "Retirez d’abord une des deux signatures" in no(gone, kept, boss)


def test_merge_never_moves_money_nor_opinions(boss):
    call = call_factory.open_call()
    funder = call.envelopes.first().envelope.funder
    double = OrganisationFactory.create(name=funder.name, kind=OrganisationKind.STATE, siret="")
    funder.siret = ""
    funder.save()
    assert "ne change pas de financeur" in no(funder, double, boss)
    assert "funding" in picture()[funder.code]
    row = merge(double, funder, boss)  # the other way round
    application = call_factory.full_draft(call, OrganisationFactory.create())
    Opinion.objects.create(
        application=application, funder=funder, verdict="favourable", author=boss.code, written_at=clock.now()
    )
    services.undo_merge(row, by=boss)
    reader = OrganisationFactory.create(siret="")
    Opinion.objects.create(
        application=application, funder=reader, verdict="favourable", author=boss.code, written_at=clock.now()
    )
    assert "a écrit des avis comme financeur" in no(reader, double, boss)


# ---------------------------------------------------------------------------------------------- finding, cards
def test_likely_doubles_by_name_and_siren():
    def pairs():
        return [(one.name, other.name, why) for one, other, why in selectors.likely_doubles()]

    OrganisationFactory.create(name="Roue libre 40")
    OrganisationFactory.create(name="Roue libre 41")
    OrganisationFactory.create(name="L’Association de la Roue Libre (40)")
    OrganisationFactory.create(name="Mains vertes", siret=siret(7))
    OrganisationFactory.create(name="Les Jardins", siret=siret(7)[:9] + "00099")
    assert pairs() == [
        ("Roue libre 40", "L’Association de la Roue Libre (40)", "même nom"),
        ("Mains vertes", "Les Jardins", "même SIREN"),
    ]


def test_every_room_that_points_to_an_organisation_says_what_hangs_on_it():
    """Or a merge would leave something behind without a word."""
    pointing = {
        model._meta.app_label
        for model in of_the_house(apps.get_models())
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Organisation
    }
    assert {card.label for card in cards() if card.belongings} == pointing
