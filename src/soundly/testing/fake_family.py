"""The smallest real family: two blocks on a table, wanted one on the other.

Its problems are PDDL and its certificates are real, so that the kernel has something to re-check;
its reading is as plain as can be. For tests, examples and the tutorial of a new family.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.continuing import Joined, Keep, Rest
from soundly.core.critic import Ask, Critic
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.core.stepwise import Prefix, Steps
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.planning.continuing import joined, rest_of
from soundly.families.planning.pddl import parse_plan
from soundly.families.planning.stepwise import judge_steps, tell_steps
from soundly.kernel import Refused, recheck

NAME = "two-blocks"

_DOMAIN = """\
(define (domain two-blocks)
  (:predicates (on ?x ?y) (on-table ?x) (clear ?x) (holding ?x) (hand-empty))
  (:action pick-up :parameters (?x)
    :precondition (and (clear ?x) (on-table ?x) (hand-empty))
    :effect (and (holding ?x) (not (clear ?x)) (not (on-table ?x)) (not (hand-empty))))
  (:action put-down :parameters (?x)
    :precondition (holding ?x)
    :effect (and (clear ?x) (on-table ?x) (hand-empty) (not (holding ?x))))
  (:action stack :parameters (?x ?y)
    :precondition (and (holding ?x) (clear ?y))
    :effect (and (on ?x ?y) (clear ?x) (hand-empty) (not (holding ?x)) (not (clear ?y))))
  (:action unstack :parameters (?x ?y)
    :precondition (and (on ?x ?y) (clear ?x) (hand-empty))
    :effect (and (holding ?x) (clear ?y) (not (on ?x ?y)) (not (clear ?x)) (not (hand-empty)))))
"""
_PROBLEM = """\
(define (problem {name}) (:domain two-blocks) (:objects a b)
  (:init {init}) (:goal (on {goal})))
"""


def _problem(name: str, *, init: str, goal: str) -> Problem:
    text = _PROBLEM.format(name=name, init=init, goal=goal)
    return Problem(NAME, name, {"domain": _DOMAIN, "problem": text})


PROBLEM = _problem(
    "a-on-b",
    init="(on-table a) (on-table b) (clear a) (clear b) (hand-empty)",
    goal="a b",
)
"""Solved by `RIGHT` and by nothing shorter."""

IMPOSSIBLE = _problem("no-free-hand", init="(on-table a) (on-table b)", goal="a b")
"""The hand is not empty and holds nothing, so nothing can ever be done."""

PROOF_OF_IMPOSSIBLE = certify(
    IMPOSSIBLE,
    claim="unsolvable",
    kind="pddl-closed-set",
    evidence={"facts": ["(on-table a)", "(on-table b)"], "states": ["3"]},
)
"""The start is the only state, and no goal: a proof that the kernel accepts."""

RIGHT = "(pick-up a)\n(stack a b)"
"""The shortest right answer to `PROBLEM`."""

RIGHT_TOO = "(pick-up b)\n(put-down b)\n(pick-up a)\n(stack a b)"
"""A right answer that takes a detour."""

WRONG = (
    "(pick-up a)",
    "(stack a b)",
    "(pick-up b)\n(stack b a)",
    "(pick-up a)\n(stack a b)\n(unstack a b)",
    "(pick-up a)\n(stack a b b)",
    "(pick-up a)\n(stack a c)",
)
"""Near misses: an edit or two away from a right answer, readable, and wrong."""

UNREADABLE = "I would rather not say."
CLAIM = "There is no solution."

Judgement: TypeAlias = Verdict | Exception | Callable[[Problem, Candidate], Verdict]
"""What a `FakeCritic` says: always the same, or what a function makes of the candidate."""


def ask_the_kernel(problem: Problem, candidate: Candidate) -> Verdict:
    """Right or wrong by the kernel's own word: slow, and as sound and complete as it."""
    try:
        recheck(FakeFamily().certify(problem, candidate).document)
    except Refused as refused:
        return reject(Critique("refused", refused.reason))
    return ACCEPT


@dataclass(frozen=True)
class FakeCritic:
    """A critic that says what it is told to, under any guarantee; an exception is raised.

    Alone it is honest: it asks the kernel. With another judgement its guarantee can be a lie,
    which is what the engine's tests need.
    """

    judgement: Judgement = ask_the_kernel
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE
    name: str = "fake-critic"
    version: str = "1"

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The judgement on this candidate."""
        if isinstance(self.judgement, Exception):
            raise self.judgement
        if isinstance(self.judgement, Verdict):
            return self.judgement
        return self.judgement(problem, candidate)


@dataclass(frozen=True)
class FakeFamily:
    """Two blocks. A solution is a tuple of steps as text, such as ``("(pick-up a)",)``."""

    critic: Critic = field(default_factory=FakeCritic)
    name: str = NAME

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The PDDL itself, under one line that asks for a plan."""
        asked = f"Give a plan, one action a line. Style: {style.language}, {style.examples}."
        if style.thoughts:
            asked += f" {STEP_BY_STEP}"
        return (Message("user", f"{asked}\n{problem.statement['problem']}"),)

    def read(self, problem: Problem, text: str) -> Reading:  # noqa: ARG002
        """Every line that is an action and nothing else; a claim where there is none."""
        steps = tuple(re.findall(r"^\([a-z][a-z ?-]*\)$", text, flags=re.MULTILINE))
        if steps:
            return Found(steps, "\n".join(steps), "\n".join(steps))
        if text.strip() == CLAIM:
            return ClaimedUnsolvable(CLAIM)
        return Unreadable(Critique("no-plan", "no line of the answer is an action"))

    def rest(
        self, problem: Problem, solution: object, *, keep: Keep, most: int | None = None
    ) -> Rest:
        """What is left after the steps that are kept, as for any plan."""
        plan = parse_plan("\n".join(_steps(solution)))
        return rest_of(problem, plan, keep=keep, most=most)

    def joined(self, problem: Problem, rest: Rest, text: str) -> Joined:  # noqa: ARG002
        """All steps, one a line."""
        return joined(rest, text)

    def read_steps(self, problem: Problem, text: str) -> Steps:
        """The lines that `read` takes for actions."""
        reading = self.read(problem, text)
        return tuple(reading.canonical.splitlines()) if isinstance(reading, Found) else ()

    def judge_steps(self, problem: Problem, steps: Steps) -> Prefix:
        """How far the steps run."""
        return judge_steps(problem, steps, None)

    def spell_steps(self, problem: Problem, steps: Steps) -> str:  # noqa: ARG002
        """The steps, a line each."""
        return "\n".join(steps)

    def tell_steps(self, problem: Problem, prefix: Prefix) -> str:  # noqa: ARG002
        """The steps that stand, and the facts that hold behind them."""
        return tell_steps(prefix)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The steps, for the kernel to run."""
        evidence = {"plan": candidate.canonical.splitlines()}
        return certify(problem, claim="solved", kind="pddl-plan", evidence=evidence)


def _steps(solution: object) -> tuple[str, ...]:
    if not isinstance(solution, tuple):
        raise TypeError(f"a solution is a tuple of steps, not a {type(solution).__name__}")
    return solution
