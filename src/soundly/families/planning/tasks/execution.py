"""What is true after this plan? PlanBench's execution task, in any world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from random import Random

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.dial import Dial
from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.core.solver import Solver, SolverAnswer, SolverFound
from soundly.families.planning import naive
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.facts import FactReader
from soundly.families.planning.hidden import mystery_blocksworld
from soundly.families.planning.pddl import Plan
from soundly.families.planning.problems import task_of
from soundly.families.planning.tasks.execution_critic import (
    EXECUTION,
    StateCritic,
    facts_of,
    right_facts,
    states_of,
)
from soundly.families.planning.tasks.execution_reading import format_state, read_state_facts
from soundly.families.planning.tasks.stated_edits import edited_facts
from soundly.families.planning.tasks.stated_plan import canonical_with_plan, plan_in, state_plan
from soundly.families.planning.tasks.stated_prompt import AnsweredExample, Asking

_ASKING = Asking(
    task="Say what is true after a plan: its actions are carried out from the initial state.",
    form=(
        "List every fact that is true after the last action of the plan, one a line, in the words "
        "used above or as in (on a b). Facts that no action can change may be left out. Write them "
        "and nothing else between the lines [ANSWER] and [ANSWER END]."
    ),
    goal=False,
)


def execution_problem(problem: Problem, plan: Plan, *, family: str) -> Problem:
    """The planning problem with a plan, to be told what is true after it; its goal is not shown.

    Raises `ProblemError` for a plan with a step that cannot be carried out.
    """
    stated = state_plan(problem, plan, family=family, asked=EXECUTION)
    states_of(stated)
    return stated


@dataclass(frozen=True, slots=True)
class ExecutionFamily:
    """Plans that run, from a world's problems; asked is the state that they lead to.

    Solutions are sorted tuples of facts as PDDL, ``(on a b)`` or ``(not (clear a))``.
    """

    name: str
    base: DrawnFamily
    critic: StateCritic = field(default_factory=StateCritic)

    @property
    def dial(self) -> Dial:
        """The sizes of the world."""
        return self.base.dial

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """The executor, which computes the answer."""
        return (PlanRunner(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The world's instance of this size and seed, and a valid plan or its first steps."""
        rng = Random(f"{self.name} {size} {seed}")  # noqa: S311 - instances are not secrets
        right = self.base.draw_solved(size=size, seed=seed)
        stated = execution_problem(right.problem, _prefix(right.plan, rng), family=self.name)
        return replace(stated, name=f"{self.name}-{size}-{seed}")

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in the names of objects, or in the goal."""
        return canonical_with_plan(problem, plan_in(problem, asked=EXECUTION), goal=False)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The initial state and the plan as one user message.

        With thoughts, worked examples say after each step what it changed.
        """
        plan = plan_in(problem, asked=EXECUTION)
        examples = list(islice(self._examples(problem), style.examples)) if style.examples else []
        phrases = self.base.planning.phrases
        return _ASKING.conversation((problem, plan), style, phrases=phrases, examples=examples)

    def _examples(self, problem: Problem) -> Iterator[AnsweredExample]:
        rng = Random(problem.digest)  # noqa: S311 - the same examples every time
        for right in self.base.planning.examples(problem, 8):
            plan = _prefix(right.plan, rng)
            stated = execution_problem(right.problem, plan, family=self.name)
            if right_facts(stated) != right_facts(problem):
                yield AnsweredExample(stated, plan, right_facts(stated))

    def read(self, problem: Problem, text: str) -> Reading:
        """The facts that an answer lists, as `read_state_facts` describes."""
        return read_state_facts(text, _reader(self, problem))

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The facts as evidence; the kernel runs the plan for itself."""
        evidence = {"answer": list(facts_of(candidate))}
        return certify(problem, claim="solved", kind="pddl-state", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A state with one fact changed, or two.

        Raises `UsageError` for an answer that lists no facts.
        """
        reading = self.read(problem, answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of lists of facts, not of {answer!r:.80}")
        facts = list(facts_of(Candidate(reading.solution, reading.canonical, "near-miss")))
        for _ in range(rng.choice((1, 2))):
            facts = edited_facts(facts, task_of(problem), rng)
        return format_state(tuple(facts))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the facts are those that the textbook's executor ends with."""
        required, true = _by_the_textbook(problem)
        given = set(facts_of(candidate))
        predicates = task_of(problem).domain.predicates
        for entry in given - true:
            words = entry.removeprefix("(not (").removesuffix("))").split(" ")
            known = words[0] in predicates and predicates[words[0]].arity == len(words) - 1
            if not entry.startswith("(not (") or not known or f"({' '.join(words)})" in true:
                return False
        return required <= given


@dataclass(frozen=True, slots=True)
class PlanRunner:
    """Runs the plan and lists what is true then."""

    name: str = "plan-runner"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The right answer; raises `ProblemError` for a problem of another task."""
        return SolverFound(format_state(right_facts(problem)))


def _prefix(plan: Plan, rng: Random) -> Plan:
    """At least one step of the plan where it has any, and as likely any number of them."""
    return plan[: rng.randint(1, len(plan))] if plan else plan


@lru_cache(maxsize=64)
def _by_the_textbook(problem: Problem) -> tuple[set[str], set[str]]:
    """The facts that have to be listed, and all that may be."""
    task = task_of(problem)
    state = task.init
    for line in problem.statement["plan"].splitlines():
        state = naive.successor(task, state, tuple(line[1:-1].split()))
    true = {"(" + " ".join(atom) + ")": atom[0] for atom in state}
    return {text for text, name in true.items() if not task.is_static(name)}, set(true)


@lru_cache(maxsize=64)
def _reader(family: ExecutionFamily, problem: Problem) -> FactReader:
    return FactReader.of(task_of(problem), family.base.planning.phrases)


def execution_of(family: DrawnFamily) -> ExecutionFamily:
    """Plan execution with the instances of a family; it is called ``NAME-execution``."""
    return ExecutionFamily(f"{family.name}-execution", family)


def blocksworld_execution() -> ExecutionFamily:
    """What is true after a plan for Blocksworld."""
    return execution_of(blocksworld())


def mystery_blocksworld_execution() -> ExecutionFamily:
    """What is true after a plan for Blocksworld in misleading words."""
    return execution_of(mystery_blocksworld())
