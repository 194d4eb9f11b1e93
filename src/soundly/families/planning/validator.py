"""The validator: parse once, check many plans."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from soundly.core.errors import CriticError, UsageError
from soundly.core.verdict import ACCEPT, Verdict, reject
from soundly.families.planning.execution import execute, finish
from soundly.families.planning.explain import explain
from soundly.families.planning.masks import MaskedTask
from soundly.families.planning.pddl import format_atom
from soundly.families.planning.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from soundly.families.planning.execution import Execution
    from soundly.families.planning.pddl import GroundAtom, Plan, Task


class Validator:
    """Decides whether plans solve one task, soundly and completely.

    A plan solves it if each step names an action with the right number of objects of the right
    types, each is applicable where it stands, and the goal holds after the last. All effects of
    an action happen at once, conditions of effects are judged in the state before it, and an atom
    both added and deleted is true (PDDL 2.1; Fox and Long 2003, definitions 10 to 12).

    Checking takes time linear in the plan. Ground actions are remembered between checks, within
    bounds; a validator is therefore not for use by two threads at once.

        validator = Validator(parse_task(domain_text, problem_text))
        validator.check((("pick-up", "a"), ("stack", "a", "b"))).accepted
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self._resolver = Resolver(task)
        self._masks = MaskedTask(self._resolver)

    def check(self, plan: Plan) -> Verdict:
        """ACCEPT, or REJECT with every unmet literal of the first failing step, or of the goal.

        The codes of the critiques: ``empty-action``, ``unknown-action``, ``wrong-arity``,
        ``unknown-object``, ``wrong-type``, ``precondition-unmet``, ``cost-undefined``,
        ``goal-unmet``.
        """
        solves = self._masks.solves(plan)
        if solves:
            return ACCEPT
        execution = finish(self._resolver, plan)
        if solves is None and self._reaches_goal(plan, execution):
            return ACCEPT
        critiques = explain(self._resolver, plan, execution)
        if not critiques:
            message = "the fast and the explained reading of one plan disagree; please report it"
            raise CriticError(message)
        return reject(*critiques)

    def _reaches_goal(self, plan: Plan, execution: Execution) -> bool:
        return execution.done == len(plan) and self._resolver.goal.holds(execution.state)

    def valid_prefix(self, plan: Plan) -> int:
        """How many steps run before the first that cannot; the goal is not asked for."""
        return finish(self._resolver, plan).done

    def progress(self, plan: Plan) -> Iterator[frozenset[GroundAtom]]:
        """The states a plan goes through: the initial one, then one after each step that runs.

        Ends early where a step cannot run. Each state is the atoms true in it.
        """
        for execution in execute(self._resolver, plan):
            yield frozenset(execution.state)

    def cost(self, plan: Plan) -> Fraction:
        """What the plan costs: the rise of total-cost where the task minimizes it, else the steps.

        Errors: `UsageError` where a step cannot run, for then there is no cost.
        """
        execution = finish(self._resolver, plan)
        if execution.done < len(plan):
            step = format_atom(plan[execution.done])
            raise UsageError(f"a plan that stops at step {execution.done + 1} {step} has no cost")
        return execution.cost if self.task.minimizes_cost else Fraction(len(plan))
