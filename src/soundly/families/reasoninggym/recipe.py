"""How an entry of a data set comes about: what a statement holds beside the question.

reasoning-gym's scorers judge an answer by the whole entry, key and metadata included. These are not
for a solver's eyes, so a problem does not carry them; it carries the recipe from which the sandbox
makes the entry again, and the question, so that an entry that comes out otherwise (another version
of the library) is noticed. Prompts show the question alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from soundly.core.errors import ProblemError
from soundly.core.problem import Problem

FAMILY = "reasoning-gym"

_FIELDS = ("configuration", "dataset", "index", "question", "seed")
_NAME = re.compile(r"[a-z0-9_]{1,60}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Recipe:
    """``configuration`` is a JSON object: the options of the data set, less seed and size."""

    dataset: str
    configuration: str
    seed: int
    index: int = 0

    def problem(self, name: str, question: str) -> Problem:
        """The problem that asks for this entry."""
        statement = {
            "dataset": self.dataset,
            "configuration": self.configuration,
            "seed": str(self.seed),
            "index": str(self.index),
            "question": question,
        }
        return Problem(f"{FAMILY}:{self.dataset}", name, statement)

    def request(self, ask: str, **more: object) -> dict[str, object]:
        """What the worker in the sandbox is asked about this entry."""
        return {
            "ask": ask,
            "dataset": self.dataset,
            "configuration": self.configuration,
            "seed": self.seed,
            "index": self.index,
            **more,
        }


def recipe_of(problem: Problem) -> Recipe:
    """The recipe that a problem states; raises `ProblemError` for a statement that is none."""
    stated = problem.statement
    if tuple(sorted(stated)) != _FIELDS:
        came = ", ".join(sorted(stated))
        raise ProblemError(f"a problem of {FAMILY} states {', '.join(_FIELDS)}; here came {came}")
    if not _NAME.fullmatch(stated["dataset"]):
        raise ProblemError(f"{stated['dataset']!r:.40} is no data set's name", source="dataset")
    named = problem.family.partition(":")[2]
    if named not in ("", stated["dataset"]):
        raise ProblemError(f"it is not {named}, the problem's family", source="dataset")
    for field in ("seed", "index"):
        if not _NUMBER.fullmatch(stated[field]):
            raise ProblemError(f"{stated[field]!r:.40} is no whole number from 0", source=field)
    configuration = stated["configuration"]
    try:
        options = json.loads(configuration) if len(configuration) <= _LONGEST else None
    except (ValueError, RecursionError) as error:
        raise ProblemError(f"it is no JSON: {error}", source="configuration") from error
    if not isinstance(options, dict) or {"seed", "size"} & set(options):
        raise ProblemError("wanted a JSON object without seed and size", source="configuration")
    return Recipe(stated["dataset"], configuration, int(stated["seed"]), int(stated["index"]))


def question_of(problem: Problem) -> str:
    """The question, which is all that a model is shown."""
    recipe_of(problem)
    return problem.statement["question"]
