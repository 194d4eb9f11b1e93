"""Facts that a text states: ``(on a b)``, ``on(a, b)``, or in words, one a line or in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from soundly.families.planning.fact_shapes import FILLERS, SLOT, Shape, extend, shapes_of
from soundly.families.planning.pddl import GroundAtom, Task, format_atom
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.reading.spelling import key, lower, tokens
from soundly.families.planning.reading.template import PREPOSITIONS

UNREAD = "? "
"""Begins an entry that is kept as it was written, because no fact could be read from it."""

MAX_CHARACTERS = 50_000
_SAID = 200

Fact: TypeAlias = tuple[GroundAtom, bool]
"""An atom, and whether it is said to be true."""

_FORMAL = re.compile(
    r"(?P<no>\(\s{0,9}not\s{0,9}|\bnot\s{1,9})?"
    r"(?:(?P<name>[\w-]{1,60})\s?)?\((?P<inside>[^()\n]{0,400})\)(?(no)\s{0,9}\)?)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s,;.&]{0,40}(?:and\b[\s,]{0,40})?", re.IGNORECASE)
_WHOLE = re.compile(r"\(\s{0,9}and\b([^\n]{0,4000})\)", re.IGNORECASE)
_MARKS = re.compile(r"^(?:[-+*•·◦▪]\s+|\d{1,4}[.)]\s+|#{1,6}\s+|>\s+){1,4}")
_MARKUP = re.compile(r"\*\*|__|`")
_BREAKS = frozenset({",", ";", ".", "and", "but", "&"})
_NO = frozenset({"not", "isn't", "aren't", "doesn't"})
_PASSIVE = {"held": "hold", "carried": "carry"}
_PIECES_OF_A_FACT = 4


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads facts about the objects of one task.

    ``shapes`` finds a predicate, and the places of its arguments, by the words that say it.
    """

    lexicon: Lexicon
    arities: dict[str, int]
    shapes: dict[Shape, tuple[str, tuple[int, ...]]]

    @classmethod
    def of(cls, task: Task, phrases: Phrases, lexicon: Lexicon | None = None) -> FactReader:
        """The reader for a task; predicates without a phrase are known by their names' words.

        ``lexicon`` is that of the task and phrases, where there is one already.
        """
        lexicon = lexicon or Lexicon.of(task, phrases)
        arities = {name: each.arity for name, each in task.domain.predicates.items()}
        return cls(lexicon, arities, shapes_of(lexicon, arities, phrases))

    def entries(self, text: str, *, whole: bool) -> list[str]:
        """What the text states, line by line: ``(on a b)``, ``(not (clear a))``, ``? as written``.

        ``whole`` keeps whatever cannot be read, but for headings; otherwise only that is kept
        which names an object. Beyond `MAX_CHARACTERS` the text counts as unread. Takes time in
        proportion to the text.
        """
        found: list[str] = []
        for line in text[:MAX_CHARACTERS].splitlines():
            found += map(_entry, self._line(line.strip(), whole=whole))
        if len(text) > MAX_CHARACTERS:
            found.append(f"{UNREAD}…")
        return list(dict.fromkeys(found))

    def facts(self, text: str) -> Iterator[Fact]:
        """The facts that the text states, in their order; what cannot be read is left out."""
        for line in text[:MAX_CHARACTERS].splitlines():
            for found in self._line(line.strip(), whole=False):
                if not isinstance(found, str):
                    yield found

    def _line(self, line: str, *, whole: bool) -> list[Fact | str]:
        """Facts, and what could not be read as one, as it was written."""
        if line.startswith(UNREAD):
            return [line]
        bare = _MARKS.sub("", _MARKUP.sub("", line)).strip(" |\\")
        if not bare or bare.startswith("~~~"):
            return []
        formal = self._formal(bare)
        if formal is not None:
            return formal
        return list(self._sentence(bare, whole=whole))

    def _formal(self, line: str) -> list[Fact | str] | None:
        """The facts of a line that holds nothing else than bracketed ones."""
        conjunction = _WHOLE.fullmatch(line)
        if conjunction:
            line = conjunction[1].strip()
        found: list[Fact | str] = []
        at = 0
        while at < len(line):
            match = _FORMAL.match(line, at)
            if match is None:
                return None
            found.append(self._bracket(match))
            between = _BETWEEN.match(line, match.end())
            at = between.end() if between else match.end()
        return found

    def _bracket(self, match: re.Match[str]) -> Fact | str:
        words = match["inside"].replace(",", " ").split()
        if match["name"]:
            words.insert(0, match["name"])
        atom = self._atom(words)
        return unread(match[0]) if atom is None else (atom, not match["no"])

    def _atom(self, words: list[str]) -> GroundAtom | None:
        if not words:
            return None
        folded = key(words[0])
        named = [name for name in self.arities if name == lower(words[0])]
        named = named or [name for name in self.arities if key(name) == folded]
        objects = [self.lexicon.object(lower(word)) for word in words[1:]]
        if len(named) != 1 or None in objects or self.arities[named[0]] != len(objects):
            return None
        return (named[0], *(each for each in objects if each is not None))

    def _sentence(self, line: str, *, whole: bool) -> Iterator[Fact | str]:
        """The facts that a line says in words; each part that says none may be kept as written."""
        words = tokens(line)
        pieces = _pieces(words)
        subject: list[str] = []
        waiting: list[str] = []
        at = 0
        while at < len(pieces):
            taken, facts = self._longest(words, pieces[at : at + _PIECES_OF_A_FACT], subject)
            start, end = pieces[at][0], pieces[at + taken - 1][1]
            alone = self._alone(words[start:end])
            at += taken
            if facts:
                yield from facts
                yield from self._shared(waiting, words[start:end])
                waiting = []
                subject = self._subject(words[start:end]) or subject
            elif alone is not None:
                waiting.append(alone)
            elif self._kept(words[start:end], line, whole=whole):
                yield unread(" ".join(words[start:end]))
        for name in waiting:
            yield unread(name)

    def _longest(
        self, words: list[str], pieces: list[tuple[int, int]], subject: list[str]
    ) -> tuple[int, list[Fact]]:
        """How many pieces say one fact together, the most of them, and that fact."""
        for taken in range(len(pieces), 0, -1):
            said = words[pieces[0][0] : pieces[taken - 1][1]]
            fact = self._said(said)
            if fact is None and taken == 1 and subject:
                fact = self._said([*subject, *said])
            if fact is not None:
                return taken, [fact]
        return 1, []

    def _said(self, words: list[str]) -> Fact | None:
        shape, objects, negated = self._shape(words)
        if len(shape) == 2 and shape[0] == SLOT and shape[1] in _PASSIVE:
            shape = (_PASSIVE[shape[1]], SLOT)
        known = self.shapes.get(shape)
        if known is None or negated > 1:
            return None
        predicate, places = known
        return (predicate, *(objects[at] for at in places)), not negated

    def _shape(self, words: list[str]) -> tuple[Shape, list[str], int]:
        """The words with ``{}`` for objects, the objects, and how often it is denied."""
        shape: list[str] = []
        objects: list[str] = []
        negated = at = 0
        while at < len(words):
            mention = self._mention(words, at)
            if mention is not None:
                shape.append(SLOT)
                objects.append(mention[0])
                at = mention[1]
                continue
            word = words[at]
            if word in _NO or words[at : at + 2] == ["no", "longer"]:
                negated += 1
                at += 2 if word == "no" else 1
                continue
            extend(shape, word, self.lexicon.nouns)
            at += 1
        return tuple(shape), objects, negated

    def _mention(self, words: list[str], at: int) -> tuple[str, int] | None:
        """An object named here; an "a" before another word is an article."""
        found = self.lexicon.mention(words, at)
        if found is None or words[at] != "a" or found[1] > at + 1 or at + 1 == len(words):
            return found
        following = words[at + 1]
        verb = following in FILLERS or following in _BREAKS or following in PREPOSITIONS
        return found if verb or following in _NO else None

    def _alone(self, words: list[str]) -> str | None:
        """The object that a piece names, where it says nothing else."""
        shape, objects, negated = self._shape(words)
        return objects[0] if shape == (SLOT,) and not negated else None

    def _subject(self, words: list[str]) -> list[str]:
        """The words of the object that a piece begins with."""
        for at, word in enumerate(words):
            mention = self._mention(words, at)
            if mention is not None:
                return words[at : mention[1]]
            if word not in FILLERS:
                break
        return []

    def _shared(self, waiting: list[str], words: list[str]) -> Iterator[Fact | str]:
        """What is said of the last one of several objects, said of the others."""
        begun = self._subject(words)
        behind = words[words.index(begun[-1]) + 1 :] if begun else words
        for name in waiting:
            fact = self._said([name, *behind]) if begun else None
            yield fact or unread(name)

    def _kept(self, words: list[str], line: str, *, whole: bool) -> bool:
        named = any(self._mention(words, at) is not None for at in range(len(words)))
        return named or (whole and bool(words) and not line.endswith(":"))


def unread(said: str) -> str:
    """The entry for what could not be read: on one line, not too long, and sayable in UTF-8."""
    text = " ".join(said.split()).removeprefix(UNREAD.strip()).strip()
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return UNREAD + (plain if len(plain) <= _SAID else f"{plain[: _SAID - 1]}…")


def is_read(entry: str) -> bool:
    """Whether an entry is a fact, and not what was written in the place of one."""
    return not entry.startswith(UNREAD)


def spelled(atom: GroundAtom, *, true: bool = True) -> str:
    """The entry that says whether an atom is true."""
    return format_atom(atom) if true else f"(not {format_atom(atom)})"


def _entry(found: Fact | str) -> str:
    return found if isinstance(found, str) else spelled(found[0], true=found[1])


def _pieces(words: list[str]) -> list[tuple[int, int]]:
    """The places of the words between commas, full stops, "and" and "but"."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for at, word in enumerate([*words, "."]):
        if word in _BREAKS:
            if at > start:
                pieces.append((start, at))
            start = at + 1
    return pieces
