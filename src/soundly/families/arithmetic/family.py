"""Game of 24 and Countdown as families: one reading, one judge, two ways to draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from random import Random
from typing import Protocol

from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.explanation import Explanation
from soundly.core.family import Language, PromptStyle, SolverRun
from soundly.core.notation import Notation
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.core.stepwise import Prefix, Steps
from soundly.families.arithmetic import stepwise
from soundly.families.arithmetic.answers import read_answer
from soundly.families.arithmetic.countdown_notation import CountdownNotation
from soundly.families.arithmetic.critic import ArithmeticCritic, Working, lines_of
from soundly.families.arithmetic.drawing import (
    SIZES,
    draw_countdown,
    draw_countdown_unsolvable,
    draw_game24,
    draw_game24_unsolvable,
)
from soundly.families.arithmetic.exhaustion import search
from soundly.families.arithmetic.explaining import explanation
from soundly.families.arithmetic.expression import spell
from soundly.families.arithmetic.near_misses import edited
from soundly.families.arithmetic.prompts import conversation
from soundly.families.arithmetic.solver import Exhaustion
from soundly.families.arithmetic.solver_run import run_of
from soundly.families.arithmetic.statement import Task, task_of
from soundly.families.arithmetic.twin import decide

EXAMPLE_SIZE = 4
RUNS_TRIED = 8
"""How many instances are looked at for each solver's run that is wanted."""


class Drawer(Protocol):
    """Draws a task: the same one for the same size and seed, every time."""

    def __call__(self, *, size: int, seed: int) -> Task:
        """The task of this size and seed."""
        ...


@dataclass(frozen=True, slots=True)
class ArithmeticFamily:
    """Problems of numbers and a target. Solutions are tuples of lines, see `read_answer`.

    ``size`` is how many numbers are given: 3 to 6, and train and held-out are 3 and 4.
    """

    name: str
    drawer: Drawer
    unsolvable_drawer: Drawer
    critic: ArithmeticCritic = field(default_factory=ArithmeticCritic)
    solvers: tuple[Solver, ...] = (Exhaustion(),)
    dial: Dial = SIZES
    notation: Notation = field(default_factory=CountdownNotation)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The solvable instance of this size and seed: the same one every time."""
        return self.drawer(size=size, seed=seed).problem(self.name, f"{self.name}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance that has no solution: the same one every time."""
        task = self.unsolvable_drawer(size=size, seed=seed)
        return task.problem(self.name, f"{self.name}-unsolvable-{size}-{seed}")

    def canonical_form(self, problem: Problem) -> str:
        """The statement with its numbers in order.

        Two problems that differ in a common factor, or by numbers that any solution cancels, are
        not told to be alike.
        """
        task = task_of(problem)
        return f"{' '.join(map(str, sorted(task.numbers)))} -> {task.target}, {task.use}"

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable statement."""
        task = task_of(problem)
        return conversation(task, style, list(islice(self._examples(task), style.examples)))

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002 - any problem reads alike
        """The lines that an answer proposes, as `read_answer` describes."""
        return read_answer(text)

    def read_steps(self, problem: Problem, text: str) -> Steps:  # noqa: ARG002 - all read alike
        """Every formula of a text, in its order."""
        return stepwise.steps_in(text)

    def judge_steps(self, problem: Problem, steps: Steps) -> Prefix:
        """Which lines can be worked out, as `soundly.families.arithmetic.stepwise` describes."""
        return stepwise.judge_steps(task_of(problem), steps)

    def spell_steps(self, problem: Problem, steps: Steps) -> str:  # noqa: ARG002 - all are spelt alike
        """The lines as an answer."""
        return "\n".join(("[ANSWER]", *steps, "[/ANSWER]"))

    def tell_steps(self, problem: Problem, prefix: Prefix) -> str:
        """The lines that stand, and the numbers at hand behind them."""
        return stepwise.tell_steps(task_of(problem), prefix)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The answer as one expression, its steps put into each other.

        A wrong answer goes into the certificate as it is, and the kernel refuses it.
        """
        lines = lines_of(candidate)
        working = Working(task_of(problem), lines)
        whole = None if working.critiques else working.expression
        evidence = {"expression": "\n".join(lines) if whole is None else spell(whole)}
        return certify(problem, claim="solved", kind="arithmetic-expression", evidence=evidence)

    def explain(self, problem: Problem, text: str) -> Explanation:
        """The three facts about an answer and its explanation, as `explanation` says."""
        return explanation(task_of(problem), text, read_answer(text))

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A right answer with one or two edits."""
        return edited(task_of(problem), answer, rng)

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the candidate is right, by another parser and by trying every reading of it."""
        return decide(problem.statement, candidate.canonical)

    def solver_runs(
        self,
        problem: Problem,
        *,
        count: int,
        language: Language,  # noqa: ARG002 - formulas read alike
    ) -> Sequence[SolverRun]:
        """Depth-first searches on instances of three numbers, none of them the problem's."""
        asked = sorted(task_of(problem).numbers)
        tasks = (self.drawer(size=SIZES.smallest, seed=seed) for seed in range(count * RUNS_TRIED))
        runs = (
            SolverRun(task.problem(self.name, "example"), text)
            for task in tasks
            if sorted(task.numbers) != asked and (text := run_of(task)) is not None
        )
        return list(islice(runs, count))

    def _examples(self, task: Task) -> Iterator[tuple[Task, str]]:
        """Instances whose answers are none to the task."""
        for seed in count():
            example = self.drawer(size=EXAMPLE_SIZE, seed=seed)
            if task.use == "any" and example.target == task.target:
                continue
            found = search(example)
            if sorted(example.numbers) != sorted(task.numbers) and not isinstance(found, dict):
                yield example, f"{spell(found)} = {example.target}"


def game24() -> ArithmeticFamily:
    """The Game of 24: make 24 from all numbers; a size is how many there are."""
    return ArithmeticFamily("game24", draw_game24, draw_game24_unsolvable)


def countdown() -> ArithmeticFamily:
    """Countdown: make a target from any of the numbers; a size is how many there are."""
    return ArithmeticFamily("countdown", draw_countdown, draw_countdown_unsolvable)
