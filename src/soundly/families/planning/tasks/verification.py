"""Is this plan valid? PlanBench's verification task, in any world."""

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
from soundly.families.planning.blocksworld import blocksworld
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.edits import near_miss
from soundly.families.planning.facts import FactReader
from soundly.families.planning.hidden import mystery_blocksworld
from soundly.families.planning.pddl import Plan
from soundly.families.planning.problems import task_of, validator_of
from soundly.families.planning.resolve import Resolver
from soundly.families.planning.tasks.stated_edits import edited_facts
from soundly.families.planning.tasks.stated_plan import (
    canonical_with_plan,
    is_well_formed,
    plan_in,
    state_plan,
)
from soundly.families.planning.tasks.stated_prompt import AnsweredExample, Asking
from soundly.families.planning.tasks.verification_critic import (
    VERIFICATION,
    VerdictCritic,
    entries_of,
    right_verdict,
)
from soundly.families.planning.tasks.verification_reading import format_answer, read_verdict
from soundly.families.planning.tasks.verification_truth import (
    GOAL,
    INVALID,
    VALID,
    step_head,
    verdict_on,
)
from soundly.families.planning.tasks.verification_twin import right_answer

_ASKING = Asking(
    task=(
        "Check a plan: whether its actions can be carried out one after another from the initial "
        "state, and whether the goal holds at the end."
    ),
    form=(
        "If the plan is valid, the verdict is the one word: valid. If an action cannot be carried "
        "out, it is a line such as: invalid: step 3, with the number of the first such action, and "
        "below it each precondition of that action that is not met, one a line. If all actions can "
        "be carried out and the goal does not hold at the end, it is the line: invalid: goal, and "
        "below it each part of the goal that does not hold, one a line. Name them in the words "
        "used above or as in (on a b), and what should be false as in (not (on a b)). Write the "
        "verdict and nothing else between the lines [ANSWER] and [ANSWER END]."
    ),
    goal=True,
)
_AIMS = (VALID, GOAL, INVALID)
_EDITS_TRIED = 60


def verification_problem(problem: Problem, plan: Plan, *, family: str) -> Problem:
    """The planning problem with a plan, to be told whether it is valid.

    Raises `ProblemError` for a plan with a step that names no action: such a step has no
    preconditions that could be named.
    """
    return state_plan(problem, plan, family=family, asked=VERIFICATION)


