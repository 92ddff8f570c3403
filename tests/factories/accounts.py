"""People."""

import json
from pathlib import Path

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from faubourg.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXP"  # what the application of codes of a test knows


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    password = "!"


def passkey_of(user: User) -> Authenticator:
    """A passkey of this person: what a browser's virtual one answered once; nobody holds its other half."""
    data = json.loads(Path(__file__).with_name("passkey.json").read_text())
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def codes_of(user: User, secret: str = SECRET) -> Authenticator:
    """An application of codes that knows this secret."""
    return TOTP.activate(user, secret).instance


def code_now(secret: str = SECRET) -> str:
    """What the application shows. Of the codes that are taken, neither the one before, soon too old, nor the next."""
    _, now, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))
