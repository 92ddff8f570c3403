"""Words as a person looks for them: without accents, without case."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})


def fold(text: str) -> str:
    """``fold("Réussite  éducative, CŒUR")`` gives ``"reussite educative, coeur"``."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())
