"""The questions that a new call asks, until the officer changes them (rules.md 1.6, block 6, R-AAP-07)."""

from typing import Any

STANDARD_QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "key": "besoin",
        "label": "À quel besoin répond ce projet ?",
        "help": "Ce que vous avez vu, entendu ou compté dans le quartier.",
        "max_words": 300,
    },
    {
        "key": "actions",
        "label": "Que ferez-vous, concrètement ?",
        "help": "Qui fait quoi, où, combien de fois.",
        "max_words": 500,
    },
    {
        "key": "habitants",
        "label": "Quelle place ont les habitants ?",
        "help": "Comment ils ont été consultés, ce qu’ils décident, ce qu’ils font.",
        "max_words": 300,
    },
    {
        "key": "indicateurs",
        "label": "Comment saurez-vous que c’est réussi ?",
        "help": "Deux ou trois faits que l’on pourra compter à la fin.",
        "max_words": 200,
    },
    {
        "key": "droit-commun",
        "label": "Quelles aides ordinaires avez-vous demandées, et à qui ?",
        "help": "Les crédits du contrat de ville viennent en plus des aides ordinaires.",
        "max_words": 150,
    },
)
