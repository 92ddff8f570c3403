"""The pages, with the same attacks through the browser's door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.core.cards import menu_for
from faubourg.core.typography import keep_together
from faubourg.documents.services import store
from faubourg.partners import rules
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.forms.people import FILE_AGAIN
from faubourg.partners.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer, siret
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db
NO_PROOF = "Joignez un justificatif : sans lui, personne ne peut vérifier votre demande."
PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def paper(content: bytes = PDF, name: str = "recepisse.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def with_proof(**values) -> Membership:
    row = MembershipFactory.create(state=MembershipState.CLAIMED, role=Role.SIGNER, **values)
    row.proof = store(PDF, name="recepisse.pdf", access=f"partners.membership:{row.code}", by=None)
    row.save()
    return row


@pytest.fixture
def visitor(client):
    """Somebody signed in who is nobody yet."""
    user = UserFactory.create()
    client.force_login(user)
    return user


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {field: list(words) for field, words in response.context["form"].errors.items()}


# ------------------------------------------------------------------------------------------------- doors
def test_pages_anonymous_is_led_to_the_door_and_back(client):
    row = with_proof()
    for name, code in (
        ("find", None), ("open", None), ("mine", None), ("claims", None), ("claim", row.organisation.code),
        ("organisation", row.organisation.code), ("appoint", row.organisation.code), ("decide", row.code),
        ("proof", row.code), ("end", row.code),
    ):  # fmt: skip
        url = reverse(f"partners:{name}", args=[code] if code else [])
        response = client.get(url)
        assert (response.status_code, response.url) == (302, f"{reverse('accounts:sign_in')}?next={url}")


def test_pages_unknown_code_is_not_found(client, visitor):
    client.force_login(officer())
    for name in ("claim", "organisation", "appoint", "decide", "proof", "end"):
        assert client.get(reverse(f"partners:{name}", args=["X-22222222"])).status_code == 404


def test_pages_each_role_sees_its_own(client):
    organisation = OrganisationFactory.create()
    signer, colleague = member(Role.SIGNER, organisation), member(Role.MEMBER, organisation)
    asker = with_proof(organisation=organisation)
    orphan = with_proof()
    people = {
        "officer": officer(), "signer": signer, "member": colleague, "claimant": asker.user,
        "funder": member(Role.FUNDER), "resident": UserFactory.create(),
    }  # fmt: skip
    pages = {
        "claims": reverse("partners:claims"),
        "organisation": reverse("partners:organisation", args=[organisation.code]),
        "appoint": reverse("partners:appoint", args=[organisation.code]),
        "decide": reverse("partners:decide", args=[asker.code]),
        "decide orphan": reverse("partners:decide", args=[orphan.code]),
        "proof": reverse("partners:proof", args=[asker.code]),
        "proof orphan": reverse("partners:proof", args=[orphan.code]),
        "end": reverse("partners:end", args=[asker.code]),
    }
    seen = {}
    for who, user in people.items():
        client.force_login(user)
        seen[who] = {page for page, url in pages.items() if client.get(url).status_code == 200}
    assert seen == {
        "officer": set(pages) - {"end"},
        "signer": {"claims", "organisation", "decide", "proof"},
        "member": {"organisation"},
        "claimant": {"proof", "end"},
        "funder": set(),
        "resident": set(),
    }


def test_pages_that_only_show_take_no_post(client):
    row = with_proof()
    client.force_login(row.user)
    for name, code in (
        ("find", None), ("mine", None), ("claims", None), ("organisation", row.organisation.code), ("proof", row.code),
    ):  # fmt: skip
        assert client.post(reverse(f"partners:{name}", args=[code] if code else [])).status_code == 405


def test_menu_by_role():
    def labels(user):
        return [item.label for item in menu_for(user) if item.url_name.startswith("partners:")]

    assert labels(officer()) == ["Le contrat de ville", "Organismes"]
    assert labels(member(Role.SIGNER)) == ["Notre organisme"]
    assert labels(member(Role.MEMBER)) == ["Notre organisme"]
    assert labels(UserFactory.create()) == ["Notre organisme"]
    assert labels(member(Role.FUNDER)) == []


# ------------------------------------------------------------------------------------------------- find
def test_find_by_name_without_accents(client, visitor):
    OrganisationFactory.create(name="Théâtre de l’Été")
    page = client.get(reverse("partners:find"), {"q": "theatre ete"}).content.decode()
    assert "Théâtre de l’Été" in page
    assert "1 organisme trouvé" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Parler pour un organisme"), ("x", "au moins deux lettres"), ("cirque", "Aucun organisme trouvé"),
     ("x" * 161, "Parler pour un organisme")],
)  # fmt: skip
def test_find_nothing_says_what_to_do(client, visitor, typed, said):
    assert said in client.get(reverse("partners:find"), {"q": typed}).content.decode()


@pytest.mark.parametrize(
    ("typed", "carried"), [("Cœur & Été", "?nom=C%C5%93ur+%26+%C3%89t%C3%A9"), ("800 000 1", "?siret=800+000+1")]
)
def test_find_carries_what_was_typed_on_to_the_new_organisation(client, visitor, typed, carried):
    page = client.get(reverse("partners:find"), {"q": typed}).content.decode()
    assert f'href="{reverse("partners:open")}{carried}"' in page.replace("&amp;", "&")


def test_find_says_where_one_stands(client, visitor):
    for name, state, role in (
        ("École A", MembershipState.CONFIRMED, Role.SIGNER),
        ("École B", MembershipState.CLAIMED, Role.MEMBER),
        ("École C", MembershipState.REFUSED, Role.MEMBER),
    ):
        one = OrganisationFactory.create(name=name)
        MembershipFactory.create(user=visitor, organisation=one, state=state, role=role)
    page = client.get(reverse("partners:find"), {"q": "ecole"}).content.decode()
    assert page.count("Demander à le rejoindre") == 1
    assert page.count("Demande en attente") == 1
    assert page.count("signataire</span>") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_find_query_count(client, visitor, django_assert_num_queries, count):
    dax = MunicipalityFactory.create()
    for _ in range(count):
        OrganisationFactory.create(name="École", municipality=dax)
    with django_assert_num_queries(5):  # session, person, her roles, the organisations, her claims
        client.get(reverse("partners:find"), {"q": "ecole"})


# ------------------------------------------------------------------------------------------------- claim
def test_claim_with_proof_waits(client, visitor):
    organisation = OrganisationFactory.create()
    url = reverse("partners:claim", args=[organisation.code])
    assert "personne chargée du contrat de ville" in client.get(url).content.decode()
    response = client.post(url, {"role": "signer", "title": "trésorière", "proof": paper()}, follow=True)
    assert response.redirect_chain == [(reverse("partners:mine"), 302)]
    assert f"Votre demande pour {organisation} est envoyée." in response.content.decode()
    assert visitor.memberships.get().state == MembershipState.CLAIMED
    assert client.get(reverse("partners:organisation", args=[organisation.code])).status_code == 403


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"role": "signer"}, {"proof": [NO_PROOF]}),
        ({"proof": PDF}, {"role": ["Choisissez votre rôle."], "proof": [FILE_AGAIN]}),
        (
            {"role": "officer", "proof": PDF},
            {
                "role": ["Ce rôle ne se demande pas ici. Choisissez un des deux rôles proposés."],
                "proof": [FILE_AGAIN],
            },
        ),
        ({"role": "signer", "proof": b""}, {"proof": ["Ce fichier est vide. Choisissez-en un autre."]}),
    ],
)  # fmt: skip
def test_claim_faults_beside_their_field(client, visitor, sent, said):
    if "proof" in sent:
        sent = {**sent, "proof": paper(sent["proof"])}
    organisation = OrganisationFactory.create()
    response = client.post(reverse("partners:claim", args=[organisation.code]), {**sent, "title": "Présidente"})
    assert errors(response) == said
    assert 'value="Présidente"' in response.content.decode()
    assert not Membership.objects.exists()


def test_claim_file_that_lies_about_its_type(client, visitor):
    organisation = OrganisationFactory.create()
    sent = {"role": "signer", "proof": paper(b"MZ\x90\x00 a program", "recepisse.pdf")}
    response = client.post(reverse("partners:claim", args=[organisation.code]), sent)
    assert list(errors(response)) == ["proof"]


@pytest.mark.parametrize("role", ["officer", "funder", "elected", "council", "company"])
def test_claim_forged_role_through_the_form(client, visitor, role):
    organisation = OrganisationFactory.create()
    member(Role.SIGNER, organisation)
    response = client.post(reverse("partners:claim", args=[organisation.code]), {"role": role, "proof": paper()})
    assert list(errors(response)) == ["role", "proof"]
    assert not visitor.memberships.exists()


def test_claim_forged_fields_are_ignored(client, visitor):
    organisation = OrganisationFactory.create()
    sent = {
        "role": "signer", "proof": paper(), "state": "confirmed", "user": officer().pk, "decided_at": "2026-01-01",
        "organisation": OrganisationFactory.create().pk,
    }  # fmt: skip
    client.post(reverse("partners:claim", args=[organisation.code]), sent)
    row = Membership.objects.get(organisation=organisation)
    assert (row.user, row.state, row.decided_at) == (visitor, MembershipState.CLAIMED, None)


def test_claim_twice_through_the_form(client, visitor):
    organisation = OrganisationFactory.create()
    url = reverse("partners:claim", args=[organisation.code])
    client.post(url, {"role": "signer", "proof": paper()})
    response = client.post(url, {"role": "member", "proof": paper()})
    assert list(errors(response)) == ["__all__", "proof"]
    assert Membership.objects.count() == 1


def test_claim_where_a_signer_lives_needs_no_proof(client, visitor):
    organisation = OrganisationFactory.create()
    member(Role.SIGNER, organisation)
    url = reverse("partners:claim", args=[organisation.code])
    assert "par un signataire de cet organisme" in client.get(url).content.decode()
    client.post(url, {"role": "member"})
    assert visitor.memberships.get().proof is None


# ------------------------------------------------------------------------------------------------- open
NEW = {"name": "Les Jardins", "kind": "association", "siret": siret(1), "role": "signer", "title": "présidente"}


def test_open_takes_over_what_was_searched(client, visitor):
    page = client.get(reverse("partners:open"), {"nom": "Les Jardins", "siret": "1"}).content.decode()
    assert 'value="Les Jardins"' in page
    assert 'value="1"' in page


def test_open_with_spaces_in_its_siret_and_claim(client, visitor):
    dax = MunicipalityFactory.create(insee="40088")
    number = siret(1)
    typed = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
    sent = {**NEW, "siret": typed, "municipality": "40088", "proof": paper()}
    response = client.post(reverse("partners:open"), sent, follow=True)
    assert "Les Jardins est inscrit et votre demande est envoyée." in response.content.decode()
    one = Organisation.objects.get()
    assert (one.siret, one.municipality) == (number, dax)
    assert visitor.memberships.get().state == MembershipState.CLAIMED
    assert not rules.may_work_for(visitor, one)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"siret": "123 456"}, ["siret"]),
        ({"siret": "12345678901234"}, ["siret"]),
        ({"siret": "", "rna": ""}, ["siret"]),
        ({"rna": "W12"}, ["rna"]),
        ({"siret": "1", "rna": "2"}, ["siret", "rna"]),
        ({"name": " "}, ["name"]),
        ({"kind": "state"}, ["kind"]),
        ({"kind": "forged"}, ["kind"]),
        ({"role": "officer"}, ["role"]),
        ({"municipality": "99999"}, ["municipality"]),
        ({"proof": None}, ["proof"]),
        ({"name": "", "siret": "1", "rna": "2", "proof": None}, ["name", "proof", "siret", "rna"]),
    ],
)
def test_open_faults_beside_their_field_and_typed_values_kept(client, visitor, wrong, fields):
    sent = {**NEW, "proof": paper(), **wrong}
    sent = {name: value for name, value in sent.items() if value is not None}
    response = client.post(reverse("partners:open"), sent)
    expected = fields if "proof" in fields else [*fields, "proof"]
    assert list(errors(response)) == expected
    page = response.content.decode()
    for name in ("name", "siret", "rna", "title"):
        typed = str(sent.get(name, "")).strip()
        assert not typed or f'value="{typed}"' in page or f'value="{sent[name]}"' in page
    assert not Organisation.objects.exists()


def test_open_known_siret_gives_nothing_but_the_way_to_join(client, visitor):
    known = OrganisationFactory.create(name="Théâtre", siret=siret(1))
    response = client.post(reverse("partners:open"), {**NEW, "proof": paper()})
    assert errors(response) == {
        "siret": ["Ce numéro est déjà celui de « Théâtre ». Cherchez cet organisme, puis demandez à le rejoindre."],
        "proof": [FILE_AGAIN],
    }
    assert not visitor.memberships.exists()
    assert not rules.may_work_for(visitor, known)


# ------------------------------------------------------------------------------------------------- mine
def test_mine_nobody_yet(client, visitor):
    assert "Vous ne parlez encore pour aucun organisme" in client.get(reverse("partners:mine")).content.decode()


def test_mine_shows_people_claims_and_refusals(client):
    row = MembershipFactory.create(role=Role.SIGNER, title="présidente")
    MembershipFactory.create(user=row.user, state=MembershipState.REFUSED, reason="Récépissé illisible")
    with_proof(user=row.user)
    waits = MembershipFactory.create(organisation=row.organisation, state=MembershipState.CLAIMED)
    client.force_login(row.user)
    page = client.get(reverse("partners:mine")).content.decode()
    for words in ("présidente", "Récépissé illisible", "Votre justificatif", "En attente", waits.user.name):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_mine_query_count(client, django_assert_num_queries, count):
    user = UserFactory.create()
    for _ in range(count):
        row = MembershipFactory.create(user=user, role=Role.SIGNER)
        member(Role.MEMBER, row.organisation)
        MembershipFactory.create(organisation=row.organisation, state=MembershipState.CLAIMED)
        with_proof(user=user)
    client.force_login(user)
    with django_assert_num_queries(6):  # session, person, her roles, what she asked, the teams, the claims
        client.get(reverse("partners:mine"))


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_query_count(client, django_assert_num_queries, count):
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    for _ in range(count - 1):
        member(Role.MEMBER, organisation)
    client.force_login(signer)
    with django_assert_num_queries(5):  # session, person, organisation, roles, people
        client.get(reverse("partners:organisation", args=[organisation.code]))


def test_organisation_without_anybody_as_the_officer_sees_it(client):
    client.force_login(officer())
    page = client.get(reverse("partners:organisation", args=[OrganisationFactory.create().code])).content.decode()
    assert "Personne ne parle encore pour cet organisme" in page
    assert "Nommer une personne" in page


# ------------------------------------------------------------------------------------------------- claims
@pytest.mark.parametrize("count", [1, 3])
def test_claims_query_count(client, django_assert_num_queries, count):
    for _ in range(count):
        with_proof()
    client.force_login(officer())
    with django_assert_num_queries(4):  # session, person, roles, claims
        page = client.get(reverse("partners:claims")).content.decode()
    assert page.count("Joint") == count


def test_claims_none(client):
    client.force_login(officer())
    assert "Les demandes pour un organisme sans signataire" in client.get(reverse("partners:claims")).content.decode()
    client.force_login(member(Role.SIGNER))
    assert "Quand une personne demande à rejoindre" in client.get(reverse("partners:claims")).content.decode()


def test_decide_confirm(client):
    row = with_proof()
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    page = client.get(url).content.decode()
    assert reverse("partners:proof", args=[row.code]) in page
    response = client.post(url, {"answer": "confirm", "reason": ""}, follow=True)
    assert f"La demande de {row.user} est confirmée." in response.content.decode()
    assert rules.may_sign_for(row.user, row.organisation)
    assert "Cette demande est confirmée" in client.get(url).content.decode()


def test_decide_refuse_needs_a_reason_and_keeps_it(client):
    row = with_proof()
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    response = client.post(url, {"answer": "refuse", "reason": " "})
    assert list(errors(response)) == ["reason"]
    client.post(url, {"answer": "refuse", "reason": "Ce n’est pas votre nom."})
    row.refresh_from_db()
    assert (row.state, row.reason) == (MembershipState.REFUSED, "Ce n’est pas votre nom.")
    assert keep_together("Motif : Ce n’est pas votre nom.") in client.get(url).content.decode()


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_decide_forged_answer(client, answer):
    row = with_proof()
    client.force_login(officer())
    response = client.post(reverse("partners:decide", args=[row.code]), {"answer": answer})
    assert errors(response) == {"answer": ["Confirmez ou refusez."]}


def test_decide_twice_says_that_it_is_done(client):
    row = with_proof()
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    client.post(url, {"answer": "confirm"})
    assert list(errors(client.post(url, {"answer": "refuse", "reason": "Non"}))) == ["__all__"]
    row.refresh_from_db()
    assert row.state == MembershipState.CONFIRMED


def test_decide_by_the_claimant_a_stranger_or_the_wrong_signer(client):
    row = with_proof()
    for user in (row.user, UserFactory.create(), member(Role.SIGNER), member(Role.MEMBER, row.organisation)):
        client.force_login(user)
        response = client.post(reverse("partners:decide", args=[row.code]), {"answer": "confirm"})
        assert response.status_code == 403
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


def test_decide_officer_where_a_signer_lives_sees_but_does_not_decide(client):
    row = with_proof()
    member(Role.SIGNER, row.organisation)
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    assert "c’est à lui de confirmer" in client.get(url).content.decode()
    assert client.post(url, {"answer": "confirm"}).status_code == 403


# ------------------------------------------------------------------------------------------------- proof
def test_proof_is_always_saved_never_opened(client):
    row = with_proof()
    client.force_login(row.user)
    response = client.get(reverse("partners:proof", args=[row.code]))
    assert response.content == PDF
    assert response["Content-Disposition"] == 'attachment; filename="recepisse.pdf"'


def test_proof_none_is_not_found(client):
    row = MembershipFactory.create(state=MembershipState.CLAIMED)
    client.force_login(row.user)
    assert client.get(reverse("partners:proof", args=[row.code])).status_code == 404


def test_proof_for_somebody_else_is_refused(client):
    row = with_proof()
    member(Role.SIGNER, row.organisation, state=MembershipState.ENDED)
    for user in (UserFactory.create(), member(Role.SIGNER), member(Role.MEMBER, row.organisation), member(Role.FUNDER)):
        client.force_login(user)
        assert client.get(reverse("partners:proof", args=[row.code])).status_code == 403


# ------------------------------------------------------------------------------------------------- end, appoint
def test_end_asks_first_then_ends(client):
    row = MembershipFactory.create(role=Role.SIGNER)
    client.force_login(row.user)
    url = reverse("partners:end", args=[row.code])
    assert keep_together("Ne plus parler pour cet organisme ?") in client.get(url).content.decode()
    row.refresh_from_db()
    assert row.state == MembershipState.CONFIRMED
    client.post(url)
    row.refresh_from_db()
    assert row.state == MembershipState.ENDED
    assert client.get(reverse("partners:organisation", args=[row.organisation.code])).status_code == 403


def test_end_of_a_claim_by_its_author(client):
    row = with_proof()
    client.force_login(row.user)
    url = reverse("partners:end", args=[row.code])
    assert keep_together("Retirer votre demande ?") in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "Votre demande est retirée." in page


@pytest.mark.parametrize("has_signer", [False, True])
def test_end_of_somebody_s_waiting_claim_leads_to_its_answer(client, has_signer):
    """Who may judge a claim answers it; only who made it takes it back."""
    row = with_proof()
    judges = [officer(), *([member(Role.SIGNER, row.organisation)] if has_signer else [])]
    url, answer = reverse("partners:end", args=[row.code]), reverse("partners:decide", args=[row.code])
    for judge in judges:
        client.force_login(judge)
        assert client.post(url).url == answer
        response = client.get(url, follow=True)
        assert response.redirect_chain == [(answer, 302)]
        assert "seule la personne qui l’a faite la retire" in response.content.decode()
    client.force_login(member(Role.MEMBER, row.organisation))
    assert client.get(url).status_code == 403
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


@pytest.mark.parametrize(("state", "said"), [("ended", "déjà terminée"), ("refused", "déjà refusée")])
def test_end_of_what_is_over_says_so_and_leads_back(client, state, said):
    row = MembershipFactory.create(state=state)
    client.force_login(officer())
    url = reverse("partners:end", args=[row.code])
    for response in (client.get(url, follow=True), client.post(url, follow=True)):
        assert response.redirect_chain == [(reverse("partners:organisation", args=[row.organisation.code]), 302)]
        assert said in response.content.decode()


def test_end_of_the_last_officer_is_not_offered(client):
    last = officer()
    client.force_login(last)
    row = last.memberships.get()
    url, appoint = reverse("partners:end", args=[row.code]), reverse("partners:appoint", args=[row.organisation.code])
    page = client.get(url).content.decode()
    assert "Nommez d’abord" in page
    assert appoint in page
    assert "Oui, mettre fin" not in page
    assert client.post(url).status_code == 422
    member(Role.OFFICER, row.organisation)
    assert "Oui, mettre fin" in client.get(url).content.decode()


def test_end_of_somebody_by_the_officer(client):
    row = MembershipFactory.create()
    client.force_login(officer())
    url = reverse("partners:end", args=[row.code])
    assert keep_together(f"Mettre fin au rôle de {row.user.name} ?") in client.get(url).content.decode()
    response = client.post(url)
    assert response.url == reverse("partners:organisation", args=[row.organisation.code])


def test_appoint_by_the_officer(client):
    organisation = OrganisationFactory.create(kind="social_body")
    client.force_login(officer())
    url = reverse("partners:appoint", args=[organisation.code])
    assert client.get(url).status_code == 200
    response = client.post(url, {"email": "nadia@caf.exemple.fr", "role": "funder"}, follow=True)
    assert response.redirect_chain == [(reverse("partners:organisation", args=[organisation.code]), 302)]
    assert Membership.objects.get(organisation=organisation).role == Role.FUNDER
    assert list(errors(client.post(url, {"email": "nadia", "role": "king"}))) == ["email", "role"]


def test_appoint_gives_no_role_by_itself(client):
    """The first role of the list may do most: nobody gets it because a list was left as it was."""
    organisation = OrganisationFactory.create(kind="social_body")
    client.force_login(officer())
    url = reverse("partners:appoint", args=[organisation.code])
    assert '<option value="" selected>Choisissez un rôle</option>' in client.get(url).content.decode()
    assert errors(client.post(url, {"email": "nadia@caf.exemple.fr", "role": ""})) == {
        "role": ["Choisissez le rôle de la personne."]
    }
