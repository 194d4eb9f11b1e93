"""What experiments share: answers of a model on disk, one JSON line each, and shares of them.

An answer that stands there is not asked for again, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TypeAlias, TypeVar

import anyio
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from scipy.stats import binomtest

from soundly.config.generators import open_model
from soundly.core.completion import Generator
from soundly.core.errors import UsageError

Record: TypeAlias = dict[str, object]
"""One answer; its "question" says what was asked, by the question's own fields."""

QuestionT = TypeVar("QuestionT")


def answered(path: Path, question: Callable[..., QuestionT]) -> dict[QuestionT, Record]:
    """What a file of answers holds; a last line that was cut off is left out.

    Raises `UsageError` for any other line that is no answer.
    """
    found: dict[QuestionT, Record] = {}
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else [""]
    for number, line in enumerate(lines[:-1], start=1):
        try:
            record = json.loads(line)
            found[question(**record["question"])] = record
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}, line {number}: {line!r:.60} is no answer") from error
    return found


async def gather(
    wanted: Sequence[QuestionT],
    *,
    known: dict[QuestionT, Record],
    ask: Callable[[QuestionT, Generator], Awaitable[Record]],
    model: str,
    calls: int,
    path: Path,
) -> list[Record]:
    """Ask what is not known yet, several questions at once; all answers in the order wanted."""
    _mend(path)
    todo = [question for question in wanted if question not in known]
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    if todo:
        with path.open("a", encoding="utf-8") as out, Progress(*columns) as progress:
            done = len(wanted) - len(todo)
            task = progress.add_task("answers", total=len(wanted), completed=done)

            async def worker(queue: Iterator[QuestionT], generator: Generator) -> None:
                for question in queue:
                    known[question] = await ask(question, generator)
                    out.write(json.dumps(known[question], ensure_ascii=False) + "\n")
                    out.flush()
                    progress.advance(task)

            async with aclosing(open_model(model)) as opened:
                queue = iter(todo)
                async with anyio.create_task_group() as group:
                    for _ in range(calls):
                        group.start_soon(worker, queue, opened.generator)
    return [known[question] for question in wanted]


def wilson(count: int, answers: int) -> tuple[float, float]:
    """The 95% Wilson interval of a share."""
    interval = binomtest(count, answers).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def _mend(path: Path) -> None:
    """Cut off what stands behind the last whole line, which a killed run left behind."""
    if path.exists() and not (text := path.read_bytes()).endswith(b"\n"):
        path.write_bytes(text[: text.rfind(b"\n") + 1])
