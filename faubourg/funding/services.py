"""Writing the money: envelopes, commitments, the lines of a budget."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.core.money import MAX_CENTS, format_amount
from faubourg.funding import chart, rules
from faubourg.funding.chart import field_of, place_of
from faubourg.funding.enums import CoFunding
from faubourg.funding.figures import read_amount
from faubourg.funding.models import Budget, BudgetLine, Commitment, Envelope
from faubourg.funding.triggers import OVERDRAWN
from faubourg.journal.services import record
from faubourg.partners.models import Organisation

ROOM = "funding"


class Overdrawn(Refusal):
    """The envelope cannot pay this. ``missing_cents`` is what it lacks."""

    def __init__(self, message: str, *, missing_cents: int, field: str = "") -> None:
        super().__init__(message, field=field)
        self.missing_cents = missing_cents


# ---------------------------------------------------------------------------------------------- envelopes
@transaction.atomic
def open_envelope(
    *, funder: Organisation, kind: str, year: int, short_name: str, amount_cents: int, by: User | None
) -> Envelope:
    """Make the envelope of one funder for one year. ``short_name`` heads a column: « État »."""
    _ask_keeper(by)
    _check_amount(amount_cents, least=0)
    envelope = Envelope.objects.create(
        funder=funder, kind=kind, year=year, short_name=short_name, amount_cents=amount_cents
    )
    record("open_envelope", envelope.code, room=ROOM, amounts={"amount": amount_cents}, by=by)
    return envelope


@transaction.atomic
def resize(envelope: Envelope, amount_cents: int, *, by: User | None) -> Envelope:
    """Change what the envelope holds; never under what is committed on it."""
    _ask_keeper(by)
    _check_amount(amount_cents, least=0)
    held = _locked(envelope)
    missing = held.committed_cents - amount_cents
    if missing > 0:
        raise Overdrawn(
            f"Enveloppe « {held.short_name} » : {format_amount(held.committed_cents)} sont déjà engagés, "
            f"{format_amount(missing)} de plus que ce montant. Rien n’a été changé.",
            missing_cents=missing,
            field="amount",
        )
    before, held.amount_cents = held.amount_cents, amount_cents
    held.save(update_fields=["amount_cents"])
    _refresh(envelope, held)
    record("resize", held.code, room=ROOM, amounts={"before": before, "amount": amount_cents}, by=by)
    return envelope


@transaction.atomic
def lock(envelopes: Iterable[Envelope]) -> None:
    """Take several envelopes before committing on them in one transaction, always in the same order.

    Whoever commits on two envelopes in one transaction calls this first: the journal's head, taken by the
    first commitment, would otherwise stand before the second envelope's row, and two deciders could wait for
    each other.
    """
    keys = [envelope.pk for envelope in envelopes]
    list(Envelope.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _locked(envelope: Envelope) -> Envelope:
    """The envelope as it stands now, ours until the transaction ends."""
    return Envelope.objects.select_for_update(no_key=True).get(pk=envelope.pk)


def _refresh(envelope: Envelope, held: Envelope) -> None:
    """The caller's envelope shows what was written."""
    envelope.amount_cents, envelope.committed_cents = held.amount_cents, held.committed_cents


def _ask_keeper(by: User | None) -> None:
    if not rules.may_keep_envelopes(by):
        raise NotAllowed("Seule la personne chargée de mission ouvre ou change une enveloppe.")


def _check_amount(cents: int, *, least: int) -> None:
    if not least <= cents <= MAX_CENTS:
        words = "trop grand" if cents > MAX_CENTS else "négatif" if cents < 0 else "nul"
        raise Refusal(f"Ce montant est {words}. Rien n’a été écrit.", field="amount")


# ---------------------------------------------------------------------------------------------- commitments
@transaction.atomic
def commit(envelope: Envelope, amount_cents: int, *, thing: str, by: User | None) -> Commitment:
    """Promise money of the envelope to a thing, named by its code.

    The envelope's row is locked first and the journal's head last. The database refuses to overdraw; its
    refusal is told as ``Overdrawn`` and nothing is half-written. Who may decide is the calling room's rule.
    """
    _check_amount(amount_cents, least=1)
    held = _locked(envelope)
    try:
        with transaction.atomic():
            commitment = Commitment.objects.create(envelope=held, thing=thing, amount_cents=amount_cents)
    except IntegrityError as error:
        if OVERDRAWN not in str(error):
            raise
        raise _overdrawn(held, amount_cents) from error
    held.committed_cents += amount_cents
    _refresh(envelope, held)
    commitment.envelope = envelope
    record("commit", commitment.code, room=ROOM, amounts={"amount": amount_cents, "free": held.free_cents}, by=by)
    return commitment


