"""A stored answer together with the problem that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from soundly.bench.planbench.entries import Said, plan_in, said_in
from soundly.bench.planbench.json_types import required
from soundly.bench.planbench.oddity import OddFieldError
from soundly.bench.planbench.settings import Setting
from soundly.bench.planbench.wording import asked_in_words
from soundly.core.errors import ProblemError
from soundly.core.problem import Problem
from soundly.families.planning.pddl import (
    Domain,
    Plan,
    format_problem,
    parse_domain,
    parse_problem,
)
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.reading import Lexicon
from soundly.families.planning.validator import Validator

PLAN_TASKS = ("task_1", "task_2", "task_4", "task_5", "task_6", "task_8")
OTHER_TASKS = {"task_3": "verification", "task_7": "execution"}
"""Tasks whose answer is no plan."""

INSTANCE_TASKS = ("task_1", "task_2")
"""Tasks whose problem is the instance itself; the others state theirs in the prompt."""

KEPT = 600
"""Problems kept parsed: more than the largest set has, since every model answers the same ones."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One stored answer to a task that asks for a plan, with the problem that it is about."""

    file: str
    task: str
    place: int
    said: Said
    extracted: Plan
    problem: Problem
    phrases: Phrases = field(repr=False)
    unsolvable: bool = False

    @property
    def raw(self) -> str:
        """The model's text."""
        return self.said.text

    @property
    def label(self) -> bool | None:
        """The stored verdict."""
        return self.said.label

    @property
    def name(self) -> str:
        """Where to find it: file, position in the file, turn."""
        turn = f", turn {self.said.turn}" if self.said.turn else ""
        return f"{self.file}, entry {self.place}{turn}"


def asks_for_a_plan(task: str) -> bool:
    """Whether the answer to a task is a plan; raises `OddFieldError` for no task of PlanBench."""
    if task.startswith(PLAN_TASKS):
        return True
    if task.startswith(tuple(OTHER_TASKS)):
        return False
    raise OddFieldError("task", f"is {task!r:.60} by the file's name, wanted task_1 to task_8")


def problem_of(setting: Setting, task: str, entry: Mapping[str, Any]) -> Problem:
    """The problem as it was asked: an instance, or what the prompt says where it was changed.

    Raises `OddFieldError` where the entry names no instance of the set, or the prompt cannot be
    read, or the PDDL cannot.
    """
    if "instance_id" not in entry:
        raise OddFieldError("instance_id", "is missing")
    number = entry["instance_id"]
    try:
        if task.startswith(INSTANCE_TASKS):
            name, text = setting.instance(number)
        else:
            query = required(entry, "query", str)
            name = f"instance-{number}"
            text = format_problem(asked_in_words(query, _domain(setting.domain), setting.phrases))
        problem = Problem("planning", name, {"domain": setting.domain, "problem": text})
        validator_of(*texts_of(problem))
    except ProblemError as error:
        message = f"names a problem that cannot be read: {error}"
        raise OddFieldError("instance_id", message) from error
    return problem


def answers_in(
    file: str, task: str, place: int, entry: Mapping[str, Any], setting: Setting
) -> list[Answer]:
    """The answers of one entry of a task that asks for a plan.

    Raises `OddFieldError` where a field that is needed is missing or odd.
    """
    said = said_in(entry)
    problem = problem_of(setting, task, entry)
    return [
        Answer(
            file=file,
            task=task,
            place=place,
            said=each,
            extracted=plan_in(each.extracted, setting.phrases),
            problem=problem,
            phrases=setting.phrases,
            unsolvable=setting.unsolvable,
        )
        for each in said
    ]


def texts_of(problem: Problem) -> tuple[str, str]:
    """The PDDL texts of domain and problem."""
    return problem.statement["domain"], problem.statement["problem"]


@lru_cache(maxsize=KEPT)
def lexicon_of(domain: str, problem: str, phrases: Phrases) -> Lexicon:
    """The lexicon of a problem; the last ones are kept."""
    return Lexicon.of(validator_of(domain, problem).task, phrases)


@lru_cache(maxsize=KEPT)
def validator_of(domain: str, problem: str) -> Validator:
    """The validator of a problem; the last ones are kept."""
    return Validator(parse_problem(problem, _domain(domain)))


@lru_cache(maxsize=64)
def _domain(text: str) -> Domain:
    return parse_domain(text)
