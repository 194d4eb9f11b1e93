"""Answers that are no plan: a verdict on a plan that the prompt states, or the state after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyio.from_thread import BlockingPortal

from soundly.bench.planbench.answers import problem_of
from soundly.bench.planbench.entries import Said
from soundly.bench.planbench.judged import UNLABELLED, Judged, ruling_of
from soundly.bench.planbench.oddity import OddFieldError
from soundly.bench.planbench.settings import Setting
from soundly.bench.planbench.wording import plan_in_words
from soundly.core.candidate import Candidate, Found, Reading, Unreadable
from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.core.verdict import Critique
from soundly.critics.no_model import no_model
from soundly.families.planning.facts import FactReader
from soundly.families.planning.pddl import Plan
from soundly.families.planning.problems import task_of
from soundly.families.planning.tasks.execution import execution_problem
from soundly.families.planning.tasks.execution_critic import StateCritic
from soundly.families.planning.tasks.execution_reading import read_state_facts
from soundly.families.planning.tasks.verification import verification_problem
from soundly.families.planning.tasks.verification_critic import VerdictCritic
from soundly.families.planning.tasks.verification_reading import read_verdict

STATED_CLASSES = (
    "their facts differ",
    "explanation differs",
    "they dropped a fact",
)
"""What can differ besides the classes of plans, see ``docs/planbench-agreement.md``."""

_EXPLANATION = {"unmet-missing", "unmet-surplus", "not-a-fact"}
_SURPLUS = {"fact-false", "not-a-fact"}


def stated_problem(setting: Setting, task: str, entry: Mapping[str, Any]) -> tuple[Problem, Plan]:
    """The instance with the plan that the prompt states, and the plan.

    Raises `OddFieldError` where there is no such instance, or the plan is none of its domain, or
    cannot be carried out where the state after it is asked for.
    """
    instance = problem_of(setting, "task_1", entry)
    plan = plan_in_words(entry, setting.phrases)
    make = verification_problem if task.startswith("task_3") else execution_problem
    try:
        return make(instance, plan, family=f"planbench-{_kind(task)}"), plan
    except ProblemError as error:
        raise OddFieldError(
            "query", f"states a plan that cannot be asked about: {error}"
        ) from error


def judge_stated(
    setting: Setting, task: str, entry: Mapping[str, Any], said: Said, portal: BlockingPortal
) -> Judged:
    """Read and judge one answer; a verdict counts with its error and its explanation."""
    problem, plan = stated_problem(setting, task, entry)
    reader = FactReader.of(task_of(problem), setting.phrases)
    verifying = task.startswith("task_3")
    read = read_verdict(said.text, reader, plan) if verifying else None
    reading = read or read_state_facts(said.text, reader)
    accepted, critiques = False, tuple[Critique, ...]()
    if isinstance(reading, Found):
        critic = VerdictCritic() if verifying else StateCritic()
        candidate = Candidate(reading.solution, reading.canonical, said.bill.version or "planbench")
        verdict = portal.call(critic.judge, problem, candidate, no_model)
        accepted, critiques = verdict.accepted, verdict.critiques
    elif isinstance(reading, Unreadable):
        critiques = (reading.critique,)
    return Judged(
        said=said,
        problem=problem,
        ruling=ruling_of(reading, accepted=accepted),
        answer=_entries(reading),
        critiques=critiques,
        found=_class(task, entry, said, accepted=accepted, codes={each.code for each in critiques}),
        theirs=said.extracted,
    )


def _class(
    task: str, entry: Mapping[str, Any], said: Said, *, accepted: bool, codes: set[str]
) -> str:
    if said.label is None:
        return UNLABELLED
    if accepted is said.label:
        return "agree: accepted" if accepted else "agree: not accepted"
    if accepted:
        right = entry.get("parsed_ground_truth_plan", entry.get("ground_truth_plan"))
        same = _comparable(right) == _comparable(said.extracted)
        return "unexplained" if same else "their facts differ"
    if task.startswith("task_3") and codes <= _EXPLANATION:
        return "explanation differs"
    return "they dropped a fact" if codes <= _SURPLUS else "unexplained"


def _comparable(value: object) -> object:
    """A list of facts without its order."""
    return sorted(map(str, value)) if isinstance(value, list) else value


def _entries(reading: Reading) -> list[str] | None:
    solution = reading.solution if isinstance(reading, Found) else None
    return [str(entry) for entry in solution] if isinstance(solution, tuple) else None


def _kind(task: str) -> str:
    return "verification" if task.startswith("task_3") else "execution"
