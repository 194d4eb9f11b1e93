"""The planning family: any PDDL problem, put into words, read back, judged and certified."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import TypeAlias

from soundly.core.candidate import Candidate, Found, Reading
from soundly.core.certificate import Certificate, certify
from soundly.core.completion import Message
from soundly.core.continuing import Joined, Keep, Rest
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.explanation import Explanation
from soundly.core.family import Language, PromptStyle, SolverRun
from soundly.core.notation import Notation
from soundly.core.problem import Problem
from soundly.core.solver import Solver
from soundly.core.stepwise import Prefix, Steps
from soundly.families.planning import edits, naive, stepwise
from soundly.families.planning.canonical import canonical_form
from soundly.families.planning.chains import explain
from soundly.families.planning.continuing import joined, rest_of
from soundly.families.planning.critic import PlanCritic, plan_in, plan_of
from soundly.families.planning.ladder import Progression
from soundly.families.planning.notation import BlocksworldNotation
from soundly.families.planning.pddl import Task, format_atom, format_plan
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import PARSED_PROBLEMS_KEPT, task_of
from soundly.families.planning.prompts import WorkedExample, conversation
from soundly.families.planning.provers import ClosedSetProver, InvariantProver
from soundly.families.planning.reading import Lexicon, read_answer
from soundly.families.planning.rung import Rung
from soundly.families.planning.solver_run import EXAMPLES_TRIED, solver_runs
from soundly.families.planning.walks import walk_examples
from soundly.solvers.kairos import Kairos

Examples: TypeAlias = Callable[[Problem, int], Sequence[WorkedExample]]
"""Up to so many worked examples that suit a problem; fewer, or none, where there are no more."""


@dataclass(frozen=True, slots=True)
class PlanningFamily:
    """Planning problems under one name.

    ``phrases`` are the domain's own words, where it has some; ``examples`` finds worked examples
    for prompts, by default from random walks. ``ladder`` holds the procedures that prompts can
    teach; the first one also works the examples where thoughts are asked for and no procedure.
    ``examples_for`` has other examples for a rung by its name, where it is for some problems only.
    ``spelling`` is the canonical form. ``notation`` is for models that are trained on
    one, and refuses what it cannot say. Solutions are plans: tuples of ``(name, argument, …)`` in
    lower case.
    """

    name: str = "planning"
    phrases: Phrases = field(default_factory=Phrases)
    examples: Examples = walk_examples
    critic: PlanCritic = field(default_factory=PlanCritic)
    ladder: tuple[Rung, ...] = (Progression(),)
    examples_for: Mapping[str, Examples] = field(default_factory=dict, hash=False)
    spelling: Callable[[Task], str] = canonical_form
    notation: Notation | None = field(default_factory=BlocksworldNotation)

    def __post_init__(self) -> None:
        if not self.ladder:
            raise ValueError("the first rung of the ladder works the examples; there is none")

    @property
    def solvers(self) -> tuple[Solver, ...]:
        """A planner, then a quick prover of unsolvability, then one that tries every state."""
        return Kairos(), InvariantProver(), ClosedSetProver()

    @property
    def procedures(self) -> tuple[str, ...]:
        """The names of the ladder's rungs, from the general to the special."""
        return tuple(rung.name for rung in self.ladder)

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
        """The problem as one user message.

        Raises `ProblemError` for unreadable PDDL, `UnknownNameError` for a procedure that is not
        among `procedures`.
        """
        taught = None if style.procedure is None else self._rung(style.procedure)
        find = (
            self.examples if taught is None else self.examples_for.get(taught.name, self.examples)
        )
        examples = find(problem, style.examples) if style.examples else ()
        worked_by = taught or (self.ladder[0] if style.thoughts else None)
        return conversation(
            problem,
            style,
            phrases=self.phrases,
            examples=examples,
            taught=taught,
            worked_by=worked_by,
        )

    def solver_runs(
        self, problem: Problem, *, count: int, language: Language
    ) -> Sequence[SolverRun]:
        """Up to ``count`` best-first searches on worked examples, where they are short enough."""
        examples = self.examples(problem, count * EXAMPLES_TRIED)
        return solver_runs(examples, count=count, phrases=self.phrases, language=language)

    def _rung(self, name: str) -> Rung:
        for rung in self.ladder:
            if rung.name == name:
                return rung
        raise UnknownNameError(f"procedure of family {self.name!r}", name, self.procedures)

    def read(self, problem: Problem, text: str) -> Reading:
        """The plan that an answer proposes, as `soundly.families.planning.reading` describes."""
        return read_answer(text, _lexicon(problem, self.phrases))

    def explain(self, problem: Problem, text: str) -> Explanation:
        """What the answer's own chain of states is worth."""
        return explain(
            task_of(problem),
            text,
            self.read(problem, text),
            phrases=self.phrases,
            lexicon=_lexicon(problem, self.phrases),
        )

    def read_steps(self, problem: Problem, text: str) -> Steps:
        """The steps of the plan that `read` finds, each as PDDL."""
        reading = self.read(problem, text)
        if not isinstance(reading, Found):
            return ()
        return stepwise.steps_of(plan_of(Candidate(reading.solution, reading.canonical, "steps")))

    def judge_steps(self, problem: Problem, steps: Steps) -> Prefix:
        """How far the steps run, as `soundly.families.planning.stepwise.judge_steps` says."""
        return stepwise.judge_steps(problem, steps, self.notation)

    def spell_steps(self, problem: Problem, steps: Steps) -> str:  # noqa: ARG002 - plans read alike
        """The steps as a plan between its marks."""
        return "\n".join(("[PLAN]", *steps, "[PLAN END]"))

    def tell_steps(self, problem: Problem, prefix: Prefix) -> str:  # noqa: ARG002
        """The steps that stand, and the facts that hold behind them."""
        return stepwise.tell_steps(prefix)

    def rest(
        self, problem: Problem, solution: object, *, keep: Keep, most: int | None = None
    ) -> Rest:
        """What is left after the steps of a plan that are kept."""
        return rest_of(problem, plan_in(solution), keep=keep, most=most)

    def joined(self, problem: Problem, rest: Rest, text: str) -> Joined:  # noqa: ARG002
        """The kept steps and a planner's, as one plan."""
        return joined(rest, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence; the kernel runs it again from the problem's own texts."""
        steps = [format_atom(step) for step in plan_of(candidate)]
        return certify(problem, claim="solved", kind="pddl-plan", evidence={"plan": steps})

    def canonical_form(self, problem: Problem) -> str:
        """One spelling for all problems that differ in the names of objects alone."""
        return self.spelling(task_of(problem))

    def near_miss(self, problem: Problem, answer: str, rng: Random) -> str:
        """A plan with one or two edits, which may still be right, as an answer.

        Raises `UsageError` for an answer that holds no plan.
        """
        reading = self.read(problem, answer)
        if not isinstance(reading, Found):
            raise UsageError(f"near misses are made of plans, and this holds none: {answer!r:.80}")
        plan = plan_of(Candidate(reading.solution, reading.canonical, "near-miss"))
        edited = edits.near_miss(plan, task_of(problem), rng, edits=rng.choice((1, 2)))
        return f"[PLAN]\n{format_plan(edited)}[PLAN END]"

    def twin(self, problem: Problem, candidate: Candidate) -> bool:
        """Whether the plan is right by the textbook, state by state."""
        return naive.solves(task_of(problem), plan_of(candidate))


@lru_cache(maxsize=PARSED_PROBLEMS_KEPT)
def _lexicon(problem: Problem, phrases: Phrases) -> Lexicon:
    return Lexicon.of(task_of(problem), phrases)
