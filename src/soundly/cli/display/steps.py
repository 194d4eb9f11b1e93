"""A candidate's steps, numbered, with the failing one marked, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from soundly.cli.visible import visible

AROUND = 3
_WIDEST = 400
_OPENING, _CLOSINGS = "[ANSWER]", ("[ANSWER END]", "[/ANSWER]")


def answer_lines(canonical: str) -> list[str]:
    """The lines of an answer, without the marks that a family puts around it for a reader."""
    inside = canonical.strip()
    closing = next((mark for mark in _CLOSINGS if inside.endswith(mark)), None)
    if closing and inside.startswith(_OPENING):
        inside = inside.removeprefix(_OPENING).removesuffix(closing)
    return inside.strip("\n").splitlines()


def with_marks(answer: str, canonical: str) -> str:
    """An answer that a person wrote, between the marks that ``canonical`` has and it has not."""
    inside = canonical.strip()
    closing = next((mark for mark in _CLOSINGS if inside.endswith(mark)), None)
    if closing is None or not inside.startswith(_OPENING) or _OPENING in answer:
        return answer
    return f"{_OPENING}\n{answer}\n{closing}"


def step_table(
    steps: Sequence[str],
    *,
    failing: Collection[int] = (),
    most: int = 24,
    reached: int | None = None,
    missed: bool = False,
) -> Table:
    """The steps, numbered from 1, with a cross at each failing one.

    Of more than ``most`` steps only the first, the last and those around a failure are shown, with
    a count of what is left out. Steps behind ``reached`` never ran, and are dim. ``missed`` says
    that the last step did not reach the goal.
    """
    table = Table.grid(padding=(0, 1))
    table.add_column(width=2, justify="right")
    table.add_column(justify="right", style="label", no_wrap=True)
    table.add_column(overflow="fold")
    before = 0
    for number in _shown(len(steps), failing, most):
        if number > before + 1:
            gap = number - before - 1
            table.add_row("", "", Text(f"… {gap:,} more step{'s' if gap > 1 else ''} …", "quiet"))
        mark, style = "", "step"
        if number in failing:
            mark, style = "✗", "bad"
        elif reached is not None and number > reached:
            style = "quiet"
        text = visible(steps[number - 1])
        shown = text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"
        table.add_row(Text(mark, "bad"), str(number), Text(shown, style))
        before = number
    if missed:
        table.add_row(Text("✗", "bad"), "", Text("the goal is not reached", "bad"))
    return table


def _shown(count: int, failing: Collection[int], most: int) -> Iterator[int]:
    if count <= most:
        yield from range(1, count + 1)
        return
    centre = min((number for number in failing if 1 <= number <= count), default=None)
    if centre is None:
        first, last = most - AROUND, range(count - AROUND + 1, count + 1)
        yield from range(1, first + 1)
        yield from last
        return
    window = range(max(1, centre - most // 2), min(count, centre + AROUND) + 1)
    numbers = {*range(1, AROUND + 1), *window, count}
    yield from sorted(numbers)
