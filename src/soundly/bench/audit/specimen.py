"""A problem with an answer that is right and one that is wrong: what attacks are made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from soundly.core.problem import Problem

_OPEN = re.compile(r"\A.*?\[(?:ANSWER|PLAN)\]", re.DOTALL)
_CLOSE = re.compile(r"\[(?:/ANSWER|ANSWER END|/PLAN|PLAN END)\].*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's text, cut at the marks around what counts; without marks all of it counts."""

    before: str
    inside: str
    after: str

    @property
    def text(self) -> str:
        """The whole answer."""
        return f"{self.before}{self.inside}{self.after}"

    def holding(self, inside: str) -> str:
        """The text with other content between the marks, on lines of its own where it was so."""
        start = "\n" if self.inside.startswith("\n") else ""
        end = "\n" if self.inside.endswith("\n") else ""
        return f"{self.before}{start}{inside}{end}{self.after}"


def cut(text: str) -> Answer:
    """An answer cut at its first opening mark and the closing mark behind it."""
    opened = _OPEN.match(text)
    start = opened.end() if opened else 0
    closed = _CLOSE.search(text, start)
    end = closed.start() if closed else len(text)
    return Answer(text[:start], text[start:end], text[end:])


@dataclass(frozen=True, slots=True)
class Specimen:
    """``prompts`` are what a model is shown; ``wrong`` is an answer that is known to be."""

    problem: Problem
    right: Answer
    wrong: Answer
    prompts: tuple[str, ...]


@runtime_checkable
class SaysWrong(Protocol):
    """A family without twin that has a wrong answer all the same: wrong by how it is made."""

    def wrong_answer(self, problem: Problem) -> str:
        """An answer in the family's form that is wrong."""
        ...
