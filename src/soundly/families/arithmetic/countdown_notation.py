"""Game of 24 and Countdown in few words: ``any 3 7 25 50 make 75``, answered ``50 + 25 = 75 ;``.

Numbers from 0 to 100 are one word each: a step is then six words, and a small model learns sums
and products of two words by heart, as it would not the carrying of digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from soundly.core.errors import UsageError
from soundly.core.notation import PLAN, SearchSpace, Statement, Words
from soundly.core.problem import Problem
from soundly.core.stepwise import Steps
from soundly.families.arithmetic.critic import Working
from soundly.families.arithmetic.expression import Expression, Number, apply, spell
from soundly.families.arithmetic.lines import read_line
from soundly.families.arithmetic.number_space import DONE, LARGEST, NumberSpace
from soundly.families.arithmetic.statement import Task, task_of

MAKE = "make"
SIGNS = ("+", "-", "*", "/")
NUMBERS: Words = tuple(map(str, range(LARGEST + 1)))


@dataclass(frozen=True, slots=True)
class CountdownNotation:
    """Steps of two numbers each, whose results are whole and from 0 to 100.

    Larger numbers, and problems whose target is given, so that no step is needed, cannot be said.
    """

    name: str = "countdown-1"
    vocabulary: Words = ("any", "all", MAKE, *SIGNS, "=", DONE, *NUMBERS)
    room: int = 0

    def state(self, problem: Problem) -> Statement:
        """How the numbers may be used, the numbers in ascending order, and the target."""
        task = _sayable(problem)
        numbers = map(str, sorted(task.numbers))
        words = (task.use, *numbers, MAKE, str(task.target))
        return Statement(self.name, words, spelling={PLAN: "[ANSWER]\n", DONE: "\n"})

    def solution(self, problem: Problem, solution: object) -> Words:
        """An expression's steps, innermost first.

        Raises `UsageError` for what is no solution, and for one with a result that is no whole
        number from 0 to 100.
        """
        task = _sayable(problem)
        if not isinstance(solution, tuple) or not all(isinstance(line, str) for line in solution):
            raise UsageError(f"an answer is a tuple of lines, not {solution!r:.80}")
        working = Working(task, solution)
        if working.critiques or working.expression is None:
            raise UsageError(f"{solution!r:.80} does not solve {problem.name}")
        return tuple(word for step in _steps(working.expression) for word in step)

    def first_steps(self, problem: Problem, steps: Steps) -> Words:
        """Lines that can be worked out one after the other, whatever they leave at hand.

        Raises `UsageError` for a result that is no whole number from 0 to 100.
        """
        _sayable(problem)
        lines = (read_line(step).expression for step in steps)
        return tuple(word for line in lines for step in _steps(line) for word in step)

    def space(self, problem: Problem) -> SearchSpace:
        """States are the numbers at hand."""
        task = _sayable(problem)
        return NumberSpace(tuple(sorted(task.numbers)), task.target, task.use)

    def grammar(self, statement: Statement, labels: Sequence[int]) -> str:  # noqa: ARG002 - no names
        """At most one step fewer than there are numbers, and as many where all have to be used."""
        most = len(statement.words) - 4
        steps = "step " * most if statement.words[0] == "all" else "step" + " (step" * (most - 1)
        closing = "" if statement.words[0] == "all" else ")?" * (most - 1)
        numbers = " | ".join(f'"{number}"' for number in NUMBERS)
        signs = " | ".join(f'"{sign} "' for sign in SIGNS)
        return (
            f'root ::= "{PLAN} " {steps.strip()}{closing}\n'
            f'step ::= number sign number "= " number "{DONE} "\n'
            f"sign ::= {signs}\n"
            f'number ::= ({numbers}) " "\n'
        )


def _sayable(problem: Problem) -> Task:
    task = task_of(problem)
    if max(*task.numbers, task.target) > LARGEST:
        raise UsageError(
            f"{problem.name}: its numbers go beyond {LARGEST}, for which there is no word"
        )
    if task.target in task.numbers and (task.use == "any" or len(task.numbers) == 1):
        raise UsageError(f"{problem.name}: its target is given, and no answer is without a step")
    return task


def _steps(expression: Expression) -> Iterator[Words]:
    """The steps of an expression, in an order in which each can be done."""
    if isinstance(expression, Number):
        return
    yield from _steps(expression.left)
    yield from _steps(expression.right)
    left, right = _whole(expression.left), _whole(expression.right)
    if expression.sign in "+*" and left < right:
        left, right = right, left
    made = _whole(expression)
    yield str(left), expression.sign, str(right), "=", str(made), DONE


def _whole(expression: Expression) -> int:
    """What an expression makes, where it has a word."""
    value = (
        expression.value
        if isinstance(expression, Number)
        else apply(
            expression.sign, *map(Fraction, map(_whole, (expression.left, expression.right)))
        )
    )
    if value.denominator != 1 or not 0 <= value <= LARGEST:
        raise UsageError(f"{spell(expression)} makes {value}, for which there is no word")
    return int(value)
