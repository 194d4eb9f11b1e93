"""A list of facts, compared with the state that a plan leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from soundly.core.candidate import Candidate
from soundly.core.critic import Ask
from soundly.core.errors import CriticError, ProblemError
from soundly.core.problem import Problem
from soundly.core.verdict import ACCEPT, Critique, Guarantee, Verdict, reject
from soundly.families.planning.facts import is_read, spelled
from soundly.families.planning.pddl import GroundAtom, format_atom
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.tasks.stated_plan import plan_in

EXECUTION = "execution"


@dataclass(frozen=True, slots=True)
class StateCritic:
    """Accepts exactly the lists that have every fact that is true after the plan, and no other.

    Facts that no action can change may be left out. A fact may be denied where it is false. The
    codes are ``fact-missing``, ``fact-false`` and ``not-a-fact``, one critique for each fact.
    """

    name: str = "plan-state"
    version: str = "1"
    guarantee: Guarantee = Guarantee.SOUND | Guarantee.COMPLETE

    async def judge(self, problem: Problem, candidate: Candidate, ask: Ask) -> Verdict:  # noqa: ARG002
        """The comparison; ``ask`` is not used, so judging costs nothing.

        Raises `CriticError` for a candidate whose solution is no list of facts, `ProblemError`
        for a problem whose plan cannot be carried out.
        """
        critiques = tuple(_faults(problem, facts_of(candidate)))
        return reject(*critiques) if critiques else ACCEPT


def facts_of(candidate: Candidate) -> tuple[str, ...]:
    """The entries of an answer; raises `CriticError` where the solution is something else."""
    entries = candidate.solution
    if not (isinstance(entries, tuple) and all(isinstance(entry, str) for entry in entries)):
        raise CriticError(f"a state is a tuple of facts, not a {type(entries).__name__}")
    return entries


@lru_cache(maxsize=64)
def states_of(problem: Problem) -> tuple[frozenset[GroundAtom], ...]:
    """The initial state, and the one after each step.

    Raises `ProblemError` where a step cannot be carried out: then no state is asked for.
    """
    plan = plan_in(problem, asked=EXECUTION)
    states = tuple(validator_of(problem).progress(plan))
    if len(states) <= len(plan):
        raise ProblemError(
            f"{format_atom(plan[len(states) - 1])} cannot be carried out there; wanted a plan "
            "whose steps all run",
            line=len(states),
            source="plan",
        )
    return states


@lru_cache(maxsize=64)
def right_facts(problem: Problem) -> tuple[str, ...]:
    """The facts true after the plan that actions can change, sorted."""
    task = task_of(problem)
    end = states_of(problem)[-1]
    return tuple(sorted(format_atom(atom) for atom in end if not task.is_static(atom[0])))


@lru_cache(maxsize=64)
def _all_facts(problem: Problem) -> frozenset[str]:
    return frozenset(map(format_atom, states_of(problem)[-1]))


def _faults(problem: Problem, given: tuple[str, ...]) -> Iterator[Critique]:
    right, true, listed = right_facts(problem), _all_facts(problem), frozenset(given)
    for entry in right:
        if entry not in listed:
            atom = _atom(entry)
            message = f"{entry} is true after the plan and is not listed"
            yield Critique("fact-missing", message, "state", *_cause(problem, atom, true=True))
    for entry in dict.fromkeys(given):
        denied = entry.startswith("(not ")
        fact = entry[5:-1] if denied else entry
        if not is_read(entry) or not _is_declared(problem, _atom(fact)):
            yield Critique("not-a-fact", f"{entry.removeprefix('? ')!r} is no fact", "state")
        elif (fact in true) is denied:
            message = f"{entry} is listed, and {fact} is {'true' if denied else 'false'} then"
            yield Critique(
                "fact-false", message, "state", *_cause(problem, _atom(fact), true=denied)
            )


def _atom(entry: str) -> GroundAtom:
    return tuple(entry.removeprefix("(").removesuffix(")").split(" "))


def _is_declared(problem: Problem, atom: GroundAtom) -> bool:
    predicate = task_of(problem).domain.predicates.get(atom[0])
    return predicate is not None and predicate.arity == len(atom) - 1


def _cause(problem: Problem, atom: GroundAtom, *, true: bool) -> tuple[int | None, str]:
    """The last step that made the atom so, and a sentence that says it."""
    states, plan = states_of(problem), plan_in(problem, asked=EXECUTION)
    now = "true" if true else "false"
    for number in range(len(plan), 0, -1):
        if (atom in states[number]) is not (atom in states[number - 1]):
            step = format_atom(plan[number - 1])
            return number, f"step {number} {step} made {spelled(atom)} {now}"
    return None, f"{spelled(atom)} was {now} from the start and no step changed it"
