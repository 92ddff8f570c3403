"""An organisation is entered: its numbers, its kind, and no right by it."""

from unittest import mock

import pytest

from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.partners import rules, services
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from faubourg.partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, officer, siret
from tests.factories.territory import MunicipalityFactory
from tests.partners.services.ground import deeds, paper

pytestmark = pytest.mark.django_db


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


def test_a_name_is_one_line_that_can_be_seen():
    user = UserFactory.create()
    one = services.open_organisation(name="Les\n\nJardins", kind=OrganisationKind.OTHER, siret=siret(7), by=user)
    assert one.name == "Les Jardins"
    with pytest.raises(Refusals, match="un signe invisible"):
        services.open_organisation(name="Les \u202eJardins", kind=OrganisationKind.OTHER, siret=siret(8), by=user)
