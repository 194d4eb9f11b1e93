"""Our side of the sandbox in which reasoning-gym runs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from soundly.core.errors import CriticError, FamilyError, UnknownNameError, UsageError
from soundly.core.problem import Problem
from soundly.critics.sandbox import Limits, Sandbox
from soundly.families.reasoninggym.recipe import Recipe, recipe_of

MODULE = "soundly.families.reasoninggym.worker"
LIMITS = Limits(max_seconds=10.0, max_memory_mb=4096)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as its data set made it; ``key`` is its stored answer, where it has one."""

    question: str
    key: str | None
    metadata: dict[str, Any]


@cache
def sandbox() -> Sandbox:
    """The one sandbox of this process, started when it is first asked for something.

    Raises `FamilyError` where reasoning-gym is not installed.
    """
    if find_spec("reasoning_gym") is None:
        raise FamilyError("reasoning-gym is not installed: pip install soundly[reasoning-gym]")
    return Sandbox(MODULE, LIMITS)


def names() -> tuple[str, ...]:
    """The names of all data sets that the installed reasoning-gym has."""
    try:
        said = sandbox().call_now({"ask": "describe", "dataset": ""})
    except CriticError as error:
        raise FamilyError(str(error)) from error
    return tuple(said["known"])


@cache
def levels(dataset: str) -> int:
    """How many levels the data set's curriculum has, 1 where there is none.

    Raises `UnknownNameError` for what is no data set of reasoning-gym.
    """
    said = _asked({"ask": "describe", "dataset": dataset})
    return int(said["levels"])


@cache
def configuration(dataset: str, level: int) -> str:
    """The options of a level, from 1, as JSON in one spelling; seed and size are left out."""
    highest = levels(dataset)
    if not 1 <= level <= highest:
        raise UsageError(f"size is {level}, and {dataset} has levels 1 to {highest}")
    options = _asked({"ask": "configuration", "dataset": dataset, "level": level})
    return json.dumps(options, sort_keys=True)


def entry(recipe: Recipe) -> Entry:
    """The entry that a recipe makes; raises `FamilyError` where the data set breaks."""
    said = _asked(recipe.request("entry"))
    question, key = said.get("question"), said.get("key")
    if not isinstance(question, str) or not isinstance(key, str | None):
        raise FamilyError(f"{recipe.dataset} made an entry without a question")
    return Entry(question, key, said["metadata"])


def entry_of(problem: Problem) -> Entry:
    """The entry that a problem was drawn from."""
    return entry(recipe_of(problem))


async def score(problem: Problem, text: str) -> float:
    """What the data set's scorer gives for an answer, any number at all.

    Raises `CriticError` where it crashes, takes too long, gives no number, or where the entry does
    not come out as the problem states it.
    """
    recipe = recipe_of(problem)
    request = recipe.request("score", answer=text, question=problem.statement["question"])
    try:
        said = await sandbox().call(request)
    except FamilyError as error:
        raise CriticError(str(error)) from error
    match said:
        case {"score": float(number)}:
            return number
        case {"no_number": shown}:
            raise CriticError(f"the scorer of {recipe.dataset} gave {shown}, wanted a number")
        case {"other_question": shown}:
            raise CriticError(
                f"{recipe.dataset} makes another entry of this recipe, so the problem was drawn "
                f"with another version of reasoning-gym: {shown!r:.100}"
            )
        case {"known": _}:
            raise CriticError(f"reasoning-gym has no data set {recipe.dataset!r}")
    raise CriticError(f"the scorer of {recipe.dataset} said {said!r:.100}")


def _asked(request: dict[str, object]) -> dict[str, Any]:
    try:
        said = sandbox().call_now(request)
    except CriticError as error:
        raise FamilyError(f"{request['dataset']}: {error}") from error
    if not isinstance(said, dict):
        raise FamilyError(f"{request['dataset']}: {said!r:.80} came, wanted an object")
    if isinstance(known := said.get("known"), list) and request["dataset"] not in known:
        raise UnknownNameError("data set of reasoning-gym", str(request["dataset"]), known)
    return said
