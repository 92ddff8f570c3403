"""Forgetting a person everywhere (GDPR art. 17): each open room's part, from the cards."""

from typing import Any

from django.db import transaction

from faubourg.core.cards import cards, load


@transaction.atomic
def erase(user: Any) -> list[str]:
    """Every room forgets this person, top floor first: the room that knows the address best forgets it last.

    All of it or nothing. Each room writes in the journal what it did. Says which rooms had something to do.
    """
    done = []
    for card in reversed(list(cards())):
        if card.erase:
            load(card.erase)(user)
            done.append(str(card.verbose_name))
    return done
