"""Answers of a map that are paid for once, or that are all there is."""

from __future__ import annotations

from collections.abc import Mapping

from soundly.bench.boundary.answers import Answer, AnswerFile, Said
from soundly.bench.boundary.fractal_map import Answered
from soundly.core.problem import Problem


def keeping(answered: Answered, file: AnswerFile, *, size: int) -> Answered:
    """The same answers, kept in the file as they come; what it holds for a seed is not asked.

    What broke is not kept, so that it is asked again. Raises `UsageError` as `AnswerFile.read`.
    """
    known = {each.seed: each.said for each in file.read() if each.size == size}

    async def answer(problem: Problem, seed: int) -> Said | None:
        if seed in known:
            return known[seed]
        said = await answered(problem, seed)
        if said in ("right", "wrong"):
            file.add(Answer(size, seed, said))
        return said

    return answer


def remembering(answered: Answered, said: dict[int, Said]) -> Answered:
    """The same answers, and each is written into ``said`` under its seed."""

    async def answer(problem: Problem, seed: int) -> Said | None:
        found = await answered(problem, seed)
        if found is not None:
            said[seed] = found
        return found

    return answer


def remembered(said: Mapping[int, Said]) -> Answered:
    """These answers by their seeds, and beyond them nothing, as where a budget is spent."""

    async def answer(_problem: Problem, seed: int) -> Said | None:
        return said.get(seed)

    return answer
