"""One spelling for all planning problems that differ in the names of their objects.

Objects are told apart by colour refinement (Weisfeiler and Leman, 1968): by their type, then by
the facts and goals that they stand in, then by who stands in these beside them, until nothing new
is learnt. The spelling holds colours for names.

Renamed and reordered instances always have the same spelling. Some different ones may, too: those
that this refinement cannot tell apart. For splits that is the safe side, because two spellings of
one instance never come up. Not identified are domains in other words, objects that no fact and no
goal tells apart from how many there are, and goals that mean the same in another form.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from soundly.families.planning.pddl import And, Task, format_domain
from soundly.families.planning.pddl.syntax import format_number
from soundly.families.planning.renaming import Names, Renaming

_Fact: TypeAlias = tuple[str, ...]
_MARK = "#"
_WORD = re.compile(r"[^\s()]+|[()]")


def canonical_form(task: Task) -> str:
    """The task's spelling without names: its domain's digest, then one fact or goal a line."""
    facts = list(_facts(task))
    colours = _refined(_first_colours(task), facts)
    lines = sorted(" ".join(_coloured(fact, colours)) for fact in facts)
    counts = sorted((colour, task.objects[name]) for name, colour in colours.items())
    digest = hashlib.sha256(format_domain(task.domain).encode()).hexdigest()
    objects = " ".join(f"{colour}:{declared}" for colour, declared in counts)
    metric = "minimize cost" if task.minimizes_cost else "any plan"
    return "\n".join([f"domain {digest[:16]}", f"objects {objects}", metric, *lines])


def _facts(task: Task) -> Iterable[_Fact]:
    """Facts, values and goals as words; an object's name carries a mark, which no other word does.

    A conjunction's parts are goals of their own, so that their order says nothing.
    """
    for atom in task.init:
        yield "init", atom[0], *(_MARK + name for name in atom[1:])
    for function, value in task.values.items():
        names = (_MARK + name for name in function[1:])
        yield "value", format_number(value), function[0], *names
    marked = Renaming(objects=Names({name: _MARK + name for name in task.objects}))
    goal = marked.formula(task.goal)
    for part in goal.operands if isinstance(goal, And) else (goal,):
        yield "goal", *_WORD.findall(str(part))


def _first_colours(task: Task) -> dict[str, int]:
    """By type; a constant of the domain is known by its name."""
    constants = {item.name for item in task.domain.constants}
    return _ranked(
        {n: (declared, n if n in constants else "") for n, declared in task.objects.items()}
    )


def _refined(colours: dict[str, int], facts: Sequence[_Fact]) -> dict[str, int]:
    """The coarsest stable colouring below this one."""
    standing_in: dict[str, list[_Fact]] = {name: [] for name in colours}
    for fact in facts:
        for word in set(fact):
            if word.startswith(_MARK):
                standing_in[word.removeprefix(_MARK)].append(fact)
    while True:
        seen = {
            name: (colours[name], sorted(_coloured(fact, colours, name) for fact in around))
            for name, around in standing_in.items()
        }
        finer = _ranked(seen)
        if len(set(finer.values())) == len(set(colours.values())):
            return finer
        colours = finer


def _coloured(fact: _Fact, colours: Mapping[str, int], self_name: str | None = None) -> _Fact:
    """The fact with colours for names, and ``self`` for the object that looks at it."""
    return tuple(
        word
        if not word.startswith(_MARK)
        else f"{_MARK}self"
        if word == f"{_MARK}{self_name}"
        else f"{_MARK}{colours[word.removeprefix(_MARK)]}"
        for word in fact
    )


def _ranked(seen: Mapping[str, object]) -> dict[str, int]:
    """Each object's place among the different things seen, which can be compared."""
    order = sorted({repr(what) for what in seen.values()})
    places = {what: place for place, what in enumerate(order)}
    return {name: places[repr(what)] for name, what in seen.items()}
