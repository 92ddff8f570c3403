"""What a new call says and asks, until the officer changes it (rules.md 1.6, R-AAP-01 to 09)."""

from typing import Any

STANDARD_RULES = """Peuvent répondre les associations déclarées, les établissements publics et les collectivités.

Le projet se déroule dans un quartier prioritaire du contrat de ville, ou s’adresse d’abord à ses habitants.

Il répond à un objectif du contrat au moins. Son budget est équilibré et ne se confond pas avec celui de l’organisme.

Les crédits du contrat de ville viennent en plus des aides ordinaires : dites lesquelles vous avez demandées.

Un projet déjà financé rend d’abord son bilan. Un dossier déposé après la clôture n’est pas recevable."""

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
