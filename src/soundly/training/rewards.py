"""Verified rewards: any family's critic as a reward function of trl's trainers.

They stand alone: a reward is called as ``reward(prompts=…, completions=…, **columns)`` and gives 1,
0 or None for each completion, which is what trl asks for. The columns say which problem a
completion answers: either ``statement`` (and perhaps ``name``), as `columns_of` makes them, or
``size`` and ``seed`` for a family that draws. A column ``family`` is checked where there is one.

>>> from soundly.config.families import make_family
>>> family = make_family("game24")
>>> problem = family.draw(size=4, seed=1)
>>> reward = verified_reward(family)
>>> row = columns_of(problem)
>>> reward(prompts=["…"], completions=["I would rather not."], statement=[row["statement"]])
[0.0]

A reward cannot be talked round. It is 1 only where a *sound* critic accepted what the family's own
reader found: a prompt said again, an empty answer, or several answers at once give 0. Where the
critic broke or could not tell there is no reward: trl leaves a None out of its step, while a 0
would teach that the answer was wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from anyio.from_thread import start_blocking_portal

from soundly.core.candidate import Reading
from soundly.core.errors import UsageError
from soundly.core.family import Draws, Family
from soundly.core.notation import Notated, Notation
from soundly.core.problem import Problem
from soundly.training.judging import Counts, Judged, judged, require_sound
from soundly.training.vocabulary import Vocabulary
from soundly.training.written import reading_of

Completion: TypeAlias = str | Sequence[Mapping[str, Any]]
"""A text, or a conversation as trl gives it, whose last message is the answer."""
Row: TypeAlias = Mapping[str, Any]
"""One completion's columns, `completion_ids` among them."""
Listener: TypeAlias = Callable[[Sequence[Judged], Sequence[Row]], None]
"""Told of every answer's fate, in order, with its row, before the rewards are returned."""
Reader: TypeAlias = Callable[[Problem, Completion, Row], Reading]


def verified_reward(family: Family, *, heard: Listener | None = None) -> VerifiedReward:
    """The reward for answers in text, to the family's own prompts.

    Raises `UsageError` for a family whose critic is not sound.
    """
    return VerifiedReward(
        family, lambda problem, completion, _: family.read(problem, text_of(completion)), heard
    )


def notation_reward(
    family: Family, *, vocabulary: Vocabulary | None = None, heard: Listener | None = None
) -> VerifiedReward:
    """The reward for answers in the family's notation, as models trained on its words give them.

    The column ``labels`` says how each problem's names were numbered; without it they are as the
    notation numbers them. With a ``vocabulary``, answers are read off ``completion_ids``, so that
    a padding word in the middle is seen, which decoding leaves out. Raises `UsageError` for a
    family without a notation, or whose critic is not sound.
    """
    notation = notation_of(family)

    def read(problem: Problem, completion: Completion, row: Row) -> Reading:
        statement = notation.state(problem)
        labels = row.get("labels") or range(len(statement.names))
        if vocabulary is None or row.get("completion_ids") is None:
            words = tuple(text_of(completion).split())
        else:
            words = vocabulary.decode(row["completion_ids"])
        return reading_of(words, statement, labels, lambda text: family.read(problem, text))

    return VerifiedReward(family, read, heard)


def notation_of(family: object) -> Notation:
    """The family's notation; raises `UsageError` where it has none."""
    if isinstance(family, Notated) and family.notation is not None:
        return family.notation
    raise UsageError(f"family {getattr(family, 'name', family)!r} has no notation")


def columns_of(problem: Problem) -> dict[str, str]:
    """The problem as columns of a data set; ``statement`` is JSON."""
    statement = json.dumps(dict(problem.statement), ensure_ascii=False)
    return {"family": problem.family, "name": problem.name, "statement": statement}


def problem_of(family: Family, row: Row) -> Problem:
    """The problem that a row's columns name; raises `UsageError` where they name none."""
    if (name := row.get("family", family.name)) != family.name:
        raise UsageError(f"a row of family {name!r} came, wanted {family.name!r}")
    if row.get("statement") is not None:
        try:
            return Problem(family.name, row.get("name") or "row", json.loads(row["statement"]))
        except (ValueError, TypeError) as error:
            raise UsageError(f"{row['statement']!r:.80} is no statement: {error}") from error
    if row.get("size") is not None and row.get("seed") is not None and isinstance(family, Draws):
        return family.draw(size=row["size"], seed=row["seed"])
    raise UsageError(f"no problem in columns {sorted(row)}: wanted statement, or size and seed")


def text_of(completion: Completion) -> str:
    """The answer's text; a conversation's last message."""
    if isinstance(completion, str):
        return completion
    content = completion[-1].get("content") if completion else ""
    return content if isinstance(content, str) else ""


class VerifiedReward:
    """A critic's verdicts as rewards: 1 accepted, 0 wrong or unreadable, None not judged.

    Answers are judged one after the other, on an event loop of the reward's own, so it can be
    called wherever no loop is held up by it. Equal answers to one problem are judged each.
    """

    def __init__(self, family: Family, reader: Reader, heard: Listener | None = None) -> None:
        require_sound(family)
        self._family = family
        self._reader = reader
        self._heard = heard
        self.__name__ = f"verified_{family.name}".replace("-", "_")

    def __call__(
        self,
        prompts: Sequence[Any],
        completions: Sequence[Completion],
        *,
        log_metric: Callable[[str, float], None] | None = None,
        **columns: Any,  # noqa: ANN401 - whatever columns the data set has
    ) -> list[float | None]:
        """The rewards, in order.

        ``log_metric`` is trl's: the shares of unreadable, undecided and broken answers are logged
        through it. Raises `UsageError` where a row names no problem of the family.
        """
        rows = _rows(columns, len(prompts))
        answers = self._judged(completions, rows)
        if self._heard is not None:
            self._heard(answers, rows)
        if log_metric is not None and answers:
            counts = Counts.of(answers)
            for fate in ("unreadable", "undecided", "broken"):
                log_metric(f"verified/{fate}", getattr(counts, fate) / len(answers))
        return [each.reward for each in answers]

    def judged(
        self,
        prompts: Sequence[Any],
        completions: Sequence[Completion],
        **columns: Any,  # noqa: ANN401 - whatever columns the data set has
    ) -> list[Judged]:
        """The fate of each completion, in order; nobody else is told of it."""
        return self._judged(completions, _rows(columns, len(prompts)))

    def _judged(self, completions: Sequence[Completion], rows: Sequence[Row]) -> list[Judged]:
        with start_blocking_portal() as portal:
            return portal.call(self._all, completions, rows)

    async def _all(self, completions: Sequence[Completion], rows: Sequence[Row]) -> list[Judged]:
        return [await self._one(*each) for each in zip(completions, rows, strict=True)]

    async def _one(self, completion: Completion, row: Row) -> Judged:
        problem = problem_of(self._family, row)
        return await judged(self._family, problem, lambda: self._reader(problem, completion, row))


def _rows(columns: Mapping[str, Any], count: int) -> list[Row]:
    """Columns as rows; what is no list of ``count`` values, as trl's state is not, falls away."""
    lists = {
        name: values
        for name, values in columns.items()
        if isinstance(values, (list, tuple)) and len(values) == count
    }
    return [{name: values[place] for name, values in lists.items()} for place in range(count)]
