"""A family's short notation: problems and answers in few words, for models trained on them.

A small model that is trained from nothing has no English. It reads and writes words of a closed
vocabulary, in which the things that a problem is about are numbered: ``#0``, ``#1``. What they are
called, and in which form an answer is written for people, the statement says beside its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias, runtime_checkable

from soundly.core.completion import Message
from soundly.core.errors import UsageError
from soundly.core.problem import Problem

Words: TypeAlias = tuple[str, ...]

MARK = "#"
_NUMBER = re.compile(r"#(\d+)")
PLAN = "plan"
"""The word behind which an answer stands; what comes before it is thought."""
END = "end"
"""The word that ends an answer."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A problem in a notation.

    ``words`` ends where an answer begins. ``names`` are what ``#0``, ``#1`` … are called in
    answers. ``spelling`` is how words of an answer are written out; a word that is not in it, and
    every name, stands behind a blank. ``grammar`` is GBNF for answers, see `Notation.grammar`.
    """

    notation: str
    words: Words
    names: tuple[str, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict, hash=False)
    grammar: str = ""

    def __post_init__(self) -> None:
        known = {f"{MARK}{place}" for place in range(len(self.names))}
        if strange := {word for word in self.words if word.startswith(MARK)} - known:
            raise ValueError(f"{min(strange)} is the number of no name; there are {len(known)}")

    def message(self) -> Message:
        """The statement as one user message: a line of JSON."""
        document = {
            "notation": self.notation,
            "words": " ".join(self.words),
            "names": list(self.names),
            "spelling": dict(self.spelling),
            "grammar": self.grammar,
        }
        return Message("user", json.dumps(document, ensure_ascii=False))

    @classmethod
    def parse(cls, content: str) -> Statement:
        """The statement in a message; raises `UsageError` where there is none."""
        try:
            document = json.loads(content)
            return cls(
                str(document["notation"]),
                tuple(document["words"].split(" ")),
                tuple(map(str, document["names"])),
                {str(word): str(text) for word, text in document["spelling"].items()},
                str(document["grammar"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{content!r:.80} came, wanted a statement in a notation: {error}"
            ) from error

    def relabelled_grammar(self, labels: Sequence[int]) -> str:
        """The grammar for names that are numbered by ``labels``."""
        return _NUMBER.sub(lambda match: f"{MARK}{labels[int(match[1])]}", self.grammar)

    def spelt(self, words: Iterable[str]) -> str:
        """Words of an answer as people write it.

        A number that no name has stays as it is, so that the reader sees a name it does not know;
        `END` is not written where it has no spelling.
        """
        named = {f"{MARK}{place}": f" {name}" for place, name in enumerate(self.names)}
        known = {END: ""} | named | dict(self.spelling)
        return "".join(known.get(word, f" {word}") for word in words)


def relabelled(words: Iterable[str], labels: Sequence[int]) -> Words:
    """The words with ``#i`` replaced by ``#labels[i]``; the others as they are."""
    return tuple(
        f"{MARK}{labels[int(word[1:])]}" if word.startswith(MARK) else word for word in words
    )


def unlabelled(words: Iterable[str], labels: Sequence[int]) -> Words:
    """The way back from `relabelled`: ``#labels[i]`` becomes ``#i``.

    A number that no name got is marked as strange, so that it names nothing by accident.
    """
    back = {f"{MARK}{label}": f"{MARK}{place}" for place, label in enumerate(labels)}
    return tuple(back.get(word, f"{word}?" if word.startswith(MARK) else word) for word in words)


class SearchSpace(Protocol):
    """A problem as states and operators, for solvers whose every operation is written down.

    States are hashable values. Operators are tried in the order in which `successors` gives them.
    """

    @property
    def start(self) -> Hashable:
        """The state in which a search begins."""
        ...

    def successors(self, state: Hashable) -> Sequence[tuple[Words, Hashable]]:
        """What can be done, in the notation's words, and the state that it leads to."""
        ...

    def estimate(self, state: Hashable) -> int:
        """A lower bound on the operators still needed; 0 where, and only where, none is."""
        ...

    def words(self, state: Hashable) -> Words:
        """The state in the notation's words: equal for equal states alone."""
        ...


class Notation(Protocol):
    """The closed vocabulary of a family, and how its problems and solutions are written in it."""

    @property
    def name(self) -> str:
        """Changes whenever a word or its use does: a model reads one notation."""
        ...

    @property
    def vocabulary(self) -> Words:
        """Every word but the numbered names, `PLAN` and `END`, in a fixed order."""
        ...

    @property
    def room(self) -> int:
        """How many names a problem may have; 0 where nothing can be renamed."""
        ...

    def state(self, problem: Problem) -> Statement:
        """The problem; raises `UsageError` for one that the notation cannot say."""
        ...

    def solution(self, problem: Problem, solution: object) -> Words:
        """A solution of the family, numbered as `state` numbers; without `PLAN` and `END`."""
        ...

    def space(self, problem: Problem) -> SearchSpace:
        """The problem for solvers that write their operations down, numbered as `state` does."""
        ...

    def grammar(self, statement: Statement, labels: Sequence[int]) -> str:
        """GBNF for answers about the problem's own names, relabelled.

        A blank stands behind each word, so that none begins as another one does, from `PLAN` up to
        and without `END`.
        """
        ...


@runtime_checkable
class Notated(Protocol):
    """A family with a notation; None for a world that has none yet."""

    @property
    def notation(self) -> Notation | None:
        """The notation."""
        ...


@runtime_checkable
class ReadsNotation(Protocol):
    """A model that reads one notation and nothing else; None for a wrapped one that reads text."""

    @property
    def notation(self) -> str | None:
        """The notation's name."""
        ...


def stated(notation: Notation, problem: Problem) -> Statement:
    """The problem with the grammar of its answers; `UsageError` where the notation cannot say it.

    The grammar is for the names as they are numbered there.
    """
    statement = notation.state(problem)
    grammar = notation.grammar(statement, range(len(statement.names)))
    return replace(statement, grammar=grammar)


def notation_read_by(generator: object) -> str | None:
    """The one notation that a model reads, or None for a model that reads text."""
    return generator.notation if isinstance(generator, ReadsNotation) else None
