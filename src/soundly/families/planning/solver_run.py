"""A best-first search on a small instance, written out for people: what it finds and tries next.

Source: greedy best-first search with the number of open goals as its estimate, as in Russell and
Norvig, "Artificial Intelligence: A Modern Approach", section 3.5. What is shown of it follows
Searchformer (Lehnert et al., arXiv:2402.14083), in words in place of tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from random import Random

from soundly.core.family import Language, SolverRun
from soundly.families.planning.pddl import (
    GroundAtom,
    Plan,
    Step,
    Task,
    format_atom,
    format_plan,
    ground_action,
)
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of
from soundly.families.planning.prompts import WorkedExample
from soundly.families.planning.rung import Speech
from soundly.families.planning.unmet import unmet_parts
from soundly.families.planning.walks import applicable_steps

MOST_STATES = 30
"""A run that finds more is too long to be shown."""
EXAMPLES_TRIED = 16
"""How many examples are looked at for each run that is wanted."""

_MANNER = (
    "I search best first. Of the states that I know and have not looked at, I take the one with "
    "the fewest open goals, and of those the one found first. A state is named once; actions that "
    "only lead back to known states are left out."
)


@dataclass(frozen=True, slots=True)
class _Node:
    """A state that was found; ``parent`` and ``step`` say how."""

    number: int
    atoms: frozenset[GroundAtom]
    open_goals: int
    parent: _Node | None = None
    step: Step = ()

    @property
    def path(self) -> tuple[_Node, ...]:
        """The nodes from behind the start to this one."""
        return () if self.parent is None else (*self.parent.path, self)


def solver_runs(
    examples: Iterable[WorkedExample], *, count: int, phrases: Phrases, language: Language
) -> Sequence[SolverRun]:
    """Runs on the first ``count`` examples whose run is short enough to be shown."""
    runs = (run_of(example, phrases, language) for example in examples)
    return list(islice((run for run in runs if run is not None), count))


def run_of(example: WorkedExample, phrases: Phrases, language: Language) -> SolverRun | None:
    """The search on the example's instance and the plan that it ends with; None where too long."""
    task = task_of(example.problem)
    speech = Speech(task, phrases, language)
    lines = [_MANNER, f"The goals: {'; '.join(speech.goals())}."]
    for node, found in _search(task):
        if len(found) > 0 and found[-1].number >= MOST_STATES:
            return None
        if node is None:
            lines += [f"The start is {_told(speech, each)}" for each in found]
            continue
        if node.open_goals == 0:
            return SolverRun(example.problem, "\n".join((*lines, *_ending(node))))
        lines.append(f"I look at state {node.number}.")
        lines += [f"{format_atom(each.step)} leads to {_told(speech, each)}" for each in found]
        if not found:
            lines.append("Nothing new can be reached from it.")
    return None


def _search(task: Task) -> Iterator[tuple[_Node | None, Sequence[_Node]]]:
    """The start, as found by nobody; then each node looked at, with what is new behind it.

    The last node is a goal, unless there is none to be found.
    """
    start = _Node(0, task.init, _open_goals(task, task.init))
    yield None, [start]
    known = {start.atoms}
    frontier = [(start.open_goals, start.number, start)]
    while frontier:
        *_, node = heappop(frontier)
        found: list[_Node] = []
        if node.open_goals:
            for step in sorted(applicable_steps(task, node.atoms, Random(0))):  # noqa: S311
                atoms = ground_action(task, step).successor(node.atoms)
                if atoms not in known:
                    known.add(atoms)
                    open_goals = _open_goals(task, atoms)
                    found.append(_Node(len(known) - 1, atoms, open_goals, node, step))
        for each in found:
            heappush(frontier, (each.open_goals, each.number, each))
        yield node, found
        if not node.open_goals:
            return


def _open_goals(task: Task, atoms: frozenset[GroundAtom]) -> int:
    return len(unmet_parts(task, atoms, task.goal, {}))


def _told(speech: Speech, node: _Node) -> str:
    state = speech.state(node.number, node.atoms)
    goals = "no goal is open" if not node.open_goals else f"open goals: {node.open_goals}"
    return f"{state[0].lower()}{state[1:-1]} ({goals})."


def _ending(node: _Node) -> list[str]:
    way = ", ".join(f"{format_atom(each.step)} to state {each.number}" for each in node.path)
    plan: Plan = tuple(each.step for each in node.path)
    return [
        f"I look at state {node.number}. No goal is open there.",
        f"The way from state 0: {way}.",
        f"\n[PLAN]\n{format_plan(plan)}[PLAN END]",
    ]
