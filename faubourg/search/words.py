"""Words as they are indexed and asked for: folded, in the singular, stemmed. The databases only compare letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

import snowballstemmer

from faubourg.core.cards import Listed
from faubourg.core.text import fold

TITLE, TEXT, WHOLE = 4, 2, 0  # the weight of a stem of the title, of a stem beside it, of a whole word of the title
VERSION = 1  # of these rules: moved with them, so that the index is known to be stale
LONGEST, MOST_TERMS, MOST_SIGNS = 40, 6, 200
SHORTEST_PREFIX, SHORTEST_NEAR = 3, 4
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_RAW, _BARE = re.compile(r"[^\W\d_]+(?:-\d+)+|[^\W_]+"), re.compile(r"[a-z0-9]+")
_NUMBERED = re.compile(
    r"(?<![a-z])[a-z]+(?:-[0-9]+)+"
)  # « AAP-2027-014 » is one word, and a rare one; so are its parts
_SAYS_NOTHING = """
ai as au aux avec ce ces cet cette dans de des du elle en es est et eux il ils je la le les leur leurs lui ma mais me
mes mon ne ni nos notre nous on ont ou par pas pour qu que qui sa se ses si son sont sur ta te tes toi ton tu un une
vos votre vous y a b c d e f g h i j k l m n o p q r s t u v w x z
"""
_SAID = attrgetter(*(field.name for field in fields(Listed)))
_EMPTY = frozenset(_SAYS_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Term:
    """One word that somebody asks for. ``near``: the words that stand for it, when itself is known nowhere."""

    typed: str
    word: str
    stem: str
    near: tuple[str, ...] = ()

    @property
    def is_prefix(self) -> bool:
        return len(self.word) >= SHORTEST_PREFIX

    @property
    def may_be_near(self) -> bool:
        return len(self.word) >= SHORTEST_NEAR and self.word.isalpha()

    def meets(self, word: str) -> bool:
        """Would this word of a text have been found by this term?"""
        stem = stem_of(word)
        if self.near:
            return word in self.near or stem in self.near
        return stem == self.stem or (self.is_prefix and (word.startswith(self.word) or stem.startswith(self.word)))


def bare_words(text: str) -> list[str]:
    """``bare_words("Les Vélos de l’École")`` gives ``["velo", "ecole"]``: what says nothing is left out."""
    bare = fold(text)
    numbered = [found.replace("-", "") for found in _NUMBERED.findall(bare)]
    return [_singular(word)[:LONGEST] for word in [*numbered, *_BARE.findall(bare)] if word not in _EMPTY]


def _singular(word: str) -> str:
    """French stemming keeps « vélos » apart from « vélo », « jeux » from « jeu »."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:-1] if 3 < len(word) < 6 and word.endswith("eux") else word


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    return str(snowballstemmer.stemmer("french").stemWord(word)) or word


def forms_of(listed: Listed) -> dict[str, int]:
    """Each form under which a thing is found, with its weight.

    Whole words of the title are kept too: a beginning of a word, or one with a wrong letter, is compared with them.
    """
    forms: dict[str, int] = {}
    for word in bare_words(listed.title):
        forms.setdefault(word, WHOLE)
        forms[stem_of(word)] = TITLE
    for word in bare_words(f"{listed.note} {listed.words}"):
        stem = stem_of(word)
        forms[stem] = max(TEXT, forms.get(stem, TEXT))
    return forms


def terms_of(text: str) -> list[Term]:
    """What is asked for, each word once; of a very long question the beginning."""
    found: dict[str, Term] = {}
    for typed in _RAW.findall(text[:MOST_SIGNS]):
        for word in bare_words(typed)[: 1 if "-" in typed else None]:
            found.setdefault(word, Term(typed, word, stem_of(word)))
    return list(found.values())[:MOST_TERMS]


def pieces_of(text: str) -> Iterator[tuple[str, list[str]]]:
    """The text cut at its words: each piece with its bare words, none for what stands between."""
    end = 0
    for found in _RAW.finditer(text):
        yield text[end : found.start()], []
        yield found[0], bare_words(found[0])
        end = found.end()
    yield text[end:], []


def after(word: str) -> str:
    """The first form, in the order of all databases, that does not begin with this word; "" when there is none."""
    bare = word.rstrip(_ALPHABET[-1])
    return bare and bare[:-1] + _ALPHABET[_ALPHABET.index(bare[-1]) + 1]


def is_near(one: str, other: str) -> bool:
    """One letter too much, too little or wrong, or two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == len(other) == 2 and one == other[::-1])


def digest_of(listed: Listed) -> str:
    """The fingerprint of a thing as it is indexed: another one, and its listing is stale."""
    said = (VERSION, *_SAID(listed))
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()
