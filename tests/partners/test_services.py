"""SIRETs are public: nobody becomes an association's voice by typing one. Tried as attacks (R-AAP-02)."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from unittest import mock

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.core.typography import keep_together
from faubourg.documents.models import StoredFile
from faubourg.journal.models import Entry
from faubourg.notifications.models import Mail
from faubourg.partners import rules, services
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from faubourg.partners.models import Amendment, Membership, Objective, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import (
    ContractFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    member,
    officer,
    siret,
)
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def paper(content: bytes = b"%PDF-1.4\n1 0 obj\n%%EOF\n", name: str = "recepisse.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def ask(organisation: Organisation, by=None, role: str = Role.SIGNER, proof="given") -> Membership:
    upload = paper() if proof == "given" else proof
    return services.claim(organisation, role=role, proof=upload, by=by or UserFactory.create())


def deeds(thing: str) -> list[tuple[str, str, str, str]]:
    rows = Entry.objects.filter(thing=thing).order_by("number")
    return list(rows.values_list("verb", "before", "after", "actor"))


def mails() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("kind", "to"))


# ------------------------------------------------------------------------------------------------- claim
def test_claim_gives_no_right_and_tells_the_officer():
    boss, user, organisation = officer(), UserFactory.create(), OrganisationFactory.create()
    claimed = services.claim(organisation, role=Role.SIGNER, title="  trésorière ", proof=paper(), by=user)
    assert (claimed.state, claimed.role, claimed.title, claimed.starts_on, claimed.decided_at) == (
        MembershipState.CLAIMED, Role.SIGNER, "trésorière", TODAY, None,
    )  # fmt: skip
    assert claimed.proof.access == f"partners.membership:{claimed.code}"
    assert claimed.proof.name == "recepisse.pdf"
    assert not rules.is_partner(user)
    assert mails() == [("partners.claim_received", boss.email)]
    assert deeds(claimed.code) == [("claim", "", "claimed", user.code)]


def test_claim_later_one_goes_to_the_signers_not_to_the_officer():
    officer()
    organisation = OrganisationFactory.create()
    signers = [member(Role.SIGNER, organisation), member(Role.SIGNER, organisation)]
    member(Role.MEMBER, organisation)
    claimed = ask(organisation, proof=None, role=Role.MEMBER)
    assert claimed.proof is None
    assert mails() == [("partners.claim_received", one.email) for one in signers]


def test_claim_first_one_without_proof_is_refused():
    with pytest.raises(Refusal) as no:
        ask(OrganisationFactory.create(), proof=None)
    assert no.value.field == "proof"
    assert not Membership.objects.exists()


def test_claim_needs_proof_again_when_the_last_signer_left():
    organisation = OrganisationFactory.create()
    member(Role.SIGNER, organisation, ends_on=date(2026, 11, 22))
    member(Role.MEMBER, organisation)
    with pytest.raises(Refusal) as no:
        ask(organisation, proof=None)
    assert no.value.field == "proof"


def test_claim_bad_file_is_said_beside_the_proof_and_nothing_is_written():
    with pytest.raises(Refusal) as no:
        ask(OrganisationFactory.create(), proof=paper(b"", "vide.pdf"))
    assert no.value.field == "proof"
    assert (Membership.objects.count(), StoredFile.objects.count(), Mail.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("role", ["officer", "funder", "elected", "council", "company", "", "SIGNER", "admin"])
def test_claim_forged_role_is_refused(role):
    with pytest.raises(Refusal) as no:
        ask(OrganisationFactory.create(), role=role)
    assert no.value.field == "role"
    assert not Membership.objects.exists()


def test_claim_twice_is_refused_even_with_the_other_role():
    user, organisation = UserFactory.create(), OrganisationFactory.create()
    ask(organisation, user, Role.SIGNER)
    for role in (Role.SIGNER, Role.MEMBER):
        with pytest.raises(Refusal, match="Vous avez déjà demandé"):
            ask(organisation, user, role)
    assert Membership.objects.count() == 1


def test_claim_twice_is_refused_by_the_database_too():
    row = MembershipFactory.create(state=MembershipState.CLAIMED)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory.create(user=row.user, organisation=row.organisation)


def test_claim_of_what_one_is_already():
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    for role in (Role.SIGNER, Role.MEMBER):
        with pytest.raises(Refusal, match="Vous parlez déjà"):
            ask(organisation, signer, role)


def test_claim_member_may_ask_to_become_signer():
    organisation = OrganisationFactory.create()
    signer, colleague = member(Role.SIGNER, organisation), member(Role.MEMBER, organisation)
    claimed = ask(organisation, colleague, Role.SIGNER, proof=None)
    assert not rules.may_sign_for(colleague, organisation)
    services.confirm(claimed, by=signer)
    assert rules.may_sign_for(colleague, organisation)


def test_claim_again_on_the_day_after_the_last_one_before_the_daily_run():
    old = MembershipFactory.create(role=Role.SIGNER, ends_on=date(2026, 11, 22))
    claimed = ask(old.organisation, old.user)
    old.refresh_from_db()
    assert (old.state, claimed.state) == (MembershipState.ENDED, MembershipState.CLAIMED)


def test_claim_of_what_one_will_be_soon():
    soon = MembershipFactory.create(role=Role.SIGNER, starts_on=date(2026, 12, 1))
    with pytest.raises(Refusal, match="Vous parlez déjà"):
        ask(soon.organisation, soon.user)


def test_claim_again_after_a_refusal():
    boss, user, organisation = officer(), UserFactory.create(), OrganisationFactory.create()
    services.refuse(ask(organisation, user), "Le nom n’est pas le vôtre.", by=boss)
    assert ask(organisation, user).state == MembershipState.CLAIMED


def test_claim_not_more_than_five_waiting():
    user = UserFactory.create()
    for _ in range(5):
        ask(OrganisationFactory.create(), user)
    with pytest.raises(Refusal, match="5 de vos demandes"):
        ask(OrganisationFactory.create(), user)


# ------------------------------------------------------------------------------------------------- decide
def test_confirm_gives_the_right_from_today_and_tells_the_claimant():
    boss, organisation = officer(), OrganisationFactory.create()
    with clock.at(clock.paris(2026, 11, 1, 9)):
        claimed = ask(organisation)
    assert services.confirm(claimed, by=boss) is claimed
    assert rules.may_sign_for(claimed.user, organisation)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.starts_on, claimed.decided_by, claimed.decided_at) == (
        MembershipState.CONFIRMED, TODAY, boss.code, clock.now(),
    )  # fmt: skip
    assert mails()[-1] == ("partners.claim_confirmed", claimed.user.email)
    assert deeds(claimed.code)[-1] == ("confirm", "claimed", "confirmed", boss.code)


def test_refuse_says_why_and_gives_nothing():
    boss, claimed = officer(), ask(OrganisationFactory.create())
    with pytest.raises(Refusal) as no:
        services.refuse(claimed, "   ", by=boss)
    assert no.value.field == "reason"
    services.refuse(claimed, " Ce récépissé est celui d’un autre organisme. ", by=boss)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.reason) == (
        MembershipState.REFUSED, "Ce récépissé est celui d’un autre organisme.",
    )  # fmt: skip
    assert not rules.is_partner(claimed.user)
    letter = Mail.objects.get(kind="partners.claim_refused")
    assert letter.to == claimed.user.email
    assert "Ce récépissé est celui d’un autre organisme." in letter.text
    assert deeds(claimed.code)[-1] == ("refuse", "claimed", "refused", boss.code)


def test_confirm_own_claim_is_refused_even_for_the_officer_and_the_signer():
    boss, organisation = officer(), OrganisationFactory.create()
    claimed = ask(organisation, boss)
    with pytest.raises(NotAllowed):
        services.confirm(claimed, by=boss)
    colleague = MembershipFactory.create(organisation=organisation, role=Role.MEMBER)
    raised = ask(organisation, colleague.user)
    with pytest.raises(NotAllowed):
        services.confirm(raised, by=colleague.user)
    assert set(Membership.objects.filter(role=Role.SIGNER).values_list("state", flat=True)) == {"claimed"}


def outsiders(claimed: Membership):
    organisation = claimed.organisation
    return {
        "the claimant": claimed.user,
        "another claimant": MembershipFactory.create(
            organisation=organisation, role=Role.SIGNER, state=MembershipState.CLAIMED
        ).user,
        "a member": member(Role.MEMBER, organisation),
        "a refused signer": member(Role.SIGNER, organisation, state=MembershipState.REFUSED),
        "a former signer": member(Role.SIGNER, organisation, state=MembershipState.ENDED),
        "a signer whose time is over": member(Role.SIGNER, organisation, ends_on=date(2026, 11, 22)),
        "a signer of another organisation": member(Role.SIGNER),
        "a funder": member(Role.FUNDER),
        "an elected member": member(Role.ELECTED),
        "an officer not yet confirmed": member(Role.OFFICER, state=MembershipState.CLAIMED),
        "a resident": UserFactory.create(),
    }


def test_decide_by_outsiders_is_refused_and_nothing_moves():
    claimed = ask(OrganisationFactory.create())
    written = Entry.objects.count()
    for who, user in outsiders(claimed).items():
        for decide in (services.confirm, partial(services.refuse, reason="non")):
            try:
                decide(claimed, by=user)
            except NotAllowed:
                continue
            pytest.fail(f"{who} decided")
    claimed.refresh_from_db()
    assert (claimed.state, Entry.objects.count()) == (MembershipState.CLAIMED, written)


def test_decide_officer_not_where_a_signer_lives():
    boss, organisation = officer(), OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    claimed = ask(organisation, proof=None)
    with pytest.raises(NotAllowed):
        services.confirm(claimed, by=boss)
    services.end(signer.memberships.get(), by=boss)
    services.confirm(claimed, by=boss)
    assert rules.may_sign_for(claimed.user, organisation)


def test_decide_signer_ended_elsewhere_meanwhile_is_refused():
    """The right is asked of the database under the lock, not of what the page remembered."""
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    claimed = ask(organisation, proof=None)
    assert rules.may_confirm(signer, claimed)
    Membership.objects.filter(user=signer).update(state=MembershipState.ENDED)  # by another process
    with pytest.raises(NotAllowed):
        services.confirm(claimed, by=signer)


@pytest.mark.parametrize("first", ["confirm", "refuse"])
def test_decide_twice_is_refused_by_the_workflow(first):
    boss, claimed = officer(), ask(OrganisationFactory.create())
    stale = Membership.objects.get(pk=claimed.pk)
    services.confirm(claimed, by=boss) if first == "confirm" else services.refuse(claimed, "non", by=boss)
    with pytest.raises(Refusal, match="Rien n’a été changé"):
        services.confirm(stale, by=boss)
    with pytest.raises(Refusal, match="Rien n’a été changé"):
        services.refuse(stale, "non", by=boss)


# ------------------------------------------------------------------------------------------------- end
def test_end_stops_the_right_at_once_and_tells_the_person():
    boss, row = officer(), MembershipFactory.create(role=Role.SIGNER)
    assert rules.may_sign_for(row.user, row.organisation)
    services.end(row, by=boss)
    assert not rules.may_sign_for(row.user, row.organisation)
    row.refresh_from_db()
    assert (row.state, row.ends_on) == (MembershipState.ENDED, TODAY)
    assert mails() == [("partners.membership_ended", row.user.email)]
    assert deeds(row.code) == [("end", "confirmed", "ended", boss.code)]


def test_end_of_ones_own_sends_no_letter():
    row = MembershipFactory.create(role=Role.SIGNER)
    services.end(row, by=row.user)
    assert mails() == []


def test_end_of_one_that_was_to_begin_later():
    row = MembershipFactory.create(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    services.end(row, by=row.user)
    assert row.ends_on == date(2026, 12, 1)


def test_end_of_a_claim_is_the_claimants_to_withdraw():
    boss, claimed = officer(), ask(OrganisationFactory.create())
    with pytest.raises(NotAllowed):
        services.end(claimed, by=boss)
    services.end(claimed, by=claimed.user)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.ends_on) == (MembershipState.ENDED, TODAY)
    assert deeds(claimed.code)[-1] == ("end", "claimed", "ended", claimed.user.code)
    with pytest.raises(Refusal):
        services.confirm(claimed, by=boss)


def test_end_by_somebody_else_is_refused():
    organisation = OrganisationFactory.create()
    row = MembershipFactory.create(organisation=organisation, role=Role.SIGNER)
    for user in (member(Role.SIGNER, organisation), member(Role.MEMBER, organisation), member(Role.SIGNER)):
        with pytest.raises(NotAllowed):
            services.end(row, by=user)


def test_end_twice_is_refused():
    row = MembershipFactory.create(state=MembershipState.ENDED)
    with pytest.raises(Refusal, match="terminée"):
        services.end(row, by=row.user)


def test_end_never_the_last_officer():
    boss = officer()
    with pytest.raises(Refusal, match="dernier chargé de mission"):
        services.end(boss.memberships.get(), by=boss)
    next_one = officer()
    services.end(boss.memberships.get(), by=next_one)
    assert not rules.is_officer(boss)


def test_close_ended_daily_once():
    over = MembershipFactory.create(ends_on=date(2026, 11, 22))
    MembershipFactory.create(ends_on=TODAY)
    MembershipFactory.create()
    assert services.close_ended() == 1
    over.refresh_from_db()
    assert (over.state, over.ends_on) == (MembershipState.ENDED, date(2026, 11, 22))
    assert deeds(over.code) == [("end", "confirmed", "ended", "")]
    assert services.close_ended() == 0


# ------------------------------------------------------------------------------------------------- appoint
def test_drop_proofs_some_days_after_the_answer(settings, django_capture_on_commit_callbacks):
    """A proof serves until the claim is answered; whoever was refused, or took the claim back, leaves none either."""
    assert "faubourg.partners.services.drop_proofs" in apps.get_app_config("partners").daily
    settings.PROOF_DAYS = 60
    boss, claims = officer(), {}
    for answer in ("confirm", "refuse", "end", "wait", "late"):
        claims[answer] = services.claim(
            OrganisationFactory.create(), role=Role.SIGNER, proof=paper(), by=UserFactory.create()
        )
    files = {answer: claim.proof for answer, claim in claims.items()}
    services.confirm(claims["confirm"], by=boss)
    services.refuse(claims["refuse"], "Votre nom n’y est pas.", by=boss)
    services.end(claims["end"], by=claims["end"].user)
    with clock.at(clock.now() + timedelta(days=1)):
        services.confirm(claims["late"], by=boss)
    with clock.at(clock.now() + timedelta(days=60)):
        assert services.drop_proofs() == 0
    with clock.at(clock.now() + timedelta(days=60, seconds=1)), django_capture_on_commit_callbacks(execute=True):
        assert services.drop_proofs() == 3
        assert services.drop_proofs() == 0
    kept = Membership.objects.filter(proof__isnull=False).order_by("pk")
    assert list(kept) == [claims["wait"], claims["late"]]
    there = {answer for answer, stored in files.items() if Path(stored.blob.path).exists()}
    assert there == {"wait", "late"}
    assert [verb for verb, *_ in deeds(claims["refuse"].code)] == ["claim", "refuse", "drop_proof"]
    assert [verb for verb, *_ in deeds(files["refuse"].code)] == ["store", "remove"]


def test_appoint_by_the_machine_then_by_the_officer():
    boss, agency = UserFactory.create(), OrganisationFactory.create(kind=OrganisationKind.AGGLOMERATION)
    first = services.appoint(boss, agency, Role.OFFICER, title="chargée de mission", by=None)
    assert rules.is_officer(boss)
    assert deeds(first.code) == [("appoint", "", "confirmed", "")]
    caf, person = OrganisationFactory.create(kind=OrganisationKind.SOCIAL_BODY), UserFactory.create()
    row = services.appoint(person, caf, Role.FUNDER, by=boss)
    assert rules.is_funder(person)
    assert (row.decided_by, row.starts_on) == (boss.code, TODAY)
    assert services.appoint(person, caf, Role.FUNDER, by=boss) == row
    assert deeds(row.code) == [("appoint", "", "confirmed", boss.code)]


def test_appoint_again_the_day_after_the_last_one():
    old = MembershipFactory.create(role=Role.FUNDER, ends_on=date(2026, 11, 22))
    row = services.appoint(old.user, old.organisation, Role.FUNDER, by=None)
    assert row != old
    assert rules.is_funder(old.user)


def test_appoint_confirms_a_waiting_claim():
    claimed = ask(OrganisationFactory.create())
    row = services.appoint(claimed.user, claimed.organisation, Role.SIGNER, by=officer())
    assert (row.pk, row.state) == (claimed.pk, MembershipState.CONFIRMED)


@pytest.mark.parametrize("role", ["", "boss"])
def test_appoint_forged_role(role):
    with pytest.raises(Refusal) as no:
        services.appoint(UserFactory.create(), OrganisationFactory.create(), role, by=officer())
    assert no.value.field == "role"


def test_appoint_by_anybody_else_or_oneself_is_refused():
    agency, person = OrganisationFactory.create(), UserFactory.create()
    boss = officer()
    for user in (person, member(Role.SIGNER, agency), member(Role.FUNDER)):
        with pytest.raises(NotAllowed):
            services.appoint(person, agency, Role.OFFICER, by=user)
    with pytest.raises(NotAllowed):
        services.appoint(boss, agency, Role.SIGNER, by=boss)
    assert not rules.is_partner(person)


def test_appoint_address_makes_the_account_and_writes_to_it():
    boss, caf = officer(), OrganisationFactory.create()
    row = services.appoint_address(
        email="Nadia@exemple.fr", first_name="Nadia", organisation=caf, role=Role.FUNDER, by=boss
    )
    assert rules.is_funder(row.user)
    assert mails() == [("partners.appointed", row.user.email)]
    with pytest.raises(NotAllowed):
        services.appoint_address(email="x@exemple.fr", organisation=caf, role=Role.FUNDER, by=row.user)


# ------------------------------------------------------------------------------------------------- erase
def test_forget_person_ends_everything_and_takes_the_proof_away():
    user = UserFactory.create()
    claimed = ask(OrganisationFactory.create(), user)
    held = MembershipFactory.create(user=user, title="trésorière")
    refused = MembershipFactory.create(user=user, state=MembershipState.REFUSED, reason="Vous n’êtes pas Jean")
    services.forget_person(user)
    rows = user.memberships.order_by("pk").values_list("pk", "state", "title", "reason", "proof")
    assert list(rows) == [
        (claimed.pk, "ended", "", "", None),
        (held.pk, "ended", "", "", None),
        (refused.pk, "refused", "", "", None),
    ]
    assert not StoredFile.objects.exists()
    assert not rules.is_partner(user)
    assert deeds(held.code) == [("end", "confirmed", "ended", "")]
    services.forget_person(user)
    assert deeds(held.code) == [("end", "confirmed", "ended", "")]


# ------------------------------------------------------------------------------------------------- organisations
def opened(**values):
    asked = {"name": "Les Jardins", "kind": "association", "siret": siret(1), "by": UserFactory.create()}
    return services.open_organisation(**{**asked, **values})


def faults(**values) -> list[tuple[str, str]]:
    with pytest.raises(Refusals) as no:
        opened(**values)
    assert not Organisation.objects.filter(name="Les Jardins").exists()
    return [(item.field, item.message) for item in no.value.items]


def test_open_organisation_gives_its_author_no_right():
    user, dax = UserFactory.create(), MunicipalityFactory.create(name="Dax")
    number = siret(1)
    typed = f" {number[:3]} {number[3:6]}\u202f{number[6:9]}\u00a0{number[9:]} "
    one = opened(name="  Les Jardins ", siret=typed, rna="w401 001 234", municipality=dax, by=user)
    one.refresh_from_db()
    assert (one.name, one.kind, one.siret, one.rna, one.municipality) == (
        "Les Jardins", "association", number, "W401001234", dax,
    )  # fmt: skip
    assert not rules.may_work_for(user, one)
    assert deeds(one.code) == [("open_organisation", "", "", user.code)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("123", "Un SIRET compte 14 chiffres ; celui-ci en a 3."),
        ("1" * 15, "Un SIRET compte 14 chiffres ; celui-ci en a 15."),
        ("2,43E+13", "Un SIRET compte 14 chiffres ; celui-ci en a 5, et d’autres signes."),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤", "Un SIRET compte 14 chiffres ; celui-ci en a 0, et d’autres signes."),
        ("12345678901234", "Ce SIRET n’existe pas : sa clé de contrôle est fausse. Vérifiez les chiffres."),
    ],
)
def test_open_organisation_wrong_siret(typed, words):
    assert faults(siret=typed) == [("siret", words)]


@pytest.mark.parametrize("typed", ["401001234", "W40100123", "W4010012345", "X401001234", "W40100123é"])
def test_open_organisation_wrong_rna(typed):
    assert faults(rna=typed) == [
        ("rna", "Un numéro RNA est un W suivi de 9 chiffres ou lettres, par exemple W401001234.")
    ]


def test_open_organisation_rna_with_letters_of_overseas():
    assert opened(siret="", rna="W9R1001234").rna == "W9R1001234"


def test_open_organisation_every_fault_at_once():
    assert [field for field, _ in faults(name="  ", siret="1", rna="2")] == ["name", "siret", "rna"]
    assert [field for field, _ in faults(name="a" * 161, siret="", rna="")] == ["name", "siret"]


def test_open_organisation_without_any_number_only_for_institutions():
    assert faults(siret="") == [("siret", "Donnez au moins un des deux numéros : SIRET ou RNA.")]
    assert opened(siret="", kind="state", by=officer()).siret == ""
    assert opened(siret="", by=None).siret == ""


def test_open_organisation_known_number_leads_to_the_known_one():
    known = OrganisationFactory.create(name="Théâtre", siret=siret(5), rna="W401001234")
    said = faults(siret=known.siret, rna=known.rna)
    assert [field for field, _ in said] == ["siret", "rna"]
    assert all("« Théâtre »" in words for _, words in said)


def test_open_organisation_same_number_in_the_same_second():
    OrganisationFactory.create(siret=siret(1))
    known = services.organisations._known_already(siret(1), "")
    with mock.patch.object(services.organisations, "_known_already", side_effect=[[], known]):
        assert [field for field, _ in faults()] == ["siret"]


@pytest.mark.parametrize("kind", ["state", "municipality", "council", "company", "forged", ""])
def test_open_organisation_institutions_are_the_officers(kind):
    with pytest.raises(NotAllowed):
        opened(kind=kind)


def test_open_organisation_machine_with_an_unknown_kind():
    assert [field for field, _ in faults(kind="forged", by=None)] == ["kind"]


def test_open_and_claim_both_or_neither():
    user = UserFactory.create()
    asked = {"name": "Les Jardins", "kind": "association", "siret": siret(1), "role": Role.SIGNER, "by": user}
    with pytest.raises(Refusal):
        services.open_and_claim(**asked, proof=None)
    with pytest.raises(Refusal):
        services.open_and_claim(**asked, proof=paper(b""))
    assert not Organisation.objects.exists()
    claimed = services.open_and_claim(**asked, proof=paper())
    assert (claimed.organisation.siret, claimed.state) == (siret(1), MembershipState.CLAIMED)
    assert not rules.may_work_for(user, claimed.organisation)


# ------------------------------------------------------------------------------------------------- contracts
def test_open_contract_amend_and_sign():
    boss = officer()
    contract = services.open_contract(
        code="contrat-2015",
        title="Contrat de ville 2015-2020",
        starts_on=date(2015, 7, 10),
        ends_on=date(2020, 12, 31),
        by=boss,
    )
    services.amend(contract, title="Protocole", signed_on=date(2019, 7, 1), new_end=date(2022, 12, 31), by=boss)
    services.amend(contract, title="Annexe", signed_on=date(2020, 1, 1), by=boss)
    contract.refresh_from_db()
    assert contract.ends_on == date(2022, 12, 31)
    assert list(Amendment.objects.values_list("title", "new_end")) == [
        ("Protocole", date(2022, 12, 31)), ("Annexe", None),
    ]  # fmt: skip
    employment = OrganisationFactory.create(name="France Travail")
    services.sign(contract, employment, date(2015, 7, 10), "Pôle emploi", by=boss)
    services.sign(contract, employment, date(2015, 7, 10), "Pôle emploi", by=boss)
    assert [str(one) for one in contract.signatures.all()] == ["Pôle emploi"]
    assert [verb for verb, *_ in deeds("contrat-2015")] == ["open_contract", "amend", "amend"]


def test_contract_refusals():
    asked = {"code": "c", "title": "C", "starts_on": date(2024, 1, 1), "ends_on": date(2030, 1, 1)}
    contract = services.open_contract(**asked, by=None)
    for wrong, field in (({}, "code"), ({"code": "d", "ends_on": date(2024, 1, 1)}, "ends_on")):
        with pytest.raises(Refusal) as no:
            services.open_contract(**{**asked, **wrong}, by=None)
        assert no.value.field == field
    with pytest.raises(Refusal) as no:
        services.amend(contract, title="A", signed_on=TODAY, new_end=date(2023, 1, 1), by=None)
    assert no.value.field == "new_end"


def test_contract_is_kept_by_the_officer_alone():
    contract, user = ContractFactory.create(), member(Role.FUNDER)
    asked = {"code": "c", "title": "C", "starts_on": date(2024, 1, 1), "ends_on": date(2030, 1, 1)}
    for attempt in (
        lambda: services.open_contract(**asked, by=user),
        lambda: services.amend(contract, title="A", signed_on=TODAY, by=user),
        lambda: services.sign(contract, OrganisationFactory.create(), by=user),
        lambda: services.add_objective(contract, title="O", level="axe", slug="o", by=user),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_add_objective_grows_the_tree_in_order():
    contract = ContractFactory.create()

    def add(slug: str, parent: Objective | None = None) -> Objective:
        return services.add_objective(contract, title=slug, level="axe", slug=slug, parent=parent, by=None)

    first, second = add("a"), add("b")
    assert [add("a1", first).path, add("a2", first).path, add("b1", second).path] == ["001.001", "001.002", "002.001"]
    with pytest.raises(Refusal) as no:
        add("a")
    assert no.value.field == "slug"
    with pytest.raises(Refusal) as no:
        add("c", ObjectiveFactory.create())
    assert no.value.field == "parent"


# ------------------------------------------------------------------------------------------------- letters
def test_letters_carry_what_was_typed_as_it_was_typed():
    boss = officer()
    organisation = OrganisationFactory.create(name="L'été & <Cie>")
    claimed = services.claim(
        organisation, role=Role.SIGNER, title="trésorière d'été", proof=paper(), by=UserFactory.create()
    )
    services.refuse(claimed, "Ce n'est pas <votre> nom & pas le bon numéro.", by=boss)
    received, refused = Mail.objects.order_by("pk")
    assert received.subject == "L'été & <Cie>\u00a0: une demande à confirmer"
    assert "pour L'été & <Cie>, comme signataire (trésorière d'été)." in received.text
    assert f"/organismes/demandes/{claimed.code}/" in received.text
    assert keep_together("« Ce n'est pas <votre> nom & pas le bon numéro. »") in refused.text
    assert "<Cie>" not in received.html


def test_a_name_is_one_line_that_can_be_seen():
    user = UserFactory.create()
    one = services.open_organisation(name="Les\n\nJardins", kind=OrganisationKind.OTHER, siret=siret(7), by=user)
    assert one.name == "Les Jardins"
    with pytest.raises(Refusals, match="un signe invisible"):
        services.open_organisation(name="Les \u202eJardins", kind=OrganisationKind.OTHER, siret=siret(8), by=user)
