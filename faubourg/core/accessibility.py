"""How far this site keeps the RGAA, said at the foot of each page as the law wants: by its last audit, or not."""

from dataclasses import dataclass

from django.conf import settings

RULES = "RGAA 4.1"
PARTLY = 50  # per cent of the rules kept: under it, the site is « non conforme » (RGAA, « Déclaration »)


@dataclass(frozen=True, slots=True)
class Statement:
    """« Accessibilité : ``words`` », and what it is said by."""

    words: str
    why: str


def statement() -> Statement:
    """A rate that no audit measured is no rate."""
    told = settings.ACCESSIBILITY
    rate = told["rate"] if told["audit"] else None
    if rate is None:
        return Statement("non conforme", f"au {RULES}, faute d’audit.")
    words = "totalement conforme" if rate == 100 else "partiellement conforme" if rate >= PARTLY else "non conforme"
    return Statement(words, f"au {RULES} : {rate}\u00a0% des critères sont respectés.")
