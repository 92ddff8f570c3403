"""The desk's menu, from the room cards: what each role finds in it, and that all of it opens."""

import pytest
from django.test import Client
from django.urls import reverse

from faubourg.core.cards import menu_for
from tests.house.roles import ROLES, build

HOME, OWN, ASKED, SEARCH = "Ce qui vous attend", "Notre organisme", "Nos demandes", "Rechercher"
MENUS = {
    "nobody": [],
    "resident": [HOME, OWN, SEARCH],
    "claimed": [HOME, OWN, SEARCH],
    "officer": [
        HOME,
        "Appels",
        "Le contrat de ville",
        "Le territoire",
        "Organismes",
        "Site public",
        SEARCH,
        "Courrier",
        "Journal",
    ],
    "funder": [HOME, "Appels", SEARCH],
    "elected": [HOME, "Appels", SEARCH],
    "signer": [HOME, ASKED, OWN, SEARCH],
    "member": [HOME, ASKED, OWN, SEARCH],
    "council": [HOME, SEARCH],
    "company": [HOME, SEARCH],
    "editor": [HOME, "Site public", SEARCH],
    "stranger": [HOME, ASKED, OWN, SEARCH],
}


@pytest.mark.django_db
def test_each_role_finds_what_it_may_open():
    people = build().people
    assert {role: [item.label for item in menu_for(people[role])] for role in ROLES} == MENUS
    for role in ROLES[1:]:
        client = Client()
        client.force_login(people[role])
        for item in menu_for(people[role]):
            assert client.get(reverse(item.url_name)).status_code == 200, f"{role}: {item.label}"
