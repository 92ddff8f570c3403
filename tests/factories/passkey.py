"""A passkey in software: it holds its private half, and answers as a browser does, for whatever site it is told."""

import hashlib
import json

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from faubourg.accounts.models import User

SITE = "https://testserver"  # the name under which Django's test client calls
NAME = b"0123456789abcdef"


class Passkey:
    def __init__(self, user: User, site: str = SITE) -> None:
        self.user, self.site, self._count = user, site, 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        public = ES256.from_cryptography_key(self._key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, NAME, public)
        data = self._authenticator_data(site, credential)
        made = CollectedClientData.create(CollectedClientData.TYPE.CREATE, b"0" * 32, site)
        known = self._answer(made, attestationObject=AttestationObject.create("none", data, {}))
        known["clientExtensionResults"] = {"credProps": {"rk": True}}
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": known}
        )

    def sign(self, challenge: str, *, site: str = "") -> str:
        """The answer to a challenge, in JSON, as the page of ``site`` would get it."""
        site = site or self.site
        data = self._authenticator_data(site)
        client = CollectedClientData.create(CollectedClientData.TYPE.GET, challenge, site)
        signature = self._key.sign(data + client.hash, ec.ECDSA(hashes.SHA256()))
        who = user_pk_to_url_str(self.user).encode()
        return json.dumps(self._answer(client, authenticatorData=data, signature=signature, userHandle=who))

    def _authenticator_data(self, site: str, credential: AttestedCredentialData | None = None) -> AuthenticatorData:
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        flags |= AuthenticatorData.FLAG.AT if credential else 0
        self._count += 1
        host = site.partition("://")[2].partition(":")[0]
        hashed = hashlib.sha256(host.encode()).digest()
        return AuthenticatorData.create(hashed, flags, self._count, credential or b"")

    @staticmethod
    def _answer(client: CollectedClientData, **parts: bytes) -> dict:
        name = websafe_encode(NAME)
        response = {"clientDataJSON": websafe_encode(client)} | {key: websafe_encode(one) for key, one in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
