"""Who else may say who somebody is: reads FAUBOURG_IDENTITY_PROVIDERS (docs/settings.md)."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = "FAUBOURG_IDENTITY_PROVIDERS"
NEEDED = {"id", "label", "server", "client", "secret"}
KNOWN = NEEDED | {"note", "scopes", "acr", "trust_email"}
ID = re.compile("[a-z0-9]{1,40}")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def read(text: str) -> list[dict[str, Any]]:
    """One application per provider, as allauth wants them. "" is none; what cannot be understood stops the start."""
    try:
        given = json.loads(text or "[]")
    except ValueError:
        raise _wrong("ce n’est pas du JSON") from None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _wrong("il faut une liste de fournisseurs : [{…}, {…}]")
    ids = [str(one.get("id")) for one in given]
    if len(ids) != len(set(ids)):
        raise _wrong("deux fournisseurs ont le même « id »")
    return [_application(one) for one in given]


def origins(applications: list[dict[str, Any]]) -> list[str]:
    """Where a form of ours may lead, beside ourselves."""
    servers = [urlsplit(one["settings"]["server_url"]) for one in applications]
    return sorted({f"{server.scheme}://{server.netloc}" for server in servers})


def _application(given: dict[str, Any]) -> dict[str, Any]:
    name = given.get("id") or "sans id"
    given = {"note": "", "scopes": "openid email", "acr": "", "trust_email": False, **given}
    if missing := sorted(NEEDED - {key for key, value in given.items() if value}):
        raise _wrong(f"{name} : « {missing[0]} » manque")
    if unknown := sorted(given.keys() - KNOWN):
        raise _wrong(f"{name} : « {unknown[0]} » est inconnu")
    if any(not isinstance(value, bool if key == "trust_email" else str) for key, value in given.items()):
        raise _wrong(f"{name} : tout s’écrit entre guillemets, sauf « trust_email » (true ou false)")
    if not ID.fullmatch(name):
        raise _wrong(f"{name} : « id » s’écrit en lettres minuscules et chiffres")
    server = urlsplit(given["server"])
    if server.scheme != "https" and not (server.scheme == "http" and server.hostname in LOOPBACK):
        raise _wrong(f"{name} : « server » commence par https://")
    return {
        "provider_id": given["id"],
        "name": given["label"],
        "client_id": given["client"],
        "secret": given["secret"],
        "settings": {
            "server_url": given["server"].rstrip("/"),
            "scope": given["scopes"].split(),
            "auth_params": {"acr_values": given["acr"]} if given["acr"] else {},
            "note": given["note"],
            "trust_email": given["trust_email"],
        },
    }


def _wrong(words: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{NAME} : {words}")
