"""The words that say a predicate, in the one form in which they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from soundly.families.planning.english import English
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.reading.spelling import tokens
from soundly.families.planning.reading.template import PREPOSITIONS

Shape: TypeAlias = tuple[str, ...]
"""The words of a fact with `SLOT` in the place of each object."""

SLOT = "{}"
FILLERS = frozenset(
    ("the", "a", "an", "is", "are", "be", "being", "it", "that", "this", "now", "currently",
     "still", "also", "both", "then", "there", "sits", "sit", "sitting", "stands", "stand",
     "standing", "rests", "resting", "located", "placed", "of", "i", "am", "we",
     "“", "”", '"', "'", "*")
)  # fmt: skip


def extend(shape: list[str], word: str, nouns: frozenset[str]) -> None:
    """Adds a word in the form in which words are compared, if it says anything."""
    if (
        word in nouns
        or word.removesuffix("s") in nouns
        or (word in FILLERS and word not in PREPOSITIONS)
    ):
        return
    plain = PREPOSITIONS.get(word, word)
    for ending in ("ing", "s"):
        if plain == word and len(plain) > len(ending) + 2 and plain.endswith(ending):
            plain = plain.removesuffix(ending)
            break
    if shape[-1:] != [plain]:
        shape.append(plain)


def shapes_of(
    lexicon: Lexicon, arities: Mapping[str, int], phrases: Phrases
) -> dict[Shape, tuple[str, tuple[int, ...]]]:
    """By its words, each predicate that is the only one said in them."""
    found: dict[Shape, set[tuple[str, tuple[int, ...]]]] = {}
    for table in (Phrases(predicates=phrases.predicates), Phrases()):
        english = English(table)
        for name, arity in arities.items():
            slots = [f"zqslot{place}" for place in range(arity)]
            shape: list[str] = []
            order: list[int] = []
            for word in tokens(english.atom(name, slots)):
                if word in slots:
                    shape.append(SLOT)
                    order.append(slots.index(word))
                else:
                    extend(shape, word, lexicon.nouns)
            if any(word != SLOT for word in shape) and sorted(order) == list(range(arity)):
                places = tuple(order.index(place) for place in range(arity))
                found.setdefault(tuple(shape), set()).add((name, places))
    return {shape: next(iter(said)) for shape, said in found.items() if len(said) == 1}