def _overdrawn(held: Envelope, amount_cents: int) -> Overdrawn:
    missing = amount_cents - held.free_cents
    left = f"il ne reste que {format_amount(held.free_cents)}" if held.free_cents else "il ne reste rien"
    return Overdrawn(
        f"Enveloppe « {held.short_name} » : {left}, il manque {format_amount(missing)}. Rien n’a été écrit. "
        "Baissez ce montant ou libérez une aide de la même enveloppe.",
        missing_cents=missing,
    )


@transaction.atomic
def release(commitment: Commitment, *, by: User | None) -> Commitment:
    """Give the money back to its envelope, once."""
    held = _locked(commitment.envelope)
    current = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if current.released_at is not None:
        raise Refusal("Cet engagement a déjà été libéré. Rien n’a été changé.")
    commitment.released_at = current.released_at = clock.now()
    current.save(update_fields=["released_at"])
    held.committed_cents -= current.amount_cents
    _refresh(commitment.envelope, held)
    amounts = {"amount": current.amount_cents, "free": held.free_cents}
    record("release", current.code, room=ROOM, amounts=amounts, by=by)
    return commitment


# ---------------------------------------------------------------------------------------------- budgets
def open_budget() -> Budget:
    """An empty budget; whose it is, is the higher room's business, and so is the journal of its writing."""
    return Budget.objects.create()


@transaction.atomic
def save_fields(budget: Budget, data: Mapping[str, str]) -> dict[str, str]:
    """Write every budget field found in a form's data, whole or in part; gives ``{field: problem}``.

    Fields are those of ``funding/_grid.html``: ``b-613``, ``b-74priv-2``, with ``-name`` and ``-state`` behind
    them for a co-funder, and ``b-indirect-rule``. Other fields of the form are none of our business. A
    co-funder whose amount is still empty keeps its line. A constant number of queries, however many fields.
    """
    sheet = _Sheet(budget)
    sheet.put_indirect_rule(data.get("b-indirect-rule"))
    problems = {}
    for account, slot in dict.fromkeys(place for name in data if (place := place_of(name))):
        field = field_of(account, slot)
        text = data.get(field, sheet.text_at(account, slot)).strip()
        label, state = data.get(f"{field}-name"), data.get(f"{field}-state")
        if problem := sheet.put(account, slot, text, label=label, co_funding=state):
            problems[field] = problem
    sheet.write()
    return problems


class _Sheet:
    """A budget under the pen: its row locked, its lines read once, its changes written together."""

    def __init__(self, budget: Budget) -> None:
        self.callers = budget
        self.budget = Budget.objects.select_for_update().get(pk=budget.pk)
        lines = BudgetLine.objects.filter(budget=self.budget)
        self.lines = {(line.account, line.slot): line for line in lines}
        self.changed: dict[int, BudgetLine] = {}
        self.made: list[BudgetLine] = []
        self.gone: list[int] = []
        self.before = (dict(self.budget.typed), self.budget.indirect_rule)

    def text_at(self, account: str, slot: int) -> str:
        """What stands there now, for a field that the form left out."""
        kept = self.budget.typed.get(field_of(account, slot))
        line = self.lines.get((account, slot))
        return str(kept) if kept is not None else format_amount(line.amount_cents, unit="") if line else ""

    def put_indirect_rule(self, text: str | None) -> None:
        """How indirect costs are shared out between the organisation's projects (R-BUD-11)."""
        if text is not None:
            self.budget.indirect_rule = text.strip()[:400]

    def put(self, account: str, slot: int, text: str, *, label: str | None, co_funding: str | None) -> str:
        """The line as typed: removed, counted, or kept unreadable beside a line that counts nothing."""
        field, line = field_of(account, slot), self.lines.get((account, slot))
        self.budget.typed.pop(field, None)
        if line is None:
            line = BudgetLine(budget=self.budget, account=account, slot=slot, amount_cents=0)
        line.label = line.label if label is None else label.strip()[:120]
        if co_funding is not None:
            line.co_funding = co_funding if co_funding in CoFunding else ""
        if not text and not (chart.is_grant(account) and (line.label or line.co_funding)):
            self._drop(line)
            return ""
        line.amount_cents, problem = read_amount(text)
        if problem:
            self.budget.typed[field] = text[:40]
        self._keep(line)
        return problem

    def _keep(self, line: BudgetLine) -> None:
        if line.pk:
            self.changed[line.pk] = line
        else:
            self.made.append(line)
        self.lines[line.account, line.slot] = line

    def _drop(self, line: BudgetLine) -> None:
        if line.pk:
            self.gone.append(line.pk)

    def write(self) -> None:
        if self.gone:
            BudgetLine.objects.filter(pk__in=self.gone).delete()
        if self.changed:
            BudgetLine.objects.bulk_update(self.changed.values(), ["label", "co_funding", "amount_cents"])
        BudgetLine.objects.bulk_create(self.made)
        if self.before != (self.budget.typed, self.budget.indirect_rule):
            self.budget.save(update_fields=["typed", "indirect_rule"])
        self.callers.typed, self.callers.indirect_rule = self.budget.typed, self.budget.indirect_rule
