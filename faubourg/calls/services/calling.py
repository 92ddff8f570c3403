"""The officer writes a call, publishes it, opens the committee."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from faubourg.accounts.models import User
from faubourg.calls import selectors, workflow
from faubourg.calls.enums import CallState
from faubourg.calls.listed import listed_call
from faubourg.calls.models import Call, CallEnvelope
from faubourg.calls.rules import may_run_calls
from faubourg.calls.services._moves import ROOM, allow, locked_call
from faubourg.calls.standard import STANDARD_QUESTIONS
from faubourg.core import clock
from faubourg.core.errors import Refusal, Refusals
from faubourg.funding import services as funding
from faubourg.funding.models import Envelope
from faubourg.journal import services as journal
from faubourg.partners.models import Contract, Objective, Organisation
from faubourg.questions import services as questions
from faubourg.search import services as search
from faubourg.territory.models import Geography

OFFICERS_ONLY = "Seule la chargée de mission peut préparer un appel."
EDITABLE = (
    "title", "summary", "rules_text", "opens_at", "closes_at", "projects_from", "projects_until", "committee_on",
    "contact_email", "geography",
)  # fmt: skip


@transaction.atomic
def open_call(
    *, code: str, year: int, contract: Contract, geography: Geography, objectives: Iterable[Objective],
    by: User, **fields: Any,
) -> Call:  # fmt: skip
    """Begin a call in draft, with the standard questions. ``fields``: see ``EDITABLE``."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    _check_times(fields["opens_at"], fields["closes_at"])
    questionnaire = questions.make_questionnaire(f"Questions de l’appel {code}", STANDARD_QUESTIONS, by=by)
    try:
        with transaction.atomic():
            call = Call.objects.create(
                code=code,
                year=year,
                contract=contract,
                geography=geography,
                questionnaire=questionnaire,
                **fields,
            )
    except IntegrityError as error:
        raise Refusal(
            f"Le code « {code} » sert déjà à un autre appel. Choisissez-en un autre.", field="code"
        ) from error
    call.objectives.set(objectives)
    search.put(*listed_call(call))
    journal.record("open_call", _name(call), room=ROOM, after=call.state, by=by)
    return call


@transaction.atomic
def change_call(call: Call, *, by: User, objectives: Iterable[Objective] | None = None, **fields: Any) -> Call:
    """Change a call. Once published, its rules and opening stay; only its closing may be put off, and its contact."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    call = locked_call(call)
    if call.state != CallState.DRAFT:
        if set(fields) - {"closes_at", "contact_email", "committee_on"} or objectives is not None:
            raise Refusal("Cet appel est publié : son règlement ne change plus. Rien n’a été changé.")
        if fields.get("closes_at", call.closes_at) < call.closes_at:
            raise Refusal("Un appel publié peut fermer plus tard, jamais plus tôt.", field="closes_at")
        if call.state != CallState.PUBLISHED and fields.get("closes_at", call.closes_at) > call.closes_at:
            raise Refusal("Le comité de cet appel est ouvert : sa clôture ne change plus.", field="closes_at")
    _check_times(fields.get("opens_at", call.opens_at), fields.get("closes_at", call.closes_at))
    for name in set(fields) & set(EDITABLE):
        setattr(call, name, fields[name])
    call.save()
    if objectives is not None:
        call.objectives.set(objectives)
    search.put(*listed_call(call))
    journal.record("change_call", _name(call), room=ROOM, before=call.state, after=call.state, by=by)
    return call


@transaction.atomic
def add_envelope(
    call: Call, *, funder: Organisation, kind: str, short_name: str, amount_cents: int, by: User
) -> Envelope:
    """Give the call a funder's money of one kind: a new column of the committee's table."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    call = locked_call(call)
    _only_before_committee(call)
    same = [e for e in selectors.call_envelopes(call) if e.funder_id == funder.pk and e.kind == kind]
    if same:
        raise Refusal(f"{same[0]} est déjà une enveloppe de cet appel : changez son montant.", field="funder")
    envelope = funding.open_envelope(
        funder=funder, kind=kind, year=call.year, short_name=short_name, amount_cents=amount_cents, by=by
    )
    CallEnvelope.objects.create(call=call, envelope=envelope, position=call.envelopes.count())
    return envelope


