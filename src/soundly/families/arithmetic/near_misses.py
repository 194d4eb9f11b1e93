"""Right answers with one or two edits: what a checker has to tell from right ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import TypeAlias

from soundly.core.candidate import Found
from soundly.families.arithmetic.answers import read_answer
from soundly.families.arithmetic.statement import Task

Tokens: TypeAlias = list[str]

_TOKEN = re.compile(r"[0-9]+|[-+*/()=\n]")
_SIGNS = "+-*/"


def edited(task: Task, answer: str, rng: Random) -> str:
    """The answer with one edit or two, in an answer block; the result may still be right.

    Raises `ValueError` for an answer in which nothing can be read.
    """
    reading = read_answer(answer)
    if not isinstance(reading, Found):
        raise ValueError(f"no arithmetic in {answer!r:.80}")
    tokens: Tokens = _TOKEN.findall(reading.canonical)
    for _ in range(rng.choice((1, 1, 2))):
        if tokens:
            _EDITS[rng.choice(tuple(_EDITS))](tokens, task, rng)
    return f"[ANSWER]\n{' '.join(tokens)}\n[/ANSWER]"


def _another_number(tokens: Tokens, task: Task, rng: Random) -> None:
    numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
    if numbers:
        place = rng.choice(numbers)
        beside = (abs(int(tokens[place]) - 1), int(tokens[place]) + 1, task.target)
        tokens[place] = str(rng.choice((*beside, *task.numbers)))


def _another_sign(tokens: Tokens, task: Task, rng: Random) -> None:  # noqa: ARG001
    signs = [place for place, token in enumerate(tokens) if token in _SIGNS]
    if signs:
        tokens[rng.choice(signs)] = rng.choice(_SIGNS)


def _one_less(tokens: Tokens, task: Task, rng: Random) -> None:  # noqa: ARG001
    del tokens[rng.randrange(len(tokens))]


def _one_twice(tokens: Tokens, task: Task, rng: Random) -> None:  # noqa: ARG001
    place = rng.randrange(len(tokens))
    tokens.insert(place, tokens[place])


def _two_exchanged(tokens: Tokens, task: Task, rng: Random) -> None:  # noqa: ARG001
    one, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]


def _bracketed(tokens: Tokens, task: Task, rng: Random) -> None:  # noqa: ARG001
    first, last = sorted((rng.randrange(len(tokens)), rng.randrange(len(tokens))))
    tokens.insert(last + 1, ")")
    tokens.insert(first, "(")


def _unbracketed(tokens: Tokens, task: Task, rng: Random) -> None:  # noqa: ARG001
    for bracket in "()":
        places = [place for place, token in enumerate(tokens) if token == bracket]
        if places:
            del tokens[rng.choice(places)]


def _used_again(tokens: Tokens, task: Task, rng: Random) -> None:
    tokens += [rng.choice(_SIGNS), str(rng.choice(task.numbers))]


def _said(tokens: Tokens, task: Task, rng: Random) -> None:
    tokens += ["=", str(task.target + rng.choice((-1, 0, 1)))]


_EDITS: Mapping[str, Callable[[Tokens, Task, Random], None]] = {
    edit.__name__: edit
    for edit in (
        _another_number,
        _another_sign,
        _one_less,
        _one_twice,
        _two_exchanged,
        _bracketed,
        _unbracketed,
        _used_again,
        _said,
    )
}
