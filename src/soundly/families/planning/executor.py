"""What the validator asks of whoever runs plans; `bits` and `sets` are the two that do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from soundly.families.planning.pddl import GroundAtom, Plan


class Stop(NamedTuple):
    """Where a plan's execution ended: how many steps ran, and the atoms true then.

    The state is good until the executor runs again.
    """

    done: int
    state: Container[GroundAtom]


class Executor(Protocol):
    """Runs plans of one task. Not for use by two threads at once."""

    def solves(self, plan: Plan) -> bool:
        """Whether every step runs and the goal holds at the end."""

    def run(self, plan: Plan) -> Stop:
        """Runs the plan to its end, or to before its first step that cannot run."""

    def changes(self, plan: Plan, atoms: Iterable[GroundAtom]) -> Mapping[GroundAtom, int]:
        """Of these atoms, those that the plan changes, with the last step (from 1) to do so."""
