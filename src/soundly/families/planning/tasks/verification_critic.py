"""A verdict on a plan, compared part by part with the one that follows from running it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.planning.facts import is_read
from soundly.families.planning.pddl import Plan, format_atom
from soundly.families.planning.problems import validator_of
from soundly.families.planning.tasks.stated_plan import plan_in
from soundly.families.planning.tasks.verification_truth import GOAL, INVALID, VALID, verdict_on

VERIFICATION = "verification"


@dataclass(frozen=True, slots=True)
class VerdictCritic:
    """Accepts exactly the right verdict with exactly the unmet literals.

    A rejection tells apart what is wrong: ``wrong-verdict`` (valid or not), ``wrong-error`` (a
    step or the goal), ``wrong-step``, ``unmet-missing`` and ``unmet-surplus`` for each literal,
    and ``unreadable-verdict`` or ``not-a-fact`` for what was written in the place of one.
    """

    name: str = "plan-verdict"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The comparison; ``ask`` is not used, so judging costs nothing.

        Raises `CriticError` for a candidate whose solution is no list of entries.
        """
        plan, given = plan_in(problem, asked=VERIFICATION), entries_of(candidate)
        right = right_verdict(problem)
        if given == right:
            return ACCEPT
        critiques = [*_head_faults(problem, plan, given[0] if given else "", right[0])]
        critiques += _unmet_faults(given[1:], right)
        return reject(*critiques) if critiques else ACCEPT


def entries_of(candidate: Candidate) -> tuple[str, ...]:
    """The entries of an answer; raises `CriticError` where the solution is something else."""
    entries = candidate.solution
    if not (isinstance(entries, tuple) and all(isinstance(entry, str) for entry in entries)):
        raise CriticError(f"an answer is a tuple of entries, not a {type(entries).__name__}")
    return entries


@lru_cache(maxsize=64)
def right_verdict(problem: Problem) -> tuple[str, ...]:
    """The right answer to a problem of verification."""
    return verdict_on(validator_of(problem), plan_in(problem, asked=VERIFICATION))


def _head_faults(problem: Problem, plan: Plan, given: str, right: str) -> Iterator[Critique]:
    if given == right:
        return
    truth = _told(problem, plan, right)
    if not is_read(given) or not given.startswith((VALID, INVALID)):
        message = f"{given!r:.120} is no verdict"
        wanted = f"wanted {VALID!r}, 'invalid: step N' or {GOAL!r}"
        yield Critique("unreadable-verdict", message, "verdict", repair=wanted)
    elif VALID in (given, right):
        said = VALID if given == VALID else INVALID
        yield Critique("wrong-verdict", f"the plan is said to be {said}: {truth}", "verdict")
    elif given == INVALID:
        message = (
            "the plan is said to be invalid, and neither the failing step nor the goal is named"
        )
        yield Critique("wrong-error", message, "verdict", repair=truth)
    elif GOAL in (given, right):
        said = "to miss the goal" if given == GOAL else "to stop at a step"
        yield Critique("wrong-error", f"the plan is said {said}: {truth}", "verdict")
    else:
        number = int(given.rpartition(" ")[2])
        message = f"step {number} is said to be the first that cannot run: {truth}"
        yield Critique("wrong-step", message, f"step {number}", max(number, 1))


def _told(problem: Problem, plan: Plan, right: str) -> str:
    """The truth in one clause."""
    if right == VALID:
        return "every step runs and the goal holds at the end"
    if right == GOAL:
        return "every step runs, and the goal does not hold at the end"
    done = validator_of(problem).valid_prefix(plan)
    return f"step {done + 1} {format_atom(plan[done])} is the first that cannot run"


def _unmet_faults(given: tuple[str, ...], right: tuple[str, ...]) -> Iterator[Critique]:
    head, *unmet = right
    where = "goal" if head == GOAL else head.partition(": ")[2] or "plan"
    for entry in unmet:
        if entry not in given:
            yield Critique("unmet-missing", f"{entry} is unmet and not named", where)
    for entry in dict.fromkeys(given):
        if not is_read(entry):
            yield Critique("not-a-fact", f"{entry[2:]!r} is no fact of this problem", "unmet")
        elif entry not in unmet:
            yield Critique("unmet-surplus", f"{entry} is named and is not unmet there", where)
