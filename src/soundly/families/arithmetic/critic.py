"""The judge: every line is worked out exactly, and every number is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.arithmetic.expression import (
    Expression,
    Malformed,
    Number,
    spell,
    value_of,
)
from soundly.families.arithmetic.lines import Line, Stock, read_line
from soundly.families.arithmetic.statement import Task, task_of


@dataclass(frozen=True, slots=True)
class ArithmeticCritic:
    """Accepts exactly the answers that make the target of the given numbers.

    A rejection lists what is wrong in every line: what is no expression, a number that is not at
    hand, a division by zero, a stated result that is not the result; then the numbers left over
    where all have to be used, and a last result that is not the target. Results on the way may be
    fractions and below zero.
    """

    name: str = "arithmetic"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The verdict; ``ask`` is not used. Raises `CriticError` for what is no answer's lines."""
        critiques = Working(task_of(problem), lines_of(candidate)).critiques
        return reject(*critiques) if critiques else ACCEPT


def lines_of(candidate: Candidate) -> tuple[str, ...]:
    """The lines that a candidate proposes; raises `CriticError` where it proposes other things."""
    lines = candidate.solution
    if not isinstance(lines, tuple) or not lines or not all(isinstance(li, str) for li in lines):
        raise CriticError(f"an answer is a tuple of lines, not {lines!r:.80}")
    return lines


class Working:
    """An answer worked through: what is wrong with it, and its steps in one expression.

    ``expression`` is the last line with earlier results written out; None where it cannot be read.
    """

    def __init__(self, task: Task, lines: Sequence[str]) -> None:
        self._task = task
        self._stock = Stock(task.numbers)
        self._whole = True
        self._last: Fraction | None = None
        self.expression: Expression | None = None
        self.critiques = tuple(self._work(lines))

    @property
    def left(self) -> tuple[Fraction, ...]:
        """The numbers at hand behind the last line, in ascending order."""
        return tuple(self._stock.left())

    def _work(self, lines: Sequence[str]) -> Iterator[Critique]:
        steps = len(lines) > 1
        for number, text in enumerate(lines, start=1):
            self._last = self.expression = None
            for critique in self._line(text):
                yield _located(critique, number) if steps else critique
        if self._last is not None:
            yield from self._end(self._last)

    def _line(self, text: str) -> Iterator[Critique]:
        try:
            line = read_line(text)
        except Malformed as malformed:
            self._whole = False
            yield Critique("malformed", f"{text:.80} cannot be read: {malformed}")
            return
        self.expression, missing = self._stock.use(line.expression)
        for value, times in sorted(Counter(missing).items()):
            yield self._missing(value, times)
        try:
            made = self._last = value_of(line.expression)
        except ZeroDivisionError:
            self._whole = False
            yield Critique("division-by-zero", f"{spell(line.expression)} divides by zero")
            return
        yield from _said(line, made)
        self._stock.add(made, self.expression)

    def _missing(self, value: Fraction, times: int) -> Critique:
        given = self._task.numbers.count(int(value)) if value.denominator == 1 else 0
        if not given:
            return Critique("number-not-given", f"{value} is not among the numbers at hand")
        more = "once" if times == 1 else f"{times} times"
        return Critique("number-used-up", f"{value} is used {more} more than it is at hand")

    def _end(self, last: Fraction) -> Iterator[Critique]:
        target = self._task.target
        if last != target:
            yield Critique(
                "target-missed",
                f"the result is {last}, not {target}",
                "result",
                repair=f"it is {abs(last - target)} too {'large' if last > target else 'small'}",
            )
        if self._task.use == "all" and self._whole:
            rest = list(self._stock.left())
            rest.remove(last)
            if rest:
                yield Critique(
                    "number-left-over",
                    f"{', '.join(map(str, rest))} left over, and every number has to be used",
                    "result",
                )


def _said(line: Line, made: Fraction) -> Iterator[Critique]:
    spelt = spell(line.expression)
    for side in line.said:
        try:
            said = value_of(side)
        except ZeroDivisionError:
            yield Critique("division-by-zero", f"{spell(side)} divides by zero")
            continue
        if said != made:
            shown = spell(side) if isinstance(side, Number) else f"{spell(side)}, which is {said}"
            yield Critique(
                "wrong-result",
                f"{spelt} is {made}, not {shown}",
                repair=f"write {spelt} = {made}",
            )


def _located(critique: Critique, number: int) -> Critique:
    return Critique(
        critique.code, critique.message, f"line {number}", number, repair=critique.repair
    )
