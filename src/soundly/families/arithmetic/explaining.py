"""Following an explanation: steps such as ``12 * 2 = 24``, each with what it uses and leaves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from soundly.core.candidate import Found, Reading
from soundly.core.explanation import Explanation
from soundly.core.verdict import Critique
from soundly.families.arithmetic.critic import Working
from soundly.families.arithmetic.expression import (
    Expression,
    Malformed,
    Number,
    Operation,
    spell,
    value_of,
)
from soundly.families.arithmetic.lines import Stock, read_line
from soundly.families.arithmetic.notation import LONGEST_LINE, formulas
from soundly.families.arithmetic.shape import Shape, shape_of
from soundly.families.arithmetic.statement import Task

MOST_FAULTS = 100
"""Faults beyond so many are not listed: the chain is wrong all the same."""
MOST_STEPS = 50
"""Steps of one attempt whose expressions are put into each other; six numbers take five."""

_ANEW = re.compile(
    r"\b(?:try|trying|tries|attempt|instead|alternatively|start(?:ing)? (?:over|again)|"
    r"backtrack|go back|another (?:way|approach|option|idea))\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\b(?:left|remaining|numbers now|still have)\b(?: (?:over|numbers?|are|is|with)){0,2}"
    r"\s?[:=]?\s?"
    r"(?P<numbers>-?[0-9]{1,9}(?:/[0-9]{1,9})?(?:(?:, ?and |, ?| and | )-?[0-9]{1,9}"
    r"(?:/[0-9]{1,9})?){0,9})(?!(?: and|,)? ?[0-9]|[ )]{0,2}[-+*/=])",
    re.IGNORECASE,
)
_OPENING = 30
"""Characters before the numbers that are left, on a line of their own."""
_NUMBER = re.compile(r"-?[0-9]+(?:/[1-9][0-9]*)?")


_Step: TypeAlias = tuple[Shape, Fraction]
"""What a step does with its two numbers, and what it is said to make."""


@dataclass(slots=True)
class _Chain:
    """How far an explanation has come, by its own account: ``stock`` is what it still has."""

    task: Task
    stock: Stock = field(init=False)
    attempt: list[_Step] = field(default_factory=list)
    last: Expression | None = None
    made: Fraction | None = None
    steps: int = 0
    faults: list[Critique] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Back to the given numbers: a new attempt."""
        self.stock = Stock(self.task.numbers)
        self.attempt.clear()
        self.last = self.made = None

    def take(self, step: Expression, said: Fraction) -> None:
        """Takes a step of two numbers, even where it is wrong: that is a fault."""
        key, numbers = (shape_of(step), said), self._operands(step)
        if not numbers or (not self.stock.has(numbers) and key in self.attempt):
            return  # it sums up, or was said before
        self.steps += 1
        self.attempt = [*self.attempt[-MOST_STEPS:], key]
        written, missing = self.stock.use(step)
        shown = spell(step)
        for value in dict.fromkeys(missing):
            self._fault("number-not-at-hand", f"{shown} uses {value}, which is not at hand")
        try:
            made = value_of(step)
        except ZeroDivisionError:
            self._fault("division-by-zero", f"{shown} divides by zero")
        else:
            if made != said:
                self._fault("wrong-result", f"{shown} is {made}, not {said}")
        self.last = written if len(self.attempt) <= MOST_STEPS else step
        self.made = said
        self.stock.add(said, self.last)

    def claim(self, numbers: Sequence[Fraction]) -> None:
        """Holds numbers that are said to be left against those that are, and believes them.

        What the last step made may be left out.
        """
        left, came = list(self.stock.left()), Counter(numbers)
        if came == Counter(left) or came + Counter({self.made: 1}) == Counter(left):
            return
        said, found = (", ".join(map(str, each)) or "nothing" for each in (numbers, left))
        self._fault("wrong-left", f"{said} are said to be left, and there are {found}")
        self.stock.become(numbers)

    def gives(self, answer: Expression | None) -> bool:
        """Whether the last step's result is this expression.

        Where two numbers at hand are equal it may be either that a step has used, so an answer is
        given as well whose every operation is a step of the attempt and whose last is its last.
        """
        if answer is None or self.last is None:
            return False
        if shape_of(answer) == shape_of(self.last):
            return True
        worked = _operations(answer)
        if not worked or worked[-1] != self.attempt[-1]:
            return False
        return not Counter(worked) - Counter(self.attempt)

    def _operands(self, step: Expression) -> list[Fraction]:
        """The two numbers that a step uses; a fraction such as 8/3 is one only if it was made."""
        if not isinstance(step, Operation):
            return []
        values = [
            value
            for side in (step.left, step.right)
            if (value := _constant(side)) is not None
            and (isinstance(side, Number) or self.stock.made(value))
        ]
        return values if len(values) == 2 else []

    def _fault(self, code: str, message: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            place = max(self.steps, 1)
            self.faults.append(Critique(code, message, f"statement {place}", place))


def explanation(task: Task, text: str, reading: Reading) -> Explanation:
    """The three facts about an answer to an arithmetic problem.

    A chain is made of steps, equations of one operation on two numbers, and of numbers that are
    said to be left: ``12 * 2 = 24 (left: 3 24)``. A step has to be true and to use what is at hand:
    numbers given, or made before, and not used since. After a fault the chain is believed, so that
    each one is reported once. A step said again is passed over, and so are longer formulas, which
    sum up. A line that speaks of another attempt ("let me try", "instead"), or that says all given
    numbers again, begins anew from these.

    ``leads_to_answer``: the steps of the last attempt, put into each other, are the answer's
    expression, up to order and brackets in sums and products. Thinking counts as explanation. The
    answer itself is part of the chain only where the chain is nowhere else. Takes time in
    proportion to the text.
    """
    working = None
    outside = text
    if isinstance(reading, Found) and isinstance(reading.solution, tuple):
        working = Working(task, reading.solution)
        before, _, behind = text.rpartition(reading.excerpt)
        outside = f"{before}\n{behind}"
    right = None if working is None else not working.critiques
    chain = _followed(task, outside)
    if not chain.steps:
        chain = _followed(task, text)
    if not chain.steps:
        return Explanation(right, None, None)
    leads = None if working is None else chain.gives(working.expression)
    return Explanation(right, not chain.faults, leads, chain.steps, tuple(chain.faults))


def _operations(expression: Expression) -> list[_Step] | None:
    """The operations, each as the step of two numbers that it is; None if it divides by zero."""
    if isinstance(expression, Number):
        return []
    left, right = _operations(expression.left), _operations(expression.right)
    try:
        sides = Number(value_of(expression.left)), Number(value_of(expression.right))
        step = shape_of(Operation(expression.sign, *sides)), value_of(expression)
    except ZeroDivisionError:
        return None
    return None if left is None or right is None else [*left, *right, step]


def _followed(task: Task, text: str) -> _Chain:
    chain = _Chain(task)
    given = sorted(map(Fraction, task.numbers))
    for line in text.splitlines():
        if len(line) > LONGEST_LINE:
            continue
        steps = list(_steps(line))
        begins = _ANEW.search(line) is not None
        if begins or (not steps and _numbers(line) == given and chain.steps):
            chain.begin()
        for step, said in steps:
            chain.take(_rejoined(step, chain.stock), said)
        if chain.steps and (left := _left(line, stepped=bool(steps))):
            chain.claim(left)
    return chain


def _left(line: str, *, stepped: bool) -> list[Fraction]:
    """The numbers that a line says are left: behind its last step, or else where it begins so."""
    for match in _LEFT.finditer(line):
        before = line[: match.start()]
        begins = len(before) <= _OPENING and not any(map(str.isdigit, before))
        if line.rfind("=") < match.start("numbers") if stepped else begins:
            return _values(match["numbers"])
    return []


def _rejoined(step: Expression, stock: Stock) -> Expression:
    """``6 * 2 / 3`` as six times two thirds, where these were made."""
    match step:
        case Operation("/", Operation("*", left, Number() as over), Number() as under):
            part = Operation("/", over, under)
            value = _constant(part)
            if value is not None and value.denominator > 1 and stock.made(value):
                return Operation("*", left, part)
    return step


def _steps(line: str) -> Iterable[tuple[Expression, Fraction]]:
    """The equations with one working side and one number, which that side is said to make."""
    for formula in formulas(line):
        try:
            read = read_line(formula)
        except Malformed:
            continue
        said = [value for side in read.said if (value := _constant(side)) is not None]
        if len(said) == len(read.said) == 1:
            yield read.expression, said[0]


def _constant(side: Expression) -> Fraction | None:
    """The value of a number or of a fraction such as 8/3; None for any other side."""
    if isinstance(side, Number):
        return side.value
    if side.sign != "/" or not isinstance(side.left, Number) or not isinstance(side.right, Number):
        return None
    return side.left.value / side.right.value if side.right.value else None


def _numbers(line: str) -> list[Fraction]:
    """The numbers of a line, in order of size."""
    return sorted(_values(line))


def _values(text: str) -> list[Fraction]:
    return [Fraction(number) for number in _NUMBER.findall(text)]
