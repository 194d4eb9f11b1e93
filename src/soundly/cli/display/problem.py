"""A problem in short: what it is about, and what has to be reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from heapq import nsmallest
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from soundly.cli.amounts import limits, plural
from soundly.cli.visible import visible
from soundly.config.families import make_family
from soundly.core.errors import PluginError, ProblemError, UnknownNameError
from soundly.core.events import SessionStarted
from soundly.core.problem import Problem
from soundly.families.planning.drawn import DrawnFamily
from soundly.families.planning.english import English
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import GroundAtom
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.problems import task_of

_MOST_NAMES = 16
_MOST_GOALS = 12
_MOST_FACTS = 16
_MOST_LINES = 48
_FEWEST_LINES = 8
_LONGEST_LINE = 1_000
_PDDL = ("domain", "problem")


def problem_summary(problem: Problem) -> Table:
    """What a person wants to know before the first attempt, in a few lines."""
    table = fact_table()
    try:
        task = task_of(problem)
    except ProblemError:
        _add_texts(table, problem.statement)
        return table
    table.add_row("objects", Text(_objects(task.objects)))
    table.add_row("actions", Text(_few(list(task.domain.actions), _MOST_NAMES)))
    english = English(_phrases(problem.family))
    table.add_row("start", Text(visible(_facts(task.init, english)) or "nothing is true"))
    goals = english.conjuncts(task.goal)
    shown = [Text(f"· {visible(goal)}") for goal in goals[:_MOST_GOALS]]
    if len(goals) > _MOST_GOALS:
        shown.append(Text(f"… and {len(goals) - _MOST_GOALS:,} more", "quiet"))
    table.add_row("goal", Group(*shown) if shown else Text("nothing (the empty plan reaches it)"))
    beside = {name: text for name, text in problem.statement.items() if name not in _PDDL}
    _add_texts(table, beside)
    return table


def _add_texts(table: Table, texts: Mapping[str, str]) -> None:
    """A row for each text, in whole lines; of many texts each gets fewer lines."""
    most = max(_FEWEST_LINES, _MOST_LINES // max(len(texts), 1))
    for name, text in texts.items():
        lines = visible(text).strip("\n").splitlines() or [""]
        rest = len(lines) - most
        shown = Text("\n".join(_cut(line) for line in lines[:most]))
        if rest > 0:
            shown.append(f"\n… {plural(rest, 'more line')}", "quiet")
        table.add_row(name, shown)


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…"


def session_heading(event: SessionStarted) -> RenderableType:
    """Which problem, who proposes, who judges, and what may be spent."""
    title = Text.assemble(
        (visible(event.problem.name), "bold"),
        (f"  {visible(event.problem.family)} · session {event.session_id}", "quiet"),
    )
    table = problem_summary(event.problem)
    table.add_row("model", visible(event.model) if event.model else Text("none", "quiet"))
    table.add_row("strategy", Text(visible(" → ".join(event.strategy.split("+")))))
    worth = " and ".join(event.guarantee) or "advice only"
    table.add_row("judge", Text(f"{event.critic} ({worth})"))
    table.add_row("budget", limits(event.budget))
    return Group(title, Text(), table, Text())


def fact_table() -> Table:
    """Two columns: a quiet label and what it is about."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="label", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _facts(atoms: Collection[GroundAtom], english: English) -> str:
    """The first facts in words; the rest of many are only counted, not worded."""
    first = nsmallest(_MOST_FACTS, atoms)
    said = ", ".join(filter(None, (english.atom(name, terms) for name, *terms in first)))
    return said if len(atoms) == len(first) else f"{said} … ({len(atoms):,} in all)"


def _objects(objects: Mapping[str, str]) -> str:
    if not objects:
        return "none"
    by_type = sorted(objects.items(), key=lambda item: item[1])
    groups = [(kind, [name for name, _ in found]) for kind, found in groupby(by_type, _second)]
    if len(groups) == 1:
        kind, names = groups[0]
        prefix = "" if kind == "object" else f"{kind}: "
        return f"{prefix}{_few(names, _MOST_NAMES)}"
    return "; ".join(f"{kind}: {_few(names, 6)}" for kind, names in groups)


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


def _few(names: Sequence[str], most: int) -> str:
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} … ({len(names):,} in all)"


def _phrases(name: str) -> Phrases:
    try:
        family = make_family(name)
    except (PluginError, UnknownNameError):
        return Phrases()  # an old trace may be about a family that is no longer installed
    world = getattr(family, "base", family)  # a task over the instances of another family
    planning = world.planning if isinstance(world, DrawnFamily) else world
    return planning.phrases if isinstance(planning, PlanningFamily) else Phrases()
