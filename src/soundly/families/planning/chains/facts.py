"""Facts as answers say them: ``(on a b)``, ``on(a, b)``, "block a is on top of block b"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from soundly.families.planning.english import English, words
from soundly.families.planning.pddl import GroundAtom, Task
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.reading.spelling import key, lower, tokens

_SLOT = "slotofaterm"
_SKIPPED = frozenset(
    ("the", "now", "still", "currently", "also", "again", "then", "and", "both", "directly", "that",
     "there", "so", "top", "of", "but")
)  # fmt: skip
_VERBS = frozenset(
    ("is", "are", "be", "was", "becomes", "remains", "sits", "stands", "rests", "lies", "stays",
     "sitting", "standing", "resting", "lying", "placed", "located", "stacked", "made", "left")
)  # fmt: skip
_HOLDING = frozenset({"hold", "holds", "holding", "held"})
_HOLDERS = frozenset({"hand", "i", "we", "you", "it", "robot", "arm", "gripper", "is", "am", "'m"})
_SAME = {"onto": "on", "atop": "on", "upon": "on"}
_NOT = frozenset({"not", "longer", "isn't", "aren't", "never", "no"})
_FORMAL = re.compile(r"\(?\s*([\w-]{1,80})\s?[( ]?([\w\s,-]{0,200})\)*")
_NEGATED = re.compile(r"\(\s*not\s*(\(.{0,300}\))\s*\)|not\s+(\(.{0,300}\))")
_CLAUSE = re.compile(r"[^;.\n]+")
_PART = re.compile(r",\s+|\s+and\s+|\s+but\s+|\s+while\s+")
_BRACKETS = re.compile(r"\)\s*\(")
_LONGEST = 300
_REMEMBERED = 10_000

Fact: TypeAlias = tuple[GroundAtom, bool]
"""An atom, and whether it is said to be true."""


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads what is said of a task's states. What it does not understand it leaves out.

    ``forms`` are the ways to say each predicate: its words, with None for each term.
    """

    lexicon: Lexicon
    arities: dict[str, int]
    forms: tuple[tuple[str, tuple[str | None, ...]], ...]
    _read: dict[str, Fact | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, task: Task, phrases: Phrases, lexicon: Lexicon) -> FactReader:
        """The reader for a task: its phrase table's words, and words made from its names."""
        arities = {name: each.arity for name, each in task.domain.predicates.items()}
        forms = {
            (name, form)
            for name, arity in arities.items()
            for text in _texts(name, arity, phrases)
            if any(form := _form(text))
        }
        return cls(lexicon, arities, tuple(sorted(forms, key=repr)))

    def facts(self, text: str) -> Iterator[Fact]:
        """The facts in a statement such as "A is clear, and the hand is empty; (on b c)"."""
        for clause in _CLAUSE.findall(_BRACKETS.sub(");(", text)):
            whole = self.fact(clause)
            parts = [clause] if whole else _PART.split(clause)
            for part in parts:
                if found := self.fact(part):
                    yield found

    def fact(self, clause: str) -> Fact | None:
        """The fact that a clause says, all of it; None where it says something else."""
        bare = clause.strip(" \t\r-*`\"':|")
        if not bare or len(bare) > _LONGEST:
            return None
        if bare not in self._read and len(self._read) < _REMEMBERED:
            self._read[bare] = self._fact(bare)
        return self._read[bare] if bare in self._read else self._fact(bare)

    def _fact(self, bare: str) -> Fact | None:
        if negated := _NEGATED.fullmatch(bare):
            atom = self._formal(negated[1] or negated[2])
            return None if atom is None else (atom, False)
        if atom := self._formal(bare):
            return atom, True
        said, negations = _normal(tokens(bare))
        for predicate, form in self.forms:
            for terms in self._terms(said, form):
                return (predicate, *terms), negations == 0
        return None

    def _formal(self, text: str) -> GroundAtom | None:
        match = _FORMAL.fullmatch(lower(text)) if "(" in text else None
        if match is None:
            return None
        names = {key(name): name for name in self.arities}
        predicate = names.get(key(match[1]))
        terms = [self.lexicon.object(word) for word in match[2].replace(",", " ").split()]
        if predicate is None or len(terms) != self.arities[predicate] or None in terms:
            return None
        return (predicate, *(term for term in terms if term is not None))

    def _terms(self, said: list[str], form: Sequence[str | None]) -> Iterator[tuple[str, ...]]:
        """The terms that stand in the form's places, where the words agree."""
        terms: list[str] = []
        at = 0
        for word in form:
            if at >= len(said):
                return
            if word is None:
                found = self.lexicon.mention(said, at)
                if found is None:
                    return
                terms.append(found[0])
                at = found[1]
            elif said[at] == word:
                at += 1
            else:
                return
        if at == len(said):
            yield tuple(terms)


def _texts(predicate: str, arity: int, phrases: Phrases) -> set[str]:
    slots = [_SLOT] * arity
    said = {English(Phrases()).atom(predicate, slots), " ".join([words(predicate), *slots])}
    phrase = phrases.predicates.get(predicate)
    if phrase and phrase.count("{}") == arity:
        said.add(phrase.replace("{}", _SLOT))
    if arity == 1:
        said.add(f"{_SLOT} is {words(predicate)}")
    return said


def _form(text: str) -> tuple[str | None, ...]:
    said, _ = _normal(tokens(text))
    return tuple(None if word == _SLOT else word for word in said)


def _normal(said: list[str]) -> tuple[list[str], int]:
    """Words without fillers, verbs of place made one, and how often they say "not"."""
    kept: list[str] = []
    negations = 0
    for word in said:
        if word in _NOT:
            negations += word != "no"
            if "n't" not in word:
                continue
        plain = "is" if word in _VERBS or word in _NOT else _SAME.get(word, word)
        plain = "holds" if plain in _HOLDING else plain
        if plain == "holds":
            kept = [] if _HOLDERS.issuperset(kept) else kept
        if plain in _SKIPPED or (plain == "is" and kept[-1:] == ["is"]):
            continue
        kept.append(plain)
    return kept, negations
