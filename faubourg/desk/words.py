"""The journal's codes as a person reads them: rooms, deeds, states, amounts."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from faubourg.calls.enums import ApplicationState, CallState, Deed
from faubourg.core.cards import cards
from faubourg.core.money import format_amount, group
from faubourg.journal.models import Entry
from faubourg.notifications.enums import MailState
from faubourg.partners.enums import InvitationState, MembershipState, Role

DEEDS: dict[str, str] = {
    **{str(value): str(label) for value, label in Deed.choices},
    "open_call": "appel préparé",
    "change_call": "appel modifié",
    "publish": "appel publié",
    "remove_envelope": "enveloppe retirée de l’appel",
    "share_opinions": "avis partagés",
    "open_committee": "comité ouvert",
    "announce": "rendu public",
    "join": "première entrée",
    "sign-in": "entrée par lien",
    "enter": "entrée par mot de passe, clé ou identité",
    "link-identity": "identité reliée",
    "unlink-identity": "identité retirée",
    "drop_proof": "justificatif effacé",
    "set-password": "mot de passe changé",
    "rename": "nom changé",
    "erase": "données effacées",
    "store": "fichier gardé",
    "remove": "fichier retiré",
    "open_envelope": "enveloppe ouverte",
    "resize": "enveloppe changée de montant",
    "commit": "argent engagé",
    "release": "argent libéré",
    "open_organisation": "organisme inscrit",
    "claim": "demande à parler pour l’organisme",
    "confirm": "demande confirmée",
    "refuse": "demande refusée",
    "appoint": "personne nommée",
    "end": "rôle terminé",
    "change_membership": "rôle ou dates changés",
    "tell_end": "fin de rôle annoncée",
    "delegate": "signature déléguée",
    "withdraw_delegation": "délégation retirée",
    "sign_by_delegation": "signé par délégation",
    "rename_organisation": "organisme renommé",
    "correct_name": "nom d’organisme corrigé",
    "add_contact": "contact ajouté",
    "change_contact": "contact vérifié",
    "remove_contact": "contact retiré",
    "merge": "organismes fusionnés",
    "undo_merge": "fusion défaite",
    "settle_merge": "fusion définitive",
    "set_logo": "logo changé",
    "remove_logo": "logo retiré",
    "invite": "personne invitée",
    "invite_again": "invitation renvoyée",
    "accept_invitation": "invitation acceptée",
    "withdraw_invitation": "invitation retirée",
    "open_contract": "contrat ouvert",
    "amend": "avenant signé",
    "sign": "signature du contrat",
    "unsign": "signature retirée du contrat",
    "change_contract": "contrat modifié",
    "add_objective": "objectif ajouté",
    "change_objective": "objectif renommé",
    "move_objective": "objectif déplacé",
    "remove_objective": "objectif retiré",
    "open_project": "projet ouvert",
    "open_year": "année de projet ouverte",
    "change_year": "année de projet modifiée",
    "grant": "aide rattachée au projet",
    "ungrant": "aide détachée du projet",
    "add_result": "résultat ajouté",
    "make_questionnaire": "questionnaire écrit",
    "add_municipality": "commune décrite",
    "add_geography": "géographie décrite",
    "add_neighbourhood": "quartier décrit",
    "add_figure": "chiffre clé ajouté",
    "remove_municipality": "commune retirée",
    "remove_geography": "géographie retirée",
    "remove_neighbourhood": "quartier retiré",
    "remove_figure": "chiffre clé retiré",
    "drop": "courriel abandonné",
    "retry": "courriel renvoyé",
    "admit_editor": "accès à la rédaction du site",
    "dismiss_editor": "accès à la rédaction retiré",
    "lay_out_site": "site mis en place",
    "publish_page": "page publiée",
    "withdraw_page": "page retirée du site",
    "delete_page": "page supprimée",
    "copy_page": "page copiée",
    "move_page": "page déplacée",
    "rename_page": "page renommée",
    "schedule_page": "parution programmée",
    "unschedule_page": "parution annulée",
    "add_photo": "photo ajoutée",
    "change_photo": "photo modifiée",
    "delete_photo": "photo supprimée",
    "add_redirect": "redirection ajoutée",
    "change_redirect": "redirection modifiée",
    "delete_redirect": "redirection supprimée",
    "build_world": "monde d’exemple construit",
}
IN_ROOM: dict[tuple[str, str], str] = {
    ("notifications", "release"): "courriel libéré",
    ("calls", "announce"): "résultats publiés",
    ("projects", "announce"): "projet rendu public",
}
STATES: dict[str, str] = {
    **{str(value): str(label) for value, label in ApplicationState.choices},
    **{str(value): str(label) for value, label in CallState.choices},
    **{str(value): str(label) for value, label in MembershipState.choices},
    **{str(value): str(label) for value, label in InvitationState.choices},
    **{str(value): str(label) for value, label in Role.choices},
    **{str(value): str(label) for value, label in MailState.choices},
    "known": "connu",
    "merged": "fusionné",
    "public": "public",
}
IN_ROOM_STATES: dict[str, dict[str, str]] = {
    "calls": {str(value): str(label) for value, label in ApplicationState.choices},
    "partners": {str(value): str(label) for value, label in MembershipState.choices},
    "notifications": {str(value): str(label) for value, label in MailState.choices},
}
AMOUNTS = {
    "asked": "demandé",
    "amount": "montant",
    "granted": "accordé",
    "decided": "décidé",
    "free": "reste",
    "before": "avant",
    "after": "après",
    "proposed": "proposé",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the journal in words; ``url`` leads to the thing when the desk has a page for it."""

    entry: Entry
    room: str
    deed: str
    step: str
    amounts: str
    url: str


def line_of(entry: Entry, pageless: Container[str] = ()) -> Line:
    """``pageless``: the codes of things that the desk does not show."""
    return Line(
        entry,
        room_names().get(entry.room, entry.room),
        deed_of(entry.room, entry.verb),
        _step(entry),
        ", ".join(_amount(label, value) for label, value in entry.amounts.items()),
        "" if entry.thing.partition(":")[0] in pageless else url_of(entry.thing),
    )


def deed_of(room: str, verb: str) -> str:
    """In French; a deed without words keeps its code, so that nothing is hidden."""
    return IN_ROOM.get((room, verb)) or DEEDS.get(verb, verb)


def room_names() -> dict[str, str]:
    """The rooms that are open, by the name that the journal writes."""
    return {card.label: str(card.verbose_name) for card in cards()}


def _step(entry: Entry) -> str:
    """« déposé → recevable »; one state alone when the deed made the thing, or left it as it was."""
    words = {**STATES, **IN_ROOM_STATES.get(entry.room, {})}
    if entry.room == "calls" and entry.thing.startswith("call:"):
        words |= {str(value): str(label) for value, label in CallState.choices}
    before, after = (words.get(state, state) for state in (entry.before, entry.after))
    if before and after and before != after:
        return f"{before} → {after}"
    return after or before


def _amount(label: str, value: int) -> str:
    if label == "bytes":
        return f"{group(-(-value // 1000))} ko"
    return f"{AMOUNTS.get(label, label)} {format_amount(value)}"


def url_of(thing: str) -> str:
    """The page of the thing that a code names, or nothing."""
    code = thing.partition(":")[0]
    if thing.startswith("call:"):
        return reverse("calls:call_edit", args=[thing.removeprefix("call:")])
    pages: dict[str, Any] = {
        "D-": "calls:desk_application",
        "M-": "desk:mail",
        "O-": "partners:organisation",
    }
    name = pages.get(code[:2])
    return reverse(name, args=[code]) if name else ""
