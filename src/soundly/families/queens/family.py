"""n-queens as a family."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.core.stepwise import Prefix, Steps
from soundly.families.queens import audit, stepwise
from soundly.families.queens.board import NAME, board_of
from soundly.families.queens.canonical import canonical_form
from soundly.families.queens.critic import QueensCritic, placement_of
from soundly.families.queens.draws import DIAL, draw_completable, draw_incompletable
from soundly.families.queens.prompts import conversation
from soundly.families.queens.reading import format_placement, read_answer
from soundly.families.queens.solver import QueensSolver, spell


@dataclass(frozen=True, slots=True)
class QueensFamily:
    """Boards to complete; a size is a number of queens, and of rows and columns.

    A problem of one's own states any side up to 1,000, with or without placed queens.
    """

    name: str = NAME
    critic: QueensCritic = field(default_factory=QueensCritic)
    dial: Dial = DIAL

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One solver, which finds or proves."""
        return (QueensSolver(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The instance of this size and seed: the same one every time. It can be completed."""
        return draw_completable(size=size, seed=seed)[0].problem(f"{NAME}-{size}-{seed}")

    def draw_unsolvable(self, *, size: int, seed: int) -> Problem:
        """An instance of this size that cannot be completed: the same one every time."""
        board = draw_incompletable(size=size, seed=seed)
        return board.problem(f"{NAME}-unsolvable-{size}-{seed}")

    def right_answer(self, *, size: int, seed: int) -> str:
        """An answer to the instance that `draw` gives: the solution that it was made from."""
        return spell(draw_completable(size=size, seed=seed)[1])

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that turning and mirroring the board make equal."""
        return canonical_form(board_of(problem))

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message; raises `ProblemError` for an unreadable statement."""
        return conversation(problem, style)

    def read(self, problem: Problem, text: str) -> Reading:
        """The placement that an answer proposes, as `read_answer` says."""
        return read_answer(text, board_of(problem).side)

    def read_steps(self, problem: Problem, text: str) -> Steps:
        """The queens of the placement that `read` finds, row by row."""
        reading = self.read(problem, text)
        if not isinstance(reading, Found):
            return ()
        placement = placement_of(Candidate(reading.solution, reading.canonical, "steps"))
        return tuple(map(stepwise.spell_step, placement))

    def judge_steps(self, problem: Problem, steps: Steps) -> Prefix:
        """Which queens can stand, as `soundly.families.queens.stepwise.judge_steps` says."""
        return stepwise.judge_steps(board_of(problem), steps)

    def spell_steps(self, problem: Problem, steps: Steps) -> str:
        """The placement with the queens that stand from the start."""
        placed = (f"{row}: {column}" for row, column in board_of(problem).placed)
        return "\n".join(("[ANSWER]", *dict.fromkeys((*placed, *steps)), "[ANSWER END]"))

    def tell_steps(self, problem: Problem, prefix: Prefix) -> str:
        """The queens that stand, and the squares that are free."""
        return stepwise.tell_steps(board_of(problem), prefix)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The placement as evidence, word by word as it was read."""
        evidence = {"queens": [list(line) for line in placement_of(candidate)]}
        return certify(problem, claim="solved", kind="n-queens", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A placement with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no placement.
        """
        side = board_of(problem).side
        reading = read_answer(answer, side)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of placements, not of {answer!r:.80}")
        placement = placement_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        return format_placement(audit.near_miss(placement, side, rng))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the placement is among all solutions; for a dozen queens at most."""
        stated = problem.statement
        return audit.is_right(stated["n"], stated.get("placed", ""), placement_of(candidate))
