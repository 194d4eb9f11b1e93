"""Planning for least cost: PlanBench's cost-optimal task, in any world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.continuing import Joined, Keep, Rest
from soundly.core.dial import Dial
from soundly.core.errors import ProblemError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.critic import plan_of
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.hidden import mystery_blocksworld
from soundly.families.planning.pddl import Plan, Task, format_atom, format_plan
from soundly.families.planning.problems import task_of, texts_of, validator_of
from soundly.families.planning.prompts import WorkedExample, conversation
from soundly.families.planning.tasks.optimal_bounds import NoOptimum, Optimum, prove_optimum
from soundly.families.planning.tasks.optimal_critic import OptimalPlanCritic
from soundly.families.planning.tasks.optimal_solver import OptimalPlanner
from soundly.families.planning.tasks.optimal_twin import is_optimal
from soundly.families.planning.walks import random_walk

OBJECTIVE = "optimal"
_EXAMPLE_STATES = 2_000
_EXAMPLE_SECONDS = 2.0
_EXAMPLES_TRIED = 8
_DETOURS_TRIED = 12


def optimal_problem(problem: Problem, *, family: str) -> Problem:
    """The planning problem with the demand that the plan be of least cost.

    Raises `ProblemError` where it is no planning problem.
    """
    domain, text = texts_of(problem)
    statement = {"domain": domain, "problem": text, "objective": OBJECTIVE}
    return Problem(family, problem.name, statement)


@dataclass(frozen=True, slots=True)
class OptimalFamily:
    """A world's problems, to be solved at least cost.

    The cost of a plan is the rise of total-cost where the problem minimizes it, else the number
    of its steps. Everything that is not about cost is the planning family's.
    """

    name: str
    base: DrawnFamily
    critic: OptimalPlanCritic = field(default_factory=OptimalPlanCritic)

    @property
    def dial(self) -> Dial:
        """The sizes of the world."""
        return self.base.dial

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """One planner, which proves its bound."""
        return (OptimalPlanner(self.critic.search),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The world's instance of this size and seed: the same one every time."""
        drawn = optimal_problem(self.base.draw(size=size, seed=seed), family=self.name)
        return replace(drawn, name=f"{self.name}-{size}-{seed}")

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in the names of objects alone."""
        return self.base.canonical_form(problem)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The planning problem, with what counts as cost before it; examples are of least cost.

        Raises `ProblemError` for a problem that cannot be read or has another objective.
        """
        _require_objective(problem)
        examples = list(islice(self._examples(problem), style.examples)) if style.examples else []
        (asked,) = conversation(
            problem, style, phrases=self.base.planning.phrases, examples=examples
        )
        return (Message("user", f"{_demand(task_of(problem))}\n\n{asked.content}"),)

    def _examples(self, problem: Problem) -> Iterator[WorkedExample]:
        for example in self.base.planning.examples(problem, _EXAMPLES_TRIED):
            optimum = _small_optimum(*texts_of(example.problem))
            if isinstance(optimum, Optimum):
                yield WorkedExample(example.problem, optimum.plan)

    def read(self, problem: Problem, text: str) -> Reading:
        """The plan that an answer proposes, by the rules of planning."""
        _require_objective(problem)
        return self.base.read(problem, text)

    def rest(
        self, problem: Problem, solution: object, *, keep: Keep, most: int | None = None
    ) -> Rest:
        """What is left after the steps of a plan that are kept; cost is no part of it."""
        return self.base.rest(problem, solution, keep=keep, most=most)

    def joined(self, problem: Problem, rest: Rest, text: str) -> Joined:
        """The kept steps and a planner's, as one plan, which need not be of least cost."""
        return self.base.joined(problem, rest, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan, and all states nearer than the goal as far as they are known.

        A plan of a problem whose least cost was not found is sealed without them, which the
        kernel refuses.
        """
        optimum = self.critic.search.find_here(problem)
        nothing: dict[str, object] = {"facts": [], "layers": []}
        bound = dict(optimum.bound) if isinstance(optimum, Optimum) else nothing
        evidence = {"plan": [format_atom(step) for step in plan_of(candidate)], **bound}
        return certify(problem, claim="solved", kind="pddl-optimal-plan", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A plan with an edit or two, or one that runs and takes a detour.

        Raises `UsageError` for an answer that holds no plan.
        """
        reading = self.read(problem, answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of plans, and this holds none: {answer!r:.80}")
        plan = plan_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        detour = _with_detour(plan, problem, rng) if rng.random() < 0.3 else None
        if detour is None:
            return self.base.near_miss(problem, answer, rng)
        return f"[PLAN]\n{format_plan(detour)}[PLAN END]"

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the plan is valid and of least cost, by trying every state; for small ones."""
        return is_optimal(problem, plan_of(candidate))


@lru_cache(maxsize=256)
def _small_optimum(domain: str, problem: str) -> Optimum | NoOptimum:
    return prove_optimum(domain, problem, max_states=_EXAMPLE_STATES, max_seconds=_EXAMPLE_SECONDS)


def _require_objective(problem: Problem) -> None:
    given = problem.statement.get("objective")
    if given != OBJECTIVE:
        raise ProblemError(
            f"problem {problem.name!r} has the objective {given!r:.40}, wanted {OBJECTIVE!r}"
        )


def _demand(task: Task) -> str:
    what = (
        "what its actions add to the total cost" if task.minimizes_cost else "its number of actions"
    )
    return (
        f"A plan has a cost: {what}. Wanted is a plan of least cost: a valid plan that costs more "
        "than another one is a wrong answer."
    )


def _with_detour(plan: Plan, problem: Problem, rng: Random) -> Plan | None:
    """The plan with two steps more that lead away and back again; None where none were found."""
    task, states = task_of(problem), list(validator_of(problem).progress(plan))
    at = rng.randrange(len(states))
    here = replace(task, init=states[at])
    away, there = random_walk(here, 1, rng)
    for _ in range(_DETOURS_TRIED if away else 0):
        back, end = random_walk(replace(task, init=there), 1, rng)
        if end == states[at]:
            return (*plan[:at], *away, *back, *plan[at:])
    return None


def optimal_of(family: DrawnFamily) -> OptimalFamily:
    """Least cost with the instances of a family; it is called ``NAME-optimal``."""
    return OptimalFamily(f"{family.name}-optimal", family)


def blocksworld_optimal() -> OptimalFamily:
    """Blocksworld in as few steps as possible."""
    return optimal_of(blocksworld())


def mystery_blocksworld_optimal() -> OptimalFamily:
    """Blocksworld in misleading words, in as few steps as possible."""
    return optimal_of(mystery_blocksworld())
