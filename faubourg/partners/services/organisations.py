"""Organisations: opened by anybody who is signed in, with a public number that gives no right."""

import re

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from stdnum.fr import siret as siret_key

from faubourg.accounts.models import User
from faubourg.core.errors import NotAllowed, Refusal, Refusals
from faubourg.journal import services as journal
from faubourg.partners.enums import OrganisationKind
from faubourg.partners.listed import listed_organisation
from faubourg.partners.models import Membership, Organisation
from faubourg.partners.rules import may_open
from faubourg.partners.services.memberships import ROOM, claim
from faubourg.search import services as search
from faubourg.territory.models import Municipality

_RNA = re.compile(r"W[0-9A-Z]{9}")


def bare_number(text: str) -> str:
    """A number as it is kept: without spaces, dots or dashes, in capitals."""
    return re.sub(r"[\s\u00a0\u202f.\-]", "", text).upper()


def looks_like_number(text: str) -> bool:
    """Did this person type a SIRET rather than a name?"""
    return sum(letter in "0123456789" for letter in text) > len(bare_number(text)) / 2


@transaction.atomic
def open_organisation(
    *,
    name: str,
    kind: str,
    siret: str = "",
    rna: str = "",
    municipality: Municipality | None = None,
    website: str = "",
    summary: str = "",
    is_example: bool = False,
    by: User | None,
) -> Organisation:
    """Enter an organisation in the book. Gives its author no right in it.

    Refusals, all at once: ``name``, ``kind``, ``siret`` (key, already known), ``rna`` (form, already known).
    A person needs at least one of both numbers; the officer and the machine may do without for institutions.
    """
    if by is not None and not may_open(by, kind):
        raise NotAllowed("Seul le chargé de mission inscrit les institutions. Choisissez « association » ou « autre ».")
    needs_number = by is not None and kind in _NUMBERED
    name = " ".join(name.split())
    faults = _faults(name, kind) + faults_of_numbers(siret, rna, needed=needs_number)
    siret, rna = bare_number(siret), bare_number(rna)
    if faults:
        raise Refusals(faults)
    organisation = Organisation(
        name=name, kind=kind, siret=siret, rna=rna, municipality=municipality, website=website,
        summary=summary.strip(), is_example=is_example,
    )  # fmt: skip
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:  # somebody entered the same number in the same second
        raise Refusals(_known_already(siret, rna)) from None
    search.put(listed_organisation(organisation))
    journal.record("open_organisation", organisation.code, room=ROOM, by=by)
    return organisation


_NUMBERED = frozenset({OrganisationKind.ASSOCIATION, OrganisationKind.OTHER})


def faults_of_name(name: str) -> list[Refusal]:
    """What is wrong with a name whose spaces are in order."""
    faults = []
    if not name:
        faults.append(Refusal("Écrivez le nom de l’organisme.", field="name"))
    elif len(name) > 160:
        faults.append(Refusal("Ce nom dépasse 160 caractères.", field="name"))
    elif not name.isprintable():  # a sign that turns the reading direction makes one name look like another
        faults.append(Refusal("Ce nom contient un signe invisible. Écrivez-le de nouveau.", field="name"))
    return faults


def _faults(name: str, kind: str) -> list[Refusal]:
    faults = faults_of_name(name)
    if kind not in OrganisationKind:
        faults.append(Refusal("Choisissez la nature de l’organisme.", field="kind"))
    return faults


def faults_of_numbers(siret: str, rna: str, *, needed: bool = True) -> list[Refusal]:
    """What is wrong with these numbers as they were typed, each beside its field; nothing is written."""
    siret, rna = bare_number(siret), bare_number(rna)
    faults = []
    if needed and not (siret or rna):
        faults.append(Refusal("Donnez au moins un des deux numéros : SIRET ou RNA.", field="siret"))
    if siret and not re.fullmatch(r"[0-9]{14}", siret):
        faults.append(Refusal(f"Un SIRET compte 14 chiffres ; celui-ci en a {_digits(siret)}.", field="siret"))
    elif siret and not siret_key.is_valid(siret):
        faults.append(
            Refusal("Ce SIRET n’existe pas : sa clé de contrôle est fausse. Vérifiez les chiffres.", field="siret")
        )
    if rna and not _RNA.fullmatch(rna):
        faults.append(
            Refusal("Un numéro RNA est un W suivi de 9 chiffres ou lettres, par exemple W401001234.", field="rna")
        )
    return faults or _known_already(siret, rna)


def _digits(siret: str) -> str:
    count = sum(letter in "0123456789" for letter in siret)
    return f"{count}" if count == len(siret) else f"{count}, et d’autres signes"


def _known_already(siret: str, rna: str) -> list[Refusal]:
    faults = []
    for field, value in (("siret", siret), ("rna", rna)):
        known = Organisation.objects.filter(**{field: value}).select_related("merged_into").first() if value else None
        if known is not None:
            here = known.merged_into or known
            words = f"Ce numéro est déjà celui de « {here} ». Cherchez cet organisme, puis demandez à le rejoindre."
            faults.append(Refusal(words, field=field))
    return faults


@transaction.atomic
def open_and_claim(
    *,
    name: str,
    kind: str,
    siret: str = "",
    rna: str = "",
    municipality: Municipality | None = None,
    role: str,
    title: str = "",
    proof: UploadedFile | None,
    by: User,
) -> Membership:
    """Enter an organisation and ask to speak for it, both or neither."""
    organisation = open_organisation(name=name, kind=kind, siret=siret, rna=rna, municipality=municipality, by=by)
    return claim(organisation, role=role, title=title, proof=proof, by=by)
