"""`faubourg erase`: a person who asks to be forgotten, after one question."""

from importlib import import_module

from faubourg.config.words import Stop
from faubourg.core import erasure
from faubourg.core.errors import Refusal


def erase(email: str, *, sure: bool = False) -> int:
    """Forget the person of this address in every room; what the accounts must keep stays, under a bare code."""
    user = import_module("faubourg.accounts.selectors").user_by_email(email)
    if user is None:
        raise Stop(f"Personne n’est inscrit ici sous {email.strip()}. Rien n’a été effacé.")
    address, code = user.email, user.code
    if not sure:
        _ask(user.name, address, code)
    try:
        rooms = erasure.erase(user)
    except Refusal as refusal:
        raise Stop(f"{refusal.message} Personne n’est effacé.") from refusal
    print(f"{address} est effacé ({', '.join(rooms)}). Dossiers, aides et journal restent, sous le code {code}.")
    return 0


def _ask(name: str, address: str, code: str) -> None:
    """Nothing brings it back: the address is typed once more."""
    print(
        f"{name} <{address}> va être effacé, sans retour : son nom, son adresse, ses rôles, leurs justificatifs, "
        "les courriers reçus.\n"
        f"Les dossiers de son organisme, les aides décidées et le journal restent, sous le code {code}."
    )
    try:
        typed = input("Pour confirmer, tapez l’adresse : ")
    except EOFError:
        typed = ""
    if typed.strip().lower() != address:
        raise Stop("Ce n’est pas cette adresse. Rien n’a été effacé.")
