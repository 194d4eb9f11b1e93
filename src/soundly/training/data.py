"""Examples from a family's generator and a solver: every solution judged, every form counted once.

What is kept from training is decided by what a problem *is*: by the digest of its statement in the
notation, which is the same for all problems that differ in names alone, and by the family's own
canonical form. So no seed, no renaming and no other wording brings an evaluation problem back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import anyio

from soundly.core.errors import StoreError, UsageError
from soundly.training.example import Example
from soundly.training.source import SEARCH, Source
from soundly.training.subject import Subject, form_of
from soundly.training.traces.kinds import tracing
from soundly.training.traces.swapped import swapped

_Piece: TypeAlias = tuple[int, range]
_Mapped: TypeAlias = Callable[
    [Callable[[_Piece], list[Example]], Sequence[_Piece]], Iterable[list[Example]]
]
_SEEDS_A_PIECE = 100
_TRIED_FIRST = 20


def examples_of(
    source: Source, *, excluded: Collection[str] = (), processes: int = 1
) -> Iterator[list[Example]]:
    """The source's examples in pieces, by size and then by seed: the same ones every time.

    Left out are held-out problems, those whose form is in ``excluded``, forms that came before,
    what the notation cannot say, and thoughts that are too long. With swapped thoughts all come in
    one piece. Raises `UsageError` for a family that cannot be trained on, `SolverError` for a
    teacher that errs.
    """
    _require_possible(source)
    behind = source.first_seed + source.instances
    pieces = [
        (size, range(first, min(first + _SEEDS_A_PIECE, behind)))
        for size in range(source.smallest, source.largest + 1)
        for first in range(source.first_seed, behind, _SEEDS_A_PIECE)
    ]
    seen = set(excluded)
    together: list[Example] = []
    with _mapping(processes) as mapped:
        for examples in mapped(partial(_examples, source), pieces):
            fresh = []
            for example in examples:
                if example.form not in seen:
                    seen.add(example.form)
                    fresh.append(example)
            if source.swapped:
                together += fresh
            else:
                yield fresh
    if source.swapped:
        yield _with_swapped_thoughts(together, seed=source.first_seed)


def _require_possible(source: Source) -> None:
    """Raises what is in the way where none of the first instances can be had."""
    in_the_way: UsageError | None = None
    for seed in range(source.first_seed, source.first_seed + _TRIED_FIRST):
        try:
            if anyio.run(_example, source, source.smallest, seed) is not None:
                return
        except UsageError as error:
            in_the_way = error
    if in_the_way is not None:
        raise in_the_way


def _examples(source: Source, piece: _Piece) -> list[Example]:
    size, seeds = piece

    async def solved() -> list[Example | None]:
        return [
            await _example(source, size, seed) for seed in seeds if _can_be_said(source, size, seed)
        ]

    return [each for each in anyio.run(solved) if each is not None]


def _can_be_said(source: Source, size: int, seed: int) -> bool:
    """Whether the notation has words for the instance; nothing else is passed over."""
    subject = Subject.of(source.family)
    problem = subject.draw(size, seed)
    try:
        subject.notation.state(problem)
        subject.notation.space(problem)
    except UsageError:
        return False
    return True


async def _example(source: Source, size: int, seed: int) -> Example | None:
    """The solved instance, or None where it is held out, or where its thought is too long."""
    subject = Subject.of(source.family)
    problem = subject.draw(size, seed)
    if subject.is_held_out(problem):
        return None
    statement = subject.notation.state(problem)
    space = subject.notation.space(problem)
    plan = None if source.teacher == SEARCH else await subject.solved(problem, source.teacher)
    written = tracing(source.trace).write(space, seed=seed, most_words=source.most_words, plan=plan)
    if written is None:
        return None
    if written.solution != plan:
        await subject.require_accepted(problem, written.solution)
    return Example(
        family=source.family,
        size=size,
        seed=seed,
        form=form_of(statement),
        statement=statement.words,
        names=len(statement.names),
        answer=written.solution,
        thought=written.trace,
    )


def _with_swapped_thoughts(examples: Sequence[Example], *, seed: int) -> list[Example]:
    thoughts = swapped(
        [each.thought for each in examples],
        [(each.size, each.names) for each in examples],
        seed=seed,
    )
    return [replace(e, thought=t) for e, t in zip(examples, thoughts, strict=True)]


@contextmanager
def _mapping(processes: int) -> Iterator[_Mapped]:
    """A map over so many processes, in order; in this one where it is one."""
    if processes == 1:
        yield map
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield pool.map


def write_examples(examples: Iterable[Example], path: Path) -> str:
    """Writes JSON Lines and returns the SHA-256 of what was written, to tell data sets apart."""
    digest = hashlib.sha256()
    try:
        with path.open("wb") as file:
            for example in examples:
                line = json.dumps(record_of(example), separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                file.write(line)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    return digest.hexdigest()


def read_examples(path: Path) -> Iterator[Example]:
    """The examples in a file that `write_examples` wrote; `UsageError` for any other line."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield _parsed(line, f"{path}, line {number}")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def record_of(example: Example) -> dict[str, object]:
    """The example as a line of a file has it: words as texts with blanks between them."""
    words = {name: " ".join(getattr(example, name)) for name in ("statement", "thought", "answer")}
    return asdict(example) | words


def _parsed(line: str, where: str) -> Example:
    try:
        document = json.loads(line)
        words = {n: tuple(document[n].split()) for n in ("statement", "thought", "answer")}
        return Example(**(document | words))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{where}: {line!r:.60} is no example") from error
