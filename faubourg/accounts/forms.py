"""What a person types at the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base import forms as mfa
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms

from faubourg.accounts import services
from faubourg.accounts.models import User
from faubourg.core.forms import ServiceForm


class SignInForm(ServiceForm):
    """The address to which a link is sent; ``ip`` says whence it is asked. ``result`` is the address."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Nous vous envoyons un lien pour entrer. Pas de mot de passe à retenir.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Écrivez votre adresse électronique : le lien y sera envoyé.",
            "invalid": "Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr.",
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ip: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.ip = ip

    def serve(self, by: Any) -> str:
        email: str = self.cleaned_data["email"]
        services.send_link(email, next=self.cleaned_data["next"], ip=self.ip)
        return email


class NameForm(ServiceForm):
    """How a person is called here."""

    first_name = forms.CharField(
        label="Prénom", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label="Nom", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    def serve(self, by: User) -> None:
        services.rename(by, self.cleaned_data["first_name"], self.cleaned_data["last_name"], by=by)


class _Worded:
    """A form of the library in our words: ``words`` gives label and help, field by field."""

    words: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


CODE = ("Code", "Six chiffres de votre application, ou un code de secours.")
PASSWORD_HELP = "Douze signes au moins, qui ne se devinent pas. Une phrase convient très bien."  # noqa: S105


class PasswordSignInForm(_Worded, LoginForm):
    words: ClassVar = {"login": ("Votre adresse électronique", ""), "password": ("Mot de passe", "")}


class ChangePassword(_Worded, ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": ("Mot de passe actuel", ""),
        "password1": ("Nouveau mot de passe", PASSWORD_HELP),
        "password2": ("Le même, une seconde fois", ""),
    }


class SetPassword(_Worded, SetPasswordForm):
    words: ClassVar = ChangePassword.words


class ForgottenPassword(_Worded, ResetPasswordForm):
    words: ClassVar = {"email": ("Votre adresse électronique", "")}


class NewPassword(_Worded, ResetPasswordKeyForm):
    words: ClassVar = ChangePassword.words


class ConfirmPassword(_Worded, ReauthenticateForm):
    words: ClassVar = {"password": ("Mot de passe", "")}


class SecondCode(_Worded, AuthenticateForm):
    words: ClassVar = {"code": CODE}


class ConfirmCode(_Worded, mfa.ReauthenticateForm):
    words: ClassVar = {"code": CODE}


class FirstCode(_Worded, ActivateTOTPForm):
    words: ClassVar = {"code": ("Code", "Les six chiffres que montre l’application.")}


@contextmanager
def _made_by_hand() -> Iterator[None]:
    """A key's answer is signed by the browser; one that was made by hand may hold anything at all.

    Of a key that is not the right one, the library says that its code is wrong: there is no code.
    """
    try:
        yield
    except forms.ValidationError as fault:
        if fault.code != "incorrect_code":
            raise
        raise forms.ValidationError("Cette clé n’a pas été reconnue. Rien n’a changé.") from fault
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise forms.ValidationError("Cette clé n’a pas répondu comme il faut. Rien n’a changé.") from fault


class _KeyAnswer:
    def clean_credential(self) -> Any:
        with _made_by_hand():
            return super().clean_credential()  # type: ignore[misc]


class KeyAtTheDoor(_KeyAnswer, LoginWebAuthnForm):
    pass


class KeyAsProof(_KeyAnswer, AuthenticateWebAuthnForm):
    pass


class KeyAgain(_KeyAnswer, ReauthenticateWebAuthnForm):
    pass


class NewKey(_Worded, AddWebAuthnForm):
    words: ClassVar = {
        "name": ("Nom de la clé", "Pour la reconnaître : « téléphone », « clé USB du bureau »."),
        "passwordless": (
            "Entrer avec cette clé seule",
            "Elle demande alors l’empreinte ou le code de l’appareil, et remplace le lien et le mot de passe.",
        ),
    }

    def clean(self) -> Any:
        with _made_by_hand():
            return super().clean()


class KeyName(_Worded, EditWebAuthnForm):
    words: ClassVar = {"name": ("Nom de la clé", "")}
