"""Where a number stands beside each mark of a picture, so that no two cover each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

Place: TypeAlias = tuple[float, float]
"""From the left and from the top, in the units of the picture."""

_WIDTH, _HEIGHT = 13.0, 11.0
_AWAY = 10.0
_AROUND = ((0, -1), (0, 1), (-1, 0), (-1, -1), (-1, 1), (1, -1), (1, 1))


def label_places(marks: Sequence[Place], *, bottom: float) -> list[Place]:
    """The middle of each mark's label: above it, else below, else at its left, else further off.

    A label is as wide as two small digits. It stands on no mark, on no other label and not below
    ``bottom``, unless there is no room within three steps from its mark; then it stands above.
    """
    found: list[Place] = []
    for mark in marks:
        taken = [*found, *(each for each in marks if each != mark)]
        free = (
            place
            for place in _near(mark)
            if place[1] <= bottom and not any(_meet(place, each) for each in taken)
        )
        found.append(next(free, (mark[0], mark[1] - _AWAY)))
    return found


def _near(mark: Place) -> Iterator[Place]:
    for step in (1, 2, 3):
        for right, down in _AROUND:
            yield mark[0] + right * step * (_AWAY + 2), mark[1] + down * step * _AWAY


def _meet(one: Place, other: Place) -> bool:
    return abs(one[0] - other[0]) < _WIDTH and abs(one[1] - other[1]) < _HEIGHT