@transaction.atomic
def remove_envelope(call: Call, envelope: Envelope, *, by: User) -> None:
    """Take an envelope away from a call that nobody applies to yet."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    call = locked_call(call)
    if call.state != CallState.DRAFT:
        raise Refusal("Cet appel est publié : ses enveloppes restent. Rien n’a été changé.")
    CallEnvelope.objects.filter(call=call, envelope=envelope).delete()
    journal.record("remove_envelope", envelope.code, room=ROOM, by=by)


@transaction.atomic
def publish(call: Call, *, by: User) -> Call:
    """Make the call public. It opens by itself at its hour."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    call = locked_call(call)
    missing = [
        Refusal(words, field=field)
        for field, words, absent in (
            (
                "envelopes",
                "Ajoutez au moins une enveloppe : sans argent, pas d’appel.",
                not call.envelopes.exists(),
            ),
            ("objectives", "Choisissez au moins un objectif du contrat.", not call.objectives.exists()),
            ("closes_at", "La clôture est déjà passée.", call.closes_at <= clock.now()),
        )
        if absent
    ]
    if missing:
        raise Refusals(missing)
    return _step(call, "publish", by=by)


@transaction.atomic
def share_opinions(call: Call, *, by: User) -> Call:
    """Open the shared mode: from now on the funders, the elected and the officer read all opinions (R-INS-01)."""
    allow(may_run_calls(by), "Seule la chargée de mission ouvre le partage des avis.")
    call = locked_call(call)
    if call.state == CallState.DRAFT:
        raise Refusal("Cet appel n’est pas encore publié : il n’a pas d’avis à partager.")
    if call.opinions_shared_at:
        raise Refusal("Les avis de cet appel sont déjà partagés.")
    if call.closes_at > clock.now():
        raise Refusal(
            "L’appel n’est pas clos : des dossiers peuvent encore arriver, sur lesquels personne n’aurait écrit à "
            "l’abri des autres. Rien n’est partagé ; revenez après la clôture."
        )
    call.opinions_shared_at = clock.now()
    call.save(update_fields=["opinions_shared_at"])
    journal.record("share_opinions", _name(call), room=ROOM, before=call.state, after=call.state, by=by)
    return call


@transaction.atomic
def open_committee(call: Call, *, by: User) -> Call:
    """Begin to decide: the call is closed, the opinions are shared."""
    allow(may_run_calls(by), "Seule la chargée de mission ouvre le comité.")
    call = locked_call(call)
    if call.closes_at > clock.now():
        raise Refusal("L’appel reçoit encore des dossiers : le comité s’ouvre après la clôture.")
    if call.opinions_shared_at is None:
        raise Refusal("Partagez d’abord les avis : le comité décide en les voyant.")
    return _step(call, "open_committee", by=by)


def _step(call: Call, move: str, *, by: User) -> Call:
    before = call.state
    call.state = workflow.CALL.step(move, before)
    call.save(update_fields=["state"])
    search.put(*listed_call(call))
    journal.record(move, _name(call), room=ROOM, before=before, after=call.state, by=by)
    return call


def _name(call: Call) -> str:
    return f"call:{call.code}"


def _check_times(opens_at: Any, closes_at: Any) -> None:
    if closes_at <= opens_at:
        raise Refusal("La clôture doit venir après l’ouverture.", field="closes_at")


def _only_before_committee(call: Call) -> None:
    if call.state not in (CallState.DRAFT, CallState.PUBLISHED):
        raise Refusal("Le comité est ouvert : les enveloppes de l’appel ne changent plus de nombre.")
