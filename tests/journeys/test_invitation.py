"""Somebody is invited by e-mail, accepts on a phone, sees one organisation, and is out after the last day."""

from typing import Any

import pytest
from playwright.sync_api import expect

from faubourg.core.clock import paris
from faubourg.partners.enums import Role
from faubourg.partners.models import Membership
from tests.factories.partners import OrganisationFactory, member
from tests.journeys.visitor import NARROW, Visitor, last_mail, link_in

pytestmark = [pytest.mark.journey, pytest.mark.once]
ZOE = "zoe@exemple.fr"


def is_refused(one: Visitor, path: str, *words: str) -> None:
    """The page that says no, in French; it is looked at as any other (the browser calls a 403 an error)."""
    answer = one.page.goto(path)
    assert answer
    assert answer.status == 403
    assert [said for said in one.said if "status of 403" not in said] == []
    one.said.clear()
    one.look()
    one.reads(*words)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_from_its_mail_to_its_last_day(visitor: Any, hands: Any) -> None:
    ours, theirs = OrganisationFactory.create(name="Roue libre 40"), OrganisationFactory.create(name="Les Jardins")
    signer, stranger = member(Role.SIGNER, ours), member(Role.SIGNER, theirs)

    claire = visitor("Claire")
    claire.is_signed_in(signer)
    claire.open(f"/organismes/{ours.code}/")
    claire.follow("Inviter")
    claire.write("Adresse électronique", ZOE)
    claire.page.get_by_label("Rôle").select_option(label="Membre")
    claire.write("Jusqu’au", "2027-06-30")  # what a browser’s own picker holds
    claire.click("Envoyer l’invitation")
    claire.reads(f"L’invitation est partie à {ZOE}", "jusqu’au 30 juin 2027")
    offered = link_in(last_mail(ZOE))

    omar = visitor("Omar", width=NARROW)
    omar.is_signed_in(stranger)
    is_refused(omar, offered, "Cette invitation est pour une autre personne", "Rien n’est changé")
    omar.does_not_read(ZOE, "Accepter")
    omar.open("/organismes/")
    omar.does_not_read(ours.name)

    zoe = visitor("Zoé", width=NARROW)
    zoe.open(offered)
    zoe.reads(f"{signer.name} vous invite", ours.name, "comme membre", "jusqu’au 30 juin 2027")
    zoe.click("Recevoir mon lien pour entrer")
    zoe.open(link_in(last_mail(ZOE)))
    zoe.click("Entrer", exact=True)
    zoe.click("Accepter l’invitation")
    zoe.reads("Bienvenue : vous êtes membre pour Roue libre 40.", signer.name)
    held = Membership.objects.get(user__email=ZOE)
    assert (held.organisation, held.role) == (ours, Role.MEMBER)
    zoe.open("/organismes/")
    assert zoe.page.locator("main h2").all_inner_texts() == [ours.name]
    zoe.does_not_read(theirs.name)
    is_refused(zoe, f"/organismes/{theirs.code}/", "ne sont visibles que de l’intérieur")

    hands(paris(2027, 6, 30, 23, 59))
    zoe.open(f"/organismes/{ours.code}/")
    hands(paris(2027, 7, 1, 0, 0))
    is_refused(zoe, f"/organismes/{ours.code}/", "ne sont visibles que de l’intérieur")
    zoe.open("/organismes/")
    expect(zoe.page.get_by_text(ours.name)).to_have_count(0)