@dataclass(frozen=True, slots=True)
class VerificationFamily:
    """Plans for a world's problems, to be checked: valid ones, and near misses.

    Solutions are tuples: the verdict (``valid``, ``invalid: step 3``, ``invalid: goal``), then
    the unmet literals as PDDL.
    """

    name: str
    base: DrawnFamily
    critic: VerdictCritic = field(default_factory=VerdictCritic)

    @property
    def dial(self) -> Dial:
        """The sizes of the world."""
        return self.base.dial

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """The validator, which computes the answer."""
        return (Verifier(),)

    def draw(self, *, size: int, seed: int) -> Problem:
        """The world's instance of this size and seed with a plan, the same ones every time.

        A third of the plans are valid, a third stop at a step, a third miss the goal; wrong ones
        are a right one with an edit or two.
        """
        return self._drawn(size, seed, Random(f"{self.name} {size} {seed}"))  # noqa: S311

    def _drawn(self, size: int, seed: int, rng: Random) -> Problem:
        right = self.base.draw_solved(size=size, seed=seed)
        plan = _aimed(right.problem, right.plan, rng.choice(_AIMS), rng)
        stated = verification_problem(right.problem, plan, family=self.name)
        return replace(stated, name=f"{self.name}-{size}-{seed}")

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all instances that differ in the names of objects alone."""
        return canonical_with_plan(problem, plan_in(problem, asked=VERIFICATION), goal=True)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem and its plan as one user message.

        Worked examples are drawn without a look at the answer that is asked for, so that they do
        not give it away; with thoughts, they follow the state step by step.
        """
        plan = plan_in(problem, asked=VERIFICATION)
        examples = list(islice(self._examples(problem), style.examples)) if style.examples else []
        phrases = self.base.planning.phrases
        return _ASKING.conversation((problem, plan), style, phrases=phrases, examples=examples)

    def _examples(self, problem: Problem) -> Iterator[AnsweredExample]:
        rng = Random(problem.digest)  # noqa: S311 - the same examples every time
        for right in self.base.planning.examples(problem, 8):
            plan = _aimed(right.problem, right.plan, rng.choice(_AIMS), rng)
            answer = verdict_on(validator_of(right.problem), plan)
            yield AnsweredExample(right.problem, plan, answer)

    def read(self, problem: Problem, text: str) -> Reading:
        """The verdict that an answer gives, as `read_verdict` describes."""
        reader = _reader(self, problem)
        return read_verdict(text, reader, plan_in(problem, asked=VERIFICATION))

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The verdict as evidence; the kernel runs the plan for itself."""
        evidence = {"answer": list(entries_of(candidate))}
        return certify(problem, claim="solved", kind="pddl-verdict", evidence=evidence)

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A verdict with one part changed, or two.

        Raises `UsageError` for an answer that holds no verdict.
        """
        reading = self.read(problem, answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of verdicts, not of {answer!r:.80}")
        head, *unmet = entries_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        for _ in range(rng.choice((1, 2))):
            if rng.random() < 0.5:
                head = _other_head(head, len(plan_in(problem, asked=VERIFICATION)), rng)
            else:
                unmet = edited_facts(unmet, task_of(problem), rng)
        return format_answer((head, *unmet))

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the verdict is the one that the textbook's validator gives."""
        head, unmet = right_answer(problem)
        given = entries_of(candidate)
        return given[:1] == (head,) and set(given[1:]) == unmet


@dataclass(frozen=True, slots=True)
class Verifier:
    """Runs the plan and says what becomes of it."""

    name: str = "plan-verifier"

    async def solve(self, problem: Problem) -> SolverAnswer:
        """The right answer; raises `ProblemError` for a problem of another task."""
        return SolverFound(format_answer(right_verdict(problem)))


def _aimed(problem: Problem, plan: Plan, aim: str, rng: Random) -> Plan:
    """A plan of which the verdict begins with ``aim``; the right plan where none came up."""
    if aim == VALID:
        return plan
    task, validator = task_of(problem), validator_of(problem)
    resolver = Resolver(task)
    for _ in range(_EDITS_TRIED):
        edited = near_miss(plan, task, rng, edits=rng.choice((1, 2)))
        if is_well_formed(resolver, edited):
            runs = validator.valid_prefix(edited) == len(edited)
            found = (VALID if validator.accepts(edited) else GOAL) if runs else INVALID
            if found == aim:
                return edited
    return plan[:-1] if aim == GOAL else plan


def _other_head(head: str, steps: int, rng: Random) -> str:
    number = head.rpartition(" ")[2]
    nearby = int(number) + rng.choice((-1, 1)) if number.isdigit() else rng.randint(1, steps + 1)
    hedged = f"{VALID} or {step_head(max(nearby, 1))}"
    return rng.choice((VALID, GOAL, INVALID, step_head(max(nearby, 1)), hedged))


@lru_cache(maxsize=64)
def _reader(family: VerificationFamily, problem: Problem) -> FactReader:
    return FactReader.of(task_of(problem), family.base.planning.phrases)


def verification_of(family: DrawnFamily) -> VerificationFamily:
    """Plan verification with the instances of a family; it is called ``NAME-verification``."""
    return VerificationFamily(f"{family.name}-verification", family)


def blocksworld_verification() -> VerificationFamily:
    """Plans for Blocksworld, to be checked."""
    return verification_of(blocksworld())


def mystery_blocksworld_verification() -> VerificationFamily:
    """Plans for Blocksworld in misleading words, to be checked."""
    return verification_of(mystery_blocksworld())
