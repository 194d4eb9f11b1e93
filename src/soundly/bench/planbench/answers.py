"""A stored answer together with the problem that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
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
OTHER_TASKS = ("task_3", "task_7")
"""Verification and execution, whose answer is no plan."""

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
    if task.startswith(OTHER_TASKS):
        return False
    raise OddFieldError("task", f"is {task!r:.60} by the file's name, wanted task_1 to task_8")


def problem_of(setting: Setting, task: str, entry: Mapping[str, Any]) -> Problem:
    """The problem as it was asked: an instance, or what the prompt says where it was changed.

    Raises `OddFieldError` where the entry names no instance of the set, or the prompt cannot be
    read, or the PDDL cannot.
    """
    if "instance_id" not in entry:
        raise OddFieldError("instance_id", "is missing")
    path = setting.path_of(entry["instance_id"])
    if task.startswith(INSTANCE_TASKS):
        return _instance(setting, path)
    try:
        query = required(entry, "query", str)
        asked = asked_in_words(query, _domain(setting.domain), setting.phrases)
        return _problem(setting.domain, path.stem, format_problem(asked))
    except ProblemError as error:
        message = f"states a problem that cannot be read: {error}"
        raise OddFieldError("query", message) from error


@lru_cache(maxsize=KEPT)
def _instance(setting: Setting, path: Path) -> Problem:
    try:
        return _problem(setting.domain, path.stem, path.read_text("utf-8"))
    except (OSError, ValueError, ProblemError) as error:
        where = f"{path.parent.name}/{path.name}"
        reason = getattr(error, "strerror", None) or error
        message = f"names {where}, which cannot be read: {reason}"
        raise OddFieldError("instance_id", message) from error


def _problem(domain: str, name: str, text: str) -> Problem:
    """The problem, once it is seen to be readable."""
    validator_of(domain, text)
    return Problem("planning", name, {"domain": domain, "problem": text})


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


def forget() -> None:
    """Drop every problem that is kept parsed."""
    for kept in (_instance, lexicon_of, validator_of, _domain):
        kept.cache_clear()


@lru_cache(maxsize=64)
def _domain(text: str) -> Domain:
    return parse_domain(text)
