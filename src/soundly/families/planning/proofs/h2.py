"""Proof by mutexes: an invariant of few facts that never hold together, which the goal breaks.

First the h² fixpoint says which pairs of facts are never reached; there can be millions. Then the
pairs that the proof needs are gathered backwards from the goal: the goal's own pair, the pairs
that keep it from being made, and so on. This second pass goes through the same cases as the kernel
will, so what it gathers is what the kernel needs, and most often very little. Where no pair of the
goal is a mutex, but the h² pairs keep any action from bringing some larger part of it together (a
circular tower), that part is a mutex too.

What this cannot prove: anything that takes counting, and invariants of three facts or more that
the goal does not itself ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from soundly.families.planning.pddl import (
    GroundAction,
    GroundAtom,
    format_atom,
    ground_condition,
    parse_task,
)
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
    alternatives,
    negated_atoms,
    transitions,
)
from soundly.kernel.cases import Mutex, Transitions
from soundly.kernel.formula import Literal as KernelLiteral
from soundly.kernel.formula import holds
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
        return _prove(task, {"domain": domain, "problem": problem}, max_pairs, deadline)
    except OutOfReachError as limit:
        return NotProved(str(limit))


def _prove(
    task: Task, statement: Mapping[str, object], max_pairs: int, deadline: Deadline
) -> Evidence | NotProved:
    """Tries the facts that are never reached first: they cost little, and are often enough."""
    actions = list(reachable_actions(task, deadline).values())
    negated = negated_atoms(task, actions)
    start = {atom for atom in task.init if not task.is_static(atom[0])}
    atoms = start.union(*(effect.adds for action in actions for effect in action.effects))
    goals = alternatives(ground_condition(task, task.goal))
    goals_for_kernel = [
        tuple(KernelLiteral(atom, positive) for atom, positive in sorted(goal)) for goal in goals
    ]
    kernel_task = read_task(statement)
    literals = [(atom, True) for atom in sorted(atoms)]
    literals += [(atom, False) for atom in sorted(negated)]
    if all(any(positive and atom not in atoms for atom, positive in goal) for goal in goals):
        facts_alone = Reached(literals, literals)
        found = _Slice(kernel_task, facts_alone, max_pairs, deadline).evidence(goals_for_kernel)
        if isinstance(found, Evidence):
            return found
    at_start: list[Literal] = [(atom, True) for atom in start]
    at_start += [(atom, False) for atom in negated - start]
    reached = Reached(literals, at_start)
    reached.saturate(_transitions(actions, negated, deadline), deadline)
    return _Slice(kernel_task, reached, max_pairs, deadline).evidence(goals_for_kernel)


def _transitions(
    actions: list[GroundAction], negated: frozenset[GroundAtom], deadline: Deadline
) -> Iterator[Transition]:
    for action in actions:
        deadline.check()
        yield from transitions(action, negated)


class _Slice:
    """The mutexes that a proof needs, gathered backwards from the goal.

    A case is excluded by mutexes already gathered where that is possible, otherwise by facts that
    are never reached, and only then by new pairs: so the proof stays small.
    """

    def __init__(
        self, task: KernelTask, reached: Reached, max_pairs: int, deadline: Deadline
    ) -> None:
        self._task = task
        self._transitions = Transitions(task)
        self._reached = reached
        self._max_pairs = max_pairs
        self._deadline = deadline
        self._gathered: list[Mutex] = []
        self._rests: dict[KernelLiteral, set[frozenset[KernelLiteral]]] = {}
        self._used: list[Mutex] = []
        self._passes = tuple(
            Invariant(task, forbids)
            for forbids in (self._forbids_gathered, self._forbids_fact, self._forbids_pair)
        )

    def evidence(self, goals: Iterable[Mutex]) -> Evidence | NotProved:
        """The proof, or why there is none; each goal state holds all of one of ``goals``."""
        for goal in goals:
            if not self._excludes([(literal, {}) for literal in goal]):
                core = self._core(goal)
                if not core:
                    return NotProved("the facts of the goal do not exclude each other (h²)")
                self._gather(core)
        if not self._excludes([(self._task.goal, {})]):
            return NotProved("the kernel could not follow why the goal is excluded")
        for mutex in self._gathered:  # grows while it is walked
            for fact in mutex:
                step = self._step_making(fact, mutex)
                if step is not None:
                    return NotProved(f"the kernel could not follow why {step} keeps the invariant")
        return _evidence(self._gathered)

    def _core(self, goal: Mutex) -> Mutex:
        """Facts of the goal that no action brings together, as few as possible; else none.

        Whatever an action can make hold, with the others holding, is left out until nothing can
        (the elimination of Houdini, Flanagan and Leino 2001); then what is not needed.
        """
        core = goal
        while makable := [fact for fact in core if self._step_making(fact, core, gather=False)]:
            core = tuple(fact for fact in core if fact != makable[0])
        if all(holds(fact, {}, self._task.init) for fact in core):
            return ()
        for fact in core:
            fewer = tuple(other for other in core if other != fact)
            if not all(holds(other, {}, self._task.init) for other in fewer) and not any(
                self._step_making(other, fewer, gather=False) for other in fewer
            ):
                core = fewer
        return core

    def _step_making(self, fact: KernelLiteral, mutex: Mutex, *, gather: bool = True) -> str | None:
        """A ground action that may make the fact hold together with the rest of the mutex."""
        others = tuple(other for other in mutex if other != fact)
        excludes = self._excludes if gather else self._passes[-1].excludes
        for case in self._transitions.cases(fact, others):
            self._deadline.check()
            step = self._transitions.possible_step(case, excludes)
            if step is not None:
                return step
        return None

    def _excludes(self, claims: list[Claim]) -> bool:
        for invariant in self._passes:
            self._deadline.check()
            self._used.clear()
            if invariant.excludes(claims):
                for mutex in self._used:
                    self._gather(mutex)
                return True
        return False

    def _gather(self, mutex: Mutex) -> None:
        whole = frozenset(mutex)
        if whole - {mutex[0]} in self._rests.get(mutex[0], ()):
            return
        if len(self._gathered) == self._max_pairs:
            raise OutOfReachError(f"the proof needs more than {self._max_pairs} pairs")
        self._gathered.append(mutex)
        for literal in mutex:
            self._rests.setdefault(literal, set()).add(whole - {literal})

    def _forbids_gathered(self, literal: KernelLiteral, others: AbstractSet[KernelLiteral]) -> bool:
        return any(rest <= others for rest in self._rests.get(literal, ()))

    def _forbids_fact(self, literal: KernelLiteral, others: AbstractSet[KernelLiteral]) -> bool:
        if self._forbids_gathered(literal, others):
            return True
        if self._reached.may_hold((literal.atom, literal.positive)):
            return False
        self._used.append((literal,))
        return True

    def _forbids_pair(self, literal: KernelLiteral, others: AbstractSet[KernelLiteral]) -> bool:
        if self._forbids_fact(literal, others):
            return True
        own = (literal.atom, literal.positive)
        for other in sorted(others, key=lambda each: (each.atom, each.positive)):
            if not self._reached.may_hold_together(own, (other.atom, other.positive)):
                self._used.append((literal, other))
                return True
        return False


def _evidence(mutexes: list[Mutex]) -> Evidence:
    numbers: dict[KernelLiteral, int] = {}
    numbered = [[numbers.setdefault(fact, len(numbers)) for fact in mutex] for mutex in mutexes]
    facts = [
        format_atom(fact.atom) if fact.positive else f"(not {format_atom(fact.atom)})"
        for fact in numbers
    ]
    return Evidence("pddl-h2", {"facts": facts, "mutexes": numbered})
