"""From an answer to the plan that it proposes: which piece of the text counts."""

from __future__ import annotations

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.planning.pddl import format_plan
from soundly.families.planning.reading.claims import find_claim, find_nothing_to_do
from soundly.families.planning.reading.lexicon import Lexicon
from soundly.families.planning.reading.lines import read_lines
from soundly.families.planning.reading.regions import (
    Region,
    fenced_blocks,
    plan_blocks,
    spoken_part,
)
from soundly.families.planning.reading.runs import Run, counting, find_runs
from soundly.families.planning.reading.strays import with_strays

WANTED = "write the plan between the lines [PLAN] and [PLAN END], one action a line"


def read_answer(text: str, lexicon: Lexicon) -> Reading:
    """The plan that an answer proposes, and nothing judged about it.

    What counts, the first of these that there is (thinking in ``<think>`` tags never counts):

    1. the last ``[PLAN]`` block that holds steps, or holds nothing at all: the empty plan;
    2. the last code fence that holds steps;
    3. a claim that there is no plan, where it stands behind the last list of steps;
    4. the last list of steps, see `find_runs` and `counting`;
    5. a sentence that no action is needed: the empty plan.

    Inside a block or a fence the same rule picks the last list. Steps are never taken from two
    lists, and a line that should be a step and is none stays in the plan as it was written, so
    that the plan is judged with it: within a list, and in a block of PDDL steps at its edges as
    well (see `with_strays`). Takes time in proportion to the text.
    """
    spoken = spoken_part(text)
    if spoken is None:
        return _unreadable("the answer ended while it was still thinking")
    for block in reversed(plan_blocks(text, spoken)):
        begins_inside = not block.opened and block.start == spoken.start
        if (block.opened or begins_inside) and not text[block.start : block.end].strip():
            return Found((), "", "")
        lines = list(read_lines(text, block.start, block.end, lexicon))
        if run := counting(find_runs(lines), lexicon):
            closed = block.end < spoken.end
            return _found(text, with_strays(run, lines, closed=closed) if block.opened else run)
    for block in reversed(fenced_blocks(text, spoken)):
        if run := _list_in(text, block, lexicon):
            return _found(text, run)
    return _read_prose(text, spoken, lexicon)


def _read_prose(text: str, spoken: Region, lexicon: Lexicon) -> Reading:
    run = _list_in(text, spoken, lexicon)
    rest = spoken if run is None else Region(run.lines[-1].end, spoken.end)
    if claim := find_claim(text, rest):
        return ClaimedUnsolvable(claim)
    if run is not None:
        return _found(text, run)
    if nothing := find_nothing_to_do(text, spoken):
        return Found((), "", nothing)
    if not text[spoken.start : spoken.end].strip():
        return _unreadable("the answer is empty")
    return _unreadable("no line of the answer reads as an action of this problem")


def _list_in(text: str, region: Region, lexicon: Lexicon) -> Run | None:
    return counting(find_runs(read_lines(text, region.start, region.end, lexicon)), lexicon)


def _found(text: str, run: Run) -> Found:
    plan = run.plan
    return Found(plan, format_plan(plan), text[run.lines[0].start : run.lines[-1].end])


def _unreadable(reason: str) -> Unreadable:
    return Unreadable(Critique("no-plan", reason, repair=WANTED))
