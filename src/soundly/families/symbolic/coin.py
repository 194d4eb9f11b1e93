"""A coin that people flip or leave: which side is up in the end? (Wei et al., arXiv:2201.11903)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

from soundly.core.errors import ProblemError
from soundly.core.verdict import Critique
from soundly.families.symbolic.coin_trail import follow
from soundly.families.symbolic.puzzle import Trail
from soundly.families.symbolic.words import names

Side: TypeAlias = Literal["heads", "tails"]

MOST_PEOPLE = 10_000

_WRITTEN = (" does not flip", " flips")
_LINE = re.compile(r"([A-Z][a-z]{0,39}) (flips|does not flip)")
_SENTENCE = re.compile(
    r"(?:(?P<word>yes|no)\b[,.;:!]? ?)?"
    r"(?:(?:so )?(?:the coin|it) (?:is|will be) (?P<not>not |no longer )?(?:still |now )?"
    r"(?:not )?(?P<side>heads|tails)(?: up)?)?",
)
_LAST_LINE = re.compile(r"\b(?:yes|no)\b.{0,60}\Z|\b(?:the coin|it) (?:is|will be) .{0,60}\Z")


@dataclass(frozen=True, slots=True)
class Flips:
    """The side that is up at first, and for each person whether they flip the coin."""

    start: Side
    people: tuple[tuple[str, bool], ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.people) <= MOST_PEOPLE:
            raise ValueError(f"{len(self.people)} people, wanted 1 to {MOST_PEOPLE}")

    @property
    def statement(self) -> Mapping[str, str]:
        """The side that is up, and a line for each person."""
        lines = [name + _WRITTEN[flips] for name, flips in self.people]
        return {"start": self.start, "flips": "\n".join(lines)}

    @property
    def answer(self) -> str:
        """Whether heads are up in the end: yes or no."""
        return "yes" if self.sides()[-1] == "heads" else "no"

    @property
    def canonical(self) -> str:
        """The side and who flips, without names."""
        return f"{self.start} {''.join('nf'[flips] for _, flips in self.people)}"

    @property
    def question(self) -> str:
        """A sentence for each person."""
        told = " ".join(f"{_did(name, flips=flips)}." for name, flips in self.people)
        return f"A coin is {self.start} up. {told} Is the coin heads up now?"

    def sides(self) -> tuple[Side, ...]:
        """The side that is up after each person."""
        up, sides = self.start, list[Side]()
        for _, flips in self.people:
            up = _other(up) if flips else up
            sides.append(up)
        return tuple(sides)

    def thoughts(self, procedure: str | None) -> str:
        """The side after each person; "counting" counts the flips instead."""
        if procedure == "counting":
            flippers = [name for name, flips in self.people if flips]
            count = len(flippers)
            who = f"The coin is flipped by {', '.join(flippers)}. " if flippers else ""
            times = "1 time" if count == 1 else f"{count} times"
            parity, side = ("odd", "other") if count % 2 else ("even", "same")
            return (
                f"{who}So the coin is flipped {times}, which is an {parity} number, and the {side} "
                f"side is up. The coin is {self.start} up at first, so in the end the coin is "
                f"{self.sides()[-1]} up."
            )
        told = [
            f"{_did(name, flips=flips)}, so the coin is {side} up."
            for (name, flips), side in zip(self.people, self.sides(), strict=True)
        ]
        return " ".join([f"The coin is {self.start} up.", *told])

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """The wrong side, or that the answer is neither yes nor no."""
        if answer == self.answer:
            return ()
        if answer not in ("yes", "no"):
            return (Critique("not-yes-or-no", f"{answer!r:.80} is neither yes nor no"),)
        count = sum(flips for _, flips in self.people)
        times = "once" if count == 1 else f"{count} times"
        repair = f"the coin is {self.start} up at first and is flipped {times}"
        message = f"the coin is {self.sides()[-1]} up in the end"
        return (Critique("wrong-side", message, "the end", repair=repair),)

    def follow(self, text: str) -> Trail:
        """The sides that an explanation states, each beside the one before it."""
        return follow(text, self.start, self.people)


def _did(name: str, *, flips: bool) -> str:
    return f"{name} {'flips' if flips else 'does not flip'} the coin"


def _other(side: Side) -> Side:
    return "tails" if side == "heads" else "heads"


def parse(statement: Mapping[str, str]) -> Flips:
    """The coin that a statement describes; raises `ProblemError`, with the line, for any other."""
    if set(statement) != {"start", "flips"}:
        came = ", ".join(sorted(statement))
        raise ProblemError(f"a coin problem states start and flips, and here came {came}")
    start = statement["start"]
    if start not in ("heads", "tails"):
        raise ProblemError(f"{start!r:.40}, wanted heads or tails", source="start")
    people = []
    for number, line in enumerate(statement["flips"].split("\n"), start=1):
        if not (match := _LINE.fullmatch(line)):
            wanted = "NAME flips or NAME does not flip"
            raise ProblemError(f"{line!r:.60} came, wanted {wanted}", line=number, source="flips")
        people.append((match[1], match[2] == "flips"))
    try:
        return Flips("heads" if start == "heads" else "tails", tuple(people))
    except ValueError as error:
        raise ProblemError(str(error), source="flips") from error


def draw(size: int, rng: Random) -> Flips:
    """A coin with heads up and so many people, each of whom flips it or not, evenly."""
    bits = f"{rng.getrandbits(size):0{size}b}"
    return Flips("heads", tuple(zip(names(rng, size), map("1".__eq__, bits), strict=True)))


def tidy(answer: str) -> str:
    """Yes or no in small letters, also where a sentence such as "the coin is tails up" says it.

    An answer that says both, or more than that, stays whole.
    """
    lowered = "".join(each.lower() if "A" <= each <= "Z" else each for each in answer).rstrip(". ")
    match = _SENTENCE.fullmatch(lowered)
    said: set[str] = set()
    if match and match["word"]:
        said.add(match["word"])
    if match and match["side"]:
        heads = (match["side"] == "heads") != (" not " in lowered or " no longer " in lowered)
        said.add("yes" if heads else "no")
    return said.pop() if len(said) == 1 else lowered


def bare(line: str) -> str | None:
    """A yes or no with what follows it, or a side of the coin, in a last line."""
    match = _LAST_LINE.search(line[-400:].lower())
    return match[0] if match else None
