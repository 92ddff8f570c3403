"""FAUBOURG_IDENTITY_PROVIDERS: what it makes, and what stops the start."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from faubourg.config.identities import origins, read

GIVEN = {
    "id": "proconnect",
    "label": "ProConnect",
    "server": "https://connexion.exemple.fr/api/v2/",
    "client": "faubourg",
    "secret": "s3cret",
}
TEXTS = "proconnect : tout s’écrit entre guillemets, sauf « trust_email » (true ou false)"


@pytest.mark.parametrize("text", ["", "[]"])
def test_without_it_there_is_none(text):
    assert read(text) == []


def test_a_provider_is_read_with_what_it_leaves_out():
    assert read(json.dumps([GIVEN])) == [
        {
            "provider_id": "proconnect",
            "name": "ProConnect",
            "client_id": "faubourg",
            "secret": "s3cret",
            "settings": {
                "server_url": "https://connexion.exemple.fr/api/v2",
                "scope": ["openid", "email"],
                "auth_params": {},
                "note": "",
                "trust_email": False,
            },
        }
    ]


def test_what_is_given_is_taken():
    more = {"scopes": "openid email birthdate", "acr": "eidas1", "note": "habitants", "trust_email": True}
    assert read(json.dumps([{**GIVEN, **more}]))[0]["settings"] == {
        "server_url": "https://connexion.exemple.fr/api/v2",
        "scope": ["openid", "email", "birthdate"],
        "auth_params": {"acr_values": "eidas1"},
        "note": "habitants",
        "trust_email": True,
    }


def test_two_providers_of_one_machine_are_one_origin():
    two = read(json.dumps([GIVEN, {**GIVEN, "id": "autre"}, {**GIVEN, "id": "ici", "server": "http://localhost:9400"}]))
    assert origins(two) == ["http://localhost:9400", "https://connexion.exemple.fr"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{", "ce n’est pas du JSON"),
        ("{}", "il faut une liste de fournisseurs : [{…}, {…}]"),
        ("[1]", "il faut une liste de fournisseurs : [{…}, {…}]"),
        ([GIVEN, GIVEN], "deux fournisseurs ont le même « id »"),
        ([{**GIVEN, "secret": ""}], "proconnect : « secret » manque"),
        ([{}], "sans id : « client » manque"),
        ([{**GIVEN, "scope": "openid"}], "proconnect : « scope » est inconnu"),
        (
            [{**GIVEN, "trust_email": "oui"}],
            "proconnect : tout s’écrit entre guillemets, sauf « trust_email » (true ou false)",
        ),
        ([{**GIVEN, "client": 12}], TEXTS),
        ([{**GIVEN, "id": "Pro Connect"}], "Pro Connect : « id » s’écrit en lettres minuscules et chiffres"),
        ([{**GIVEN, "server": "http://exemple.fr"}], "proconnect : « server » commence par https://"),
    ],
)
def test_what_cannot_be_understood_is_said(given, words):
    with pytest.raises(ImproperlyConfigured) as said:
        read(given if isinstance(given, str) else json.dumps(given))
    assert str(said.value) == f"FAUBOURG_IDENTITY_PROVIDERS : {words}"
