"""Problems asked in the benchmark's own words, so that its recordings answer them in a session.

`import_planbench` writes what a model answered as a file for `Recorded`, which finds an answer by
the conversation before it. A family that asks in the very same words puts these answers through a
session: with its critic, its ledger, its trace and its certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from soundly.bench.planbench.answers import INSTANCE_TASKS, answers_in
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import OddFieldError, Oddity
from soundly.bench.planbench.walk import entries_in
from soundly.core.candidate import Candidate, Reading
from soundly.core.certificate import Certificate
from soundly.core.completion import Message
from soundly.core.errors import ProblemError, UsageError
from soundly.core.family import PromptStyle
from soundly.core.problem import Problem
from soundly.families.planning.critic import PlanCritic
from soundly.families.planning.family import PlanningFamily


@dataclass(frozen=True, slots=True)
class AsAsked:
    """The planning family under the prompts that one model was given.

    ``problems`` are those that it was asked about, each once, in the order of the file. ``asked``
    holds the conversation about each, by the problem's digest.
    """

    planning: PlanningFamily
    problems: tuple[Problem, ...]
    asked: Mapping[str, tuple[Message, ...]]

    def __post_init__(self) -> None:
        if {problem.digest for problem in self.problems} != set(self.asked):
            raise ValueError("wanted one conversation for each problem, and no other")

    @property
    def name(self) -> str:
        """The name that its problems carry."""
        return self.planning.name

    @property
    def critic(self) -> PlanCritic:
        """The validator."""
        return self.planning.critic

    def render(self, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:  # noqa: ARG002
        """The stored conversation, whatever the style; `ProblemError` where there is none."""
        if problem.digest not in self.asked:
            raise ProblemError(f"problem {problem.name!r} was not asked in this file")
        return self.asked[problem.digest]

    def read(self, problem: Problem, text: str) -> Reading:
        """The plan that an answer proposes, in the words of the domain's configuration."""
        return self.planning.read(problem, text)

    def certify(self, problem: Problem, candidate: Candidate) -> Certificate:
        """The plan as evidence."""
        return self.planning.certify(problem, candidate)


def as_asked(
    folder: Path, oddities: list[Oddity], *, domain: str, model: str, task: str
) -> AsAsked:
    """The problems that a model was asked in a PlanBench folder's results for a domain and a task.

    Faults are appended to ``oddities``. Raises `UsageError` where the folder is no PlanBench, or
    the task does not ask about the instances themselves, or nothing was asked.
    """
    if not task.startswith(INSTANCE_TASKS):
        raise UsageError(f"task is {task!r:.60}, wanted one that asks about instances: task_1 or 2")
    problems: dict[str, Problem] = {}
    asked: dict[str, tuple[Message, ...]] = {}
    planning = PlanningFamily()
    for entry in entries_in(Layout.of(folder), oddities, wanted=lambda name: name == task):
        place = entry.place
        if (place.set, place.model) != (domain, model):
            continue
        planning = PlanningFamily(phrases=entry.setting.phrases)
        try:
            answers = answers_in(entry.file, task, entry.number, entry.fields, entry.setting)
        except OddFieldError as error:
            oddities.append(Oddity(entry.file, str(error), entry.number, error.field, skipped=1))
            continue
        problem = answers[0].problem
        problems.setdefault(problem.digest, problem)
        asked.setdefault(problem.digest, answers[0].said.asked)
    if not problems:
        raise UsageError(f"{folder}: {model} has no answers to {task} in {domain}")
    return AsAsked(planning, tuple(problems.values()), asked)
