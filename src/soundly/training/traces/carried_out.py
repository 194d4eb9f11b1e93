"""Solutions in words, carried out on a space operator by operator."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from soundly.core.notation import SearchSpace, Words


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """``steps`` are the operators and the states that they led to, as far as they could be done.

    ``state`` is the last one. ``unread`` is the index of the first word that begins no operator
    that can be done there; None where all words were carried out.
    """

    state: Hashable
    steps: tuple[tuple[Words, Hashable], ...]
    unread: int | None


def carried_out(space: SearchSpace, words: Words) -> CarriedOut:
    """The words carried out from the start.

    Where one operator's words begin with another's, the longer is taken; in the notations here
    that never happens.
    """
    state, place = space.start, 0
    steps: list[tuple[Words, Hashable]] = []
    while place < len(words):
        fitting = [
            step
            for step in space.successors(state)
            if words[place : place + len(step[0])] == step[0]
        ]
        operator, after = max(fitting, key=lambda step: len(step[0]), default=((), state))
        if not operator:
            return CarriedOut(state, tuple(steps), place)
        steps.append((operator, after))
        state, place = after, place + len(operator)
    return CarriedOut(state, tuple(steps), None)
