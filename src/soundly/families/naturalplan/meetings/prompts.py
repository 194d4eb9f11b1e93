"""Days with friends as prompts: plain English or the statement's own rows."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.naturalplan.clock import clock_12
from soundly.families.naturalplan.meetings.day import Day, day_of
from soundly.families.naturalplan.meetings.draws import draw_day
from soundly.families.naturalplan.meetings.reading import format_plan
from soundly.families.naturalplan.meetings.solver import steps_of
from soundly.families.naturalplan.meetings.table import build

_TASK = (
    "Plan a day in a town. You can meet a friend only at the friend's place, while the friend is "
    "there, without a break, and for at least the minutes that are given. Nobody is met twice."
)
_FORM = (
    "Put your plan between the lines [ANSWER] and [ANSWER END], one step a line, in these forms "
    "and no others:\n\n"
    "You start at PLACE at TIME.\n"
    "You travel to PLACE in NUMBER minutes and arrive at TIME.\n"
    "You wait until TIME.\n"
    "You meet NAME for NUMBER minutes from TIME to TIME.\n\n"
    "If you are sure that it cannot be done, write [NO SOLUTION] between these lines instead."
)
_ROWS = (
    "The day has a row for each fact, with bars between its fields: where and when it starts; the "
    "minutes that a way takes (from, to, minutes); and each friend (name, place, there from, there "
    "until, least minutes)."
)
_EXAMPLE_SIZE = 3


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples are about other friends, so that none can answer the problem. Raises `ProblemError`
    for a day that cannot be read.
    """
    asked = day_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_ROWS] if formal else []), _FORM]
    names = {friend.name for friend in asked.friends}
    for seed in range(style.examples):
        day, _ = draw_day(size=_EXAMPLE_SIZE, seed=seed, without=names)
        table = build(day)
        order = table.order() if table is not None else []
        thoughts = f"{_thoughts(day, order)}\n\n" if style.thoughts else ""
        answer = format_plan(list(steps_of(day, order)))
        shown = _stated(day, formal=formal)
        parts.append(f"Example problem:\n\n{shown}\n\nAnswer:\n\n{thoughts}{answer}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _thoughts(day: Day, order: list[int]) -> str:
    names = ", then ".join(day.friends[number].name for number in order)
    return f"{len(order)} of {len(day.friends)} friends can be met, and no more: {names}."


def _stated(day: Day, *, formal: bool) -> str:
    goal = f"at least {day.wanted} friends"
    goal = f"Meet {'as many friends as possible' if day.wanted is None else goal}."
    if formal:
        return f"{day.problem('stated').statement['meeting']}\n{goal}"
    lines = [f"You start at {day.place} at {clock_12(day.time)}.", ""]
    lines += [f"- {a} to {b}: {taken} minutes" for (a, b), taken in day.travel.items()]
    lines.append("")
    for friend in day.friends:
        there = f"from {clock_12(friend.begin)} to {clock_12(friend.until)}"
        least = f"at least {friend.least} minutes"
        lines.append(f"{friend.name} is at {friend.place} {there}; meet for {least}.")
    return "\n".join([*lines, "", goal])
