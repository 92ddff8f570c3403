"""What waits for each role. A person with several roles finds them all; each line is a count and a place."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Application, Call
from faubourg.calls.rules import is_open
from faubourg.calls.selectors import Reading
from faubourg.core import clock
from faubourg.core.money import format_amount
from faubourg.desk import selectors
from faubourg.desk.items import Item, choose, few
from faubourg.desk.selectors import Numbers
from faubourg.desk.work import Work
from faubourg.notifications.enums import MailState
from faubourg.partners.selectors import claims_waiting_for

MOST_CLAIMS = 99


def claims(user: Any) -> Iterator[Item]:
    """People who ask to speak for an organisation: one query."""
    waiting = list(claims_waiting_for(user)[:MOST_CLAIMS])
    if not waiting:
        return
    names = list(dict.fromkeys(claim.organisation.name for claim in waiting))
    one = reverse("partners:decide", args=[waiting[0].code])
    url = one if len(waiting) == 1 else reverse("partners:claims")
    words = choose(len(waiting), "personne à confirmer", "personnes à confirmer")
    detail = f"Pour parler au nom de : {few(names[: selectors.NAMED], len(names))}"
    yield Item(len(waiting), words, url, detail)


# ------------------------------------------------------------------------------------------------- officer
def for_officer(calls: list[Call], work: Work) -> Iterator[Item]:
    """What the calls ask of who runs them, and the mails that came back."""
    for call in calls:
        own = work.numbers.get(call.pk, Numbers())
        if call.state == CallState.DRAFT:
            yield Item(1, "appel à publier", _place("calls:call_edit", call), call.title, call.opens_at)
            continue
        yield from _checks(call, own, work.first.get(call.pk, []))
        yield from _opinions(call, work.readings.get(call.pk, []))
        yield from _committee(call, own, work.cells.get(call.pk, 0))
    failed = selectors.mails_by_state().get(MailState.FAILED, 0)
    words = choose(failed, "courriel non remis", "courriels non remis")
    yield Item(failed, words, f"{reverse('desk:outbox')}?etat={MailState.FAILED}", "Lisez pourquoi, puis renvoyez.")


def _place(name: str, call: Call, query: str = "") -> str:
    return f"{reverse(name, args=[call.code])}{query}"


def _checks(call: Call, own: Numbers, names: list[str]) -> Iterator[Item]:
    """Admissibility, before the committee."""
    url = _place("calls:desk_list", call, f"?etat={ApplicationState.SUBMITTED}")
    words = choose(own.to_check, "dossier à vérifier", "dossiers à vérifier")
    detail = f"{call.title}. {few(names, own.to_check) if not own.answered else ''}".strip()
    yield Item(own.to_check, words, url, detail, call.committee_on)
    words = choose(own.answered, "réponse reçue, à relire", "réponses reçues, à relire")
    yield Item(own.answered, words, url, f"{call.title}. La pièce demandée est arrivée.", call.committee_on)


def _opinions(call: Call, rows: list[Reading]) -> Iterator[Item]:
    """Funders who have not read everything, once the call is closed; then the sharing."""
    if call.opinions_shared_at or call.state != CallState.PUBLISHED or call.closes_at > clock.now():
        return
    late = [(row.funder, row.expected - row.written) for row in rows if row.written < row.expected]
    if late:
        said = ", ".join(f"{name} ({missing})" for name, missing in late[: selectors.NAMED])
        words = choose(len(late), "financeur à relancer", "financeurs à relancer")
        detail = f"{call.title}. Avis encore attendus : {said}."
        yield Item(len(late), words, _place("calls:call_edit", call), detail, call.committee_on)
    elif rows:
        detail = f"{call.title}. Tous les avis sont écrits : partagez-les pour ouvrir le comité."
        yield Item(1, "partage des avis à ouvrir", _place("calls:call_edit", call), detail, call.committee_on)


def _committee(call: Call, own: Numbers, cells: int) -> Iterator[Item]:
    """Decisions, letters, then the public result."""
    if call.opinions_shared_at and call.state == CallState.PUBLISHED and call.closes_at <= clock.now():
        detail = f"{call.title}. Les avis sont partagés."
        yield Item(1, "comité à ouvrir", _place("calls:call_edit", call), detail, call.committee_on)
    if call.state != CallState.COMMITTEE:
        return
    words = choose(cells, "case à décider au comité", "cases à décider au comité")
    yield Item(cells, words, _place("calls:committee", call), call.title, call.committee_on)
    url = _place("calls:letters", call)
    words = choose(own.letters_to_make, "lettre à préparer", "lettres à préparer")
    yield Item(own.letters_to_make, words, url, f"{call.title}. La décision est complète.")
    words = choose(own.letters_to_send, "lettre à relire, puis à envoyer", "lettres à relire, puis à envoyer")
    yield Item(own.letters_to_send, words, url, f"{call.title}. Rien ne part sans vous.")
    if own.received and not own.waiting:
        detail = f"{call.title}. Chacun a reçu sa lettre."
        yield Item(1, "résultat à publier", _place("calls:call_edit", call), detail)


# ------------------------------------------------------------------------------------------------- funder, elected
def for_funder(calls: list[Call], work: Work) -> Iterator[Item]:
    """Opinions to write before the committee."""
    for call in calls:
        count, names = work.to_write.get(call.pk, (0, []))
        if call.state == CallState.PUBLISHED:
            words = choose(count, "avis à écrire", "avis à écrire")
            url = _place("calls:desk_list", call, f"?etat={ApplicationState.ADMISSIBLE}")
            yield Item(count, words, url, f"{call.title}. {few(names, count)}", call.committee_on)


def table_to_read(calls: list[Call], work: Work) -> Iterator[Item]:
    """For those who sit in the committee: the projects on its table, until its day."""
    for call in calls:
        own = work.numbers.get(call.pk, Numbers())
        seen = call.opinions_shared_at is not None and (call.committee_on is None or call.committee_on >= clock.today())
        if seen and own.admissible:
            words = choose(own.admissible, "projet à la table du comité", "projets à la table du comité")
            detail = f"{call.title}. Les avis des financeurs y sont."
            yield Item(own.admissible, words, _place("calls:committee", call), detail, call.committee_on)


# ------------------------------------------------------------------------------------------------- applicants
def for_applicant(rows: list[Application]) -> Iterator[Item]:
    """Drafts with their closing, pieces asked with their day, decisions that have come."""
    for row in rows:
        url = reverse("calls:application", args=[row.code])
        name = f"{row.title or 'Projet sans titre'}, {row.organisation.name}."
        if row.state == ApplicationState.DRAFT and is_open(row.call):
            yield Item(1, "brouillon à terminer", url, f"{name} {row.call.title}.", row.call.closes_at)
        elif row.state == ApplicationState.INFO_REQUESTED:
            asked = [one for one in row.requests.all() if one.answered_at is None]
            day = asked[-1].due_on if asked else None
            yield Item(1, "pièce à envoyer", reverse("calls:answer", args=[row.code]), name, day)
        elif row.state == ApplicationState.NOTIFIED and row.call.state != CallState.ANNOUNCED:
            cents = sum(line.decided_cents or 0 for line in row.lines.all())
            said = f"{format_amount(cents)} accordés." if cents else "Le projet n’est pas retenu."
            yield Item(1, "décision à lire", url, f"{name} {said}")
