"""The validator: parse once, check many plans."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from soundly.core.errors import CriticError, UsageError
from soundly.core.verdict import ACCEPT, Verdict, reject
from soundly.families.planning.bits import BitExecutor
from soundly.families.planning.execution import moments
from soundly.families.planning.explain import Explainer
from soundly.families.planning.pddl import format_atom
from soundly.families.planning.resolve import Resolver
from soundly.families.planning.sets import SetExecutor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from soundly.families.planning.executor import Executor
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
        self._bits = BitExecutor(self._resolver)
        self._sets = SetExecutor(self._resolver)
        self._explainer = Explainer(self._resolver)

    def check(self, plan: Plan) -> Verdict:
        """ACCEPT, or REJECT with every unmet literal of the first failing step, or of the goal.

        The codes of the critiques: ``empty-action``, ``unknown-action``, ``wrong-arity``,
        ``unknown-object``, ``wrong-type``, ``precondition-unmet``, ``cost-undefined``,
        ``goal-unmet``.
        """
        if self.accepts(plan):
            return ACCEPT
        critiques = self._explainer.explain(self._executor(plan), plan)
        if not critiques:
            message = "the fast and the explained reading of one plan disagree; please report it"
            raise CriticError(message)
        return reject(*critiques)

    def accepts(self, plan: Plan) -> bool:
        """Whether `check` accepts, without the reasons: several times faster on wrong plans."""
        try:
            return self._bits.solves(plan)
        except KeyError:  # a step that was not seen before
            return self._executor(plan).solves(plan)

    def _executor(self, plan: Plan) -> Executor:
        return self._bits if self._bits.takes(plan) else self._sets

    def valid_prefix(self, plan: Plan) -> int:
        """How many steps run before the first that cannot; the goal is not asked for."""
        return self._executor(plan).run(plan).done

    def progress(self, plan: Plan) -> Iterator[frozenset[GroundAtom]]:
        """The states a plan goes through: the initial one, then one after each step that runs.

        Ends early where a step cannot run. Each state is the atoms true in it, all of them, so a
        step takes time that grows with the state.
        """
        return (moment.state for moment in moments(self._resolver, plan))

    def cost(self, plan: Plan) -> Fraction:
        """What the plan costs: the rise of total-cost where the task minimizes it, else the steps.

        Errors: `UsageError` where a step cannot run, for then there is no cost.
        """
        done = self.valid_prefix(plan)
        if done < len(plan):
            raise UsageError(
                f"a plan that stops at step {done + 1} {format_atom(plan[done])} has no cost"
            )
        if not self.task.minimizes_cost:
            return Fraction(len(plan))
        total = Fraction(0)
        for action in map(self._resolver, plan):
            if action is not None and action.cost is not None:
                total += action.cost
        return total
