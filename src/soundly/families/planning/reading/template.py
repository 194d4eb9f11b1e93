"""An action's phrase, taken apart for matching."""

from __future__ import annotations

from dataclasses import dataclass

from soundly.families.planning.reading.spelling import tokens

ARTICLES = frozenset({"the", "a", "an", "this", "that", "of", ",", '"', "'", "*", "`"})

_GROUPS = {
    "on": ("on", "onto", "atop", "upon", "top"),
    "from": ("from", "off", "out"),
    "in": ("in", "into", "inside"),
    "to": ("to", "towards"),
    "at": ("at",),
    "with": ("with", "using", "via"),
}
PREPOSITIONS = {word: group for group, words in _GROUPS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two objects: prepositions by their group, and other words."""

    prepositions: frozenset[str]
    others: tuple[str, ...]

    @classmethod
    def of(cls, words: list[str]) -> Gap:
        """The gap that these words make; articles do not count."""
        kept = [word for word in words if word not in ARTICLES]
        return cls(
            frozenset(PREPOSITIONS[word] for word in kept if word in PREPOSITIONS),
            tuple(word for word in kept if word not in PREPOSITIONS),
        )

    def admits(self, said: Gap) -> bool:
        """Whether an answer may say this for that: nothing foreign, though something may lack."""
        return said.prepositions <= self.prepositions and set(said.others) <= set(self.others)


@dataclass(frozen=True, slots=True)
class Template:
    """``stack the {} on top of the {}`` as a head, ``stack``, and the gaps that follow it.

    The first gap stands between head and first object, the last one after the last object.
    """

    action: str
    head: tuple[str, ...]
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, action: str, phrase: str) -> Template | None:
        """The template of a phrase; None for one that does not begin with a word of its own."""
        parts = [tokens(part) for part in phrase.split("{}")]
        first = [word for word in parts[0] if word not in ARTICLES]
        head = tuple(first if len(parts) == 1 else _leading(first))
        if not head:
            return None
        return cls(action, head, (Gap.of(first[len(head) :]), *(Gap.of(p) for p in parts[1:])))

    @classmethod
    def named(cls, action: str, arity: int) -> Template | None:
        """The template of an action's bare name; any preposition may stand between its objects."""
        any_preposition = Gap(frozenset(_GROUPS), ())
        gaps = (Gap(frozenset(), ()), *[any_preposition] * max(arity - 1, 0), Gap(frozenset(), ()))
        return cls(action, (action,), gaps[: arity + 1])

    @property
    def arity(self) -> int:
        """How many objects it names."""
        return len(self.gaps) - 1

    def starts(self, words: list[str], at: int) -> bool:
        """Whether the head stands at a place."""
        return tuple(words[at : at + len(self.head)]) == self.head


def _leading(words: list[str]) -> list[str]:
    """The words before the first preposition, the verb and its particles: at least one."""
    for place, word in enumerate(words):
        if place and word in PREPOSITIONS:
            return words[:place]
    return words
