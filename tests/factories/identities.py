"""A real OpenID Connect provider on this machine, on a port of its own, which can be made to answer wrongly."""

import base64
import hmac
import json
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import flask
import jwt

from faubourg.config import identities

with warnings.catch_warnings(record=True):  # of what its own library will lose one day
    from oidc_provider_mock import User
    from oidc_provider_mock import _app as mock
    from oidc_provider_mock._server import _threaded_server
    from oidc_provider_mock._storage import storage


@dataclass
class Provider:
    """``people`` is what it knows of each sub; ``signed`` makes it sign what it tells, as the State's do."""

    address: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    signed: bool = False
    key: Any = None  # another key than the one that it publishes
    algorithm: str = "RS256"
    told: dict[str, Any] = field(default_factory=dict)  # said instead of the truth, in what is told of somebody
    proof: dict[str, Any] = field(default_factory=dict)  # the same in the token that proves who came
    broken: dict[str, int | str] = field(default_factory=dict)  # path -> the status or the text answered there

    def settings(self, id: str = "proconnect", label: str = "ProConnect", **more: Any) -> dict[str, Any]:
        given = {"id": id, "label": label, "server": self.address, "client": f"faubourg-{id}", "secret": "s3cret"}
        return {**given, "scopes": "openid email profile", "trust_email": True, **more}

    def knows(self, sub: str, **claims: Any) -> None:
        self.people[sub] = {"email_verified": True, **claims}


def set_up(settings: Any, *providers: dict[str, Any]) -> None:
    """As the environment would: these providers and no other."""
    applications = identities.read(json.dumps(providers))
    oidc = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": applications}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": oidc}
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    action = ["'self'", *identities.origins(applications)]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**directives, "form-action": action}}


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering until the end of the block."""
    provider = Provider()
    app = mock.app()
    app.before_request(lambda: _before(provider))
    app.after_request(lambda answer: _after(provider, answer))
    with _threaded_server(app, host="127.0.0.1") as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        yield provider


def _before(provider: Provider) -> Any:
    request = flask.request
    provider.asked.append((request.path, request.values.to_dict()))
    for sub, claims in provider.people.items():
        storage.store_user(User(sub=sub, claims=claims))
    wrong = provider.broken.get(request.path)
    if isinstance(wrong, int):
        flask.abort(wrong)
    return wrong


def _after(provider: Provider, answer: Any) -> Any:
    if answer.status_code != 200:
        return answer
    if flask.request.path == "/oauth2/token" and provider.proof:
        given = answer.get_json()
        claims = jwt.decode(given["id_token"], options={"verify_signature": False})
        given["id_token"] = _sign(provider, {**claims, **provider.proof})
        return flask.jsonify(given)
    if flask.request.path == "/userinfo":
        told = {**answer.get_json(), **provider.told}
        if not provider.signed:
            return flask.jsonify(told)
        now = int(time.time())
        claims = {"iss": provider.address, "aud": "faubourg-proconnect", "iat": now, "exp": now + 60, **told}
        return flask.Response(_sign(provider, claims), content_type="application/jwt")
    return answer


def _sign(provider: Provider, claims: dict[str, Any]) -> str:
    key = provider.key or storage.jwk
    said = {name: value for name, value in claims.items() if value is not None}
    key = provider.key or storage.jwk.as_pem(is_private=True)
    if provider.algorithm != "RS256":  # the library would not make these two by itself
        head, body = (_part(part) for part in ({"alg": provider.algorithm, "kid": storage.jwk.thumbprint()}, said))
        proof = hmac.digest(storage.jwk.as_pem(), f"{head}.{body}".encode(), "sha256")
        return f"{head}.{body}.{_part(proof) if provider.algorithm == 'HS256' else ''}"
    return jwt.encode(said, key, "RS256", {"kid": storage.jwk.thumbprint()})


def _part(value: Any) -> str:
    plain = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()
