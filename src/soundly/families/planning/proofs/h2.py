"""Proof by h² mutexes: an invariant of few pairs of facts that the goal contradicts.

First a fixpoint says which pairs of facts are never reached; there can be millions. Then the
pairs that the proof needs are gathered backwards from the goal: the goal's own pair, the pairs
that keep it from being made, and so on. This second pass goes through the same cases as the kernel
will, so what it gathers is what the kernel needs, and most often very little.

What h² cannot see, this cannot prove: any argument about three facts or more at once, such as
that a tower of three blocks is no circle, or anything that takes counting.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from soundly.families.planning.pddl import format_atom, parse_task
from soundly.families.planning.pddl.task import Task
from soundly.families.planning.proofs.evidence import (
    Deadline,
    Evidence,
    NotProved,
    OutOfReachError,
)
from soundly.families.planning.proofs.mutex import Reached
from soundly.families.planning.proofs.reachable import reachable_actions
from soundly.families.planning.proofs.transitions import (
    Literal,
    Transition,
    negated_atoms,
    transitions,
)
from soundly.kernel.cases import Pair, Transitions
from soundly.kernel.formula import Literal as KernelLiteral
from soundly.kernel.invariant import Claim, Invariant
from soundly.kernel.pddl import read_task
from soundly.kernel.task import Task as KernelTask


def prove_by_h2(
    domain: str, problem: str, *, max_seconds: float, max_pairs: int
) -> Evidence | NotProved:
    """Looks for a mutex invariant of at most ``max_pairs`` pairs.

    Arguments are PDDL texts, so that a worker process can be handed them. Memory grows with the
    square of the number of facts that can be reached: 5,000 facts take some 3 MB.

    Raises:
        ProblemError: the texts cannot be read.
    """
    if max_pairs < 1:
        raise ValueError(f"max_pairs has to be at least 1, got {max_pairs}")
    task = parse_task(domain, problem)
    deadline = Deadline(max_seconds)
    try:
        reached = _saturated(task, deadline)
        kernel_task = read_task({"domain": domain, "problem": problem})
        return _Slice(kernel_task, reached, max_pairs, deadline).evidence()
    except OutOfReachError as limit:
        return NotProved(str(limit))


def _saturated(task: Task, deadline: Deadline) -> Reached:
    actions = list(reachable_actions(task, deadline).values())
    negated = negated_atoms(task, actions)
    start = {atom for atom in task.init if not task.is_static(atom[0])}
    atoms = start.union(*(effect.adds for action in actions for effect in action.effects))
    literals = [(atom, True) for atom in sorted(atoms)]
    literals += [(atom, False) for atom in sorted(negated)]
    at_start: list[Literal] = [(atom, True) for atom in start]
    at_start += [(atom, False) for atom in negated - start]
    reached = Reached(literals, at_start)
    steps: list[Transition] = []
    for action in actions:
        deadline.check()
        steps += transitions(action, negated)
    reached.saturate(steps, deadline)
    return reached


class _Slice:
    """The pairs that a proof needs, gathered backwards from the goal.

    A case is excluded by pairs already gathered where that is possible, otherwise by facts that
    are never reached, and only then by new pairs: so the proof stays small.
    """

    def __init__(
        self, task: KernelTask, reached: Reached, max_pairs: int, deadline: Deadline
    ) -> None:
        self._task = task
        self._reached = reached
        self._max_pairs = max_pairs
        self._deadline = deadline
        self._gathered: list[Pair] = []
        self._partners: dict[KernelLiteral, set[KernelLiteral]] = {}
        self._used: list[Pair] = []
        self._passes = tuple(
            Invariant(task, forbids)
            for forbids in (self._forbids_gathered, self._forbids_fact, self._forbids_pair)
        )

    def evidence(self) -> Evidence | NotProved:
        """The proof, or why there is none."""
        if not self._excludes([(self._task.goal, {})]):
            return NotProved("no two facts of the goal are known to exclude each other (h²)")
        transitions = Transitions(self._task)
        for pair in self._gathered:  # grows while it is walked
            for case in transitions.cases(pair):
                step = transitions.possible_step(case, self._excludes)
                if step is not None:
                    return NotProved(f"the kernel could not follow why {step} keeps the invariant")
        return _evidence(self._gathered)

    def _excludes(self, claims: list[Claim]) -> bool:
        for invariant in self._passes:
            self._deadline.check()
            self._used.clear()
            if invariant.excludes(claims):
                for pair in self._used:
                    self._gather(pair)
                return True
        return False

    def _gather(self, pair: Pair) -> None:
        first, last = pair[0], pair[-1]
        if last in self._partners.get(first, ()):
            return
        if len(self._gathered) == self._max_pairs:
            raise OutOfReachError(f"the proof needs more than {self._max_pairs} pairs")
        self._gathered.append(pair)
        self._partners.setdefault(first, set()).add(last)
        self._partners.setdefault(last, set()).add(first)

    def _forbids_gathered(self, literal: KernelLiteral, others: AbstractSet[KernelLiteral]) -> bool:
        """A fact that never holds is its own partner."""
        partners = self._partners.get(literal, set())
        return literal in partners or not partners.isdisjoint(others)

    def _forbids_fact(self, literal: KernelLiteral, others: AbstractSet[KernelLiteral]) -> bool:
        if self._forbids_gathered(literal, others):
            return True
        own = (literal.atom, literal.positive)
        if self._reached.single(own) if self._reached.knows(own) else not literal.positive:
            return False
        self._used.append((literal,))
        return True

    def _forbids_pair(self, literal: KernelLiteral, others: AbstractSet[KernelLiteral]) -> bool:
        if self._forbids_fact(literal, others):
            return True
        own = (literal.atom, literal.positive)
        if not self._reached.knows(own):
            return False
        for other in sorted(others, key=_order):
            beside = (other.atom, other.positive)
            if self._reached.knows(beside) and not self._reached.pair(own, beside):
                self._used.append((literal, other))
                return True
        return False


def _order(literal: KernelLiteral) -> tuple[tuple[str, ...], bool]:
    return literal.atom, literal.positive


def _evidence(pairs: list[Pair]) -> Evidence:
    numbers: dict[KernelLiteral, int] = {}
    numbered = [[numbers.setdefault(fact, len(numbers)) for fact in pair] for pair in pairs]
    facts = [
        format_atom(fact.atom) if fact.positive else f"(not {format_atom(fact.atom)})"
        for fact in numbers
    ]
    return Evidence("pddl-h2", {"facts": facts, "pairs": numbered})
