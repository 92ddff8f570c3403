"""Words that French bends: places after « à » and « de », lists, numbers in letters."""

from collections.abc import Sequence

_SPELLED = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
)  # fmt: skip


def at_place(name: str) -> str:
    """« au Sablar », « à Cuyès », « à La Rochelle » said « à la Rochelle » for a neighbourhood."""
    return _joined(name, "au", "aux", "à")


def of_place(name: str) -> str:
    """« du Sablar », « de Cuyès », « d’Aspremont »."""
    bent = _joined(name, "du", "des", "de")
    return f"d’{name}" if bent == f"de {name}" and name[:1].upper() in "AEÉÈÊIÎOÔUYH" else bent


def _joined(name: str, masculine: str, several: str, plain: str) -> str:
    article, _, rest = name.partition(" ")
    if rest and article == "Le":
        return f"{masculine} {rest}"
    if rest and article == "Les":
        return f"{several} {rest}"
    if rest and article == "La":
        return f"{plain} la {rest}"
    if name.startswith("L’"):
        return f"{plain} l’{name[2:]}"
    return f"{plain} {name}"


def listed(words: Sequence[str]) -> str:
    """« au Sablar, à Cuyès et au Gond »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def spelled(count: int, *, feminine: bool = False) -> str:
    """« trois » up to « vingt »; figures beyond."""
    if not 0 <= count < len(_SPELLED):
        return str(count)
    return "une" if feminine and count == 1 else _SPELLED[count]


def first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
