"""The kind ``classic``: well-known puzzles and their changed twins, by a rule for each.

A statement is ``{"puzzle": "bat-and-ball", "variant": "price", "numbers": "total=110 amount=100",
"asides": "3 7"}``, with ``none`` where there are no numbers or asides; asides are sentences that do
not matter. Evidence is ``{"answer": "10"}``. What a variant tells is said beside its rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from soundly.kernel.evidence import fields_of
from soundly.kernel.refused import Refused

_NAMES: Mapping[str, tuple[str, ...]] = {
    "bat-and-ball": ("total", "amount"),
    "lily-pads": ("days",),
    "machines": ("few", "many"),
    "snail": ("depth", "up", "down"),
    "candles": ("lit", "out"),
    "siblings": ("brothers", "sisters"),
    "saw": ("pieces", "minutes"),
    "half-age": ("then", "now"),
    "race": ("place",),
    "apples": ("apples", "taken"),
    "river": (),
    "jugs": (),
    "switches": ("switches",),
    "socks": ("black", "white"),
    "monty-hall": ("doors",),
    "surgeon": ("age",),
    "feathers": ("less", "more"),
}
"""Which numbers each puzzle has, in the order in which its rules take them."""

_RULES: Mapping[tuple[str, str], Callable[..., object]] = {
    # A bat and a ball cost the total; the bat costs the amount more, or just the amount.
    ("bat-and-ball", "classic"): lambda total, amount: _whole(total - amount, 2),
    ("bat-and-ball", "price"): lambda total, amount: total - amount,
    # When was half covered: the area doubles, or grows evenly from nothing.
    ("lily-pads", "classic"): lambda days: days - 1,
    ("lily-pads", "steady"): lambda days: _whole(days, 2),
    # Few machines make as many parts in as many minutes. How long do many, or the few, take?
    ("machines", "classic"): lambda few, _many: few,
    ("machines", "no-more-machines"): lambda few, many: _whole(many, few) * few,
    # On which day is it at the top, when it slides down at night, or does not?
    ("snail", "classic"): lambda depth, up, down: 1 + _rounded_up(depth - up, up - down),
    ("snail", "holds-fast"): lambda depth, up, _down: _rounded_up(depth, up),
    # Left in the end: those that were blown out, or none where they were lit again.
    ("candles", "classic"): lambda lit, out: lit - (lit - out),
    ("candles", "lit-again"): lambda _lit, _out: 0,
    # Sisters of a brother of a girl, or of a boy, who has brothers and sisters.
    ("siblings", "classic"): lambda _brothers, sisters: sisters + 1,
    ("siblings", "boy"): lambda _brothers, sisters: sisters,
    # Cuts, each of so many minutes, of a straight log, or of a ring.
    ("saw", "classic"): lambda pieces, minutes: pieces * minutes - minutes,
    ("saw", "ring"): lambda pieces, minutes: pieces * minutes,
    # The sister was half, or twice, as old then; how old is she now?
    ("half-age", "classic"): lambda then, now: _whole(then, 2) + (now - then),
    ("half-age", "twice"): lambda then, now: then * 2 + (now - then),
    # Overtaken is who runs in this place, or who runs just before one in this place.
    ("race", "classic"): lambda place: place,
    ("race", "own-place"): lambda place: place - 1,
    # You take so many, or what is left after so many were taken.
    ("apples", "classic"): lambda _apples, taken: taken,
    ("apples", "left-behind"): lambda apples, taken: apples - taken,
    # Crossings for wolf, goat and cabbage: one beside the farmer; two; three; one, and nobody
    # eats another; one, and only the goat has to cross.
    ("river", "classic"): lambda: 7,
    ("river", "room-for-two"): lambda: 3,
    ("river", "room-for-all"): lambda: 1,
    ("river", "harmless"): lambda: 2 * 3 - 1,
    ("river", "goat-alone"): lambda: 1,
    # Steps to 4 litres: jugs of 5 and 3; of 5, 4 and 3; of 5 and 3, where 4 litres are there.
    ("jugs", "classic"): lambda: 6,
    ("jugs", "third-jug"): lambda: 1,
    ("jugs", "already"): lambda: 0,
    # Visits that tell switches apart: four sights a visit; two; seen without a visit.
    ("switches", "classic"): lambda switches: _digits(switches, 4),
    ("switches", "cold-lamp"): lambda switches: _digits(switches, 2),
    ("switches", "in-sight"): lambda _switches: 0,
    # Socks for two of a colour in the dark; for two white ones; for two of a colour by light.
    ("socks", "classic"): lambda _black, _white: 3,
    ("socks", "white-ones"): lambda black, _white: black + 2,
    ("socks", "lamp"): lambda _black, _white: 2,
    # The host knows and never shows the prize; the chosen door is seen to have it; doors were
    # opened before a choice by coin; the host opened doors blindly.
    ("monty-hall", "classic"): lambda _doors: "switch",
    ("monty-hall", "transparent"): lambda _doors: "stay",
    ("monty-hall", "opened-before"): lambda _doors: "equal",
    ("monty-hall", "blind-host"): lambda _doors: "equal",
    # The surgeon is the boy's parent; the father died; the mother did, told or to be inferred.
    ("surgeon", "classic"): lambda _age: "mother",
    ("surgeon", "told"): lambda _age: "father",
    ("surgeon", "other-parent"): lambda _age: "father",
    # Both weigh less; the iron weighs more; the feathers weigh more.
    ("feathers", "classic"): lambda _less, _more: "equal",
    ("feathers", "more-iron"): lambda _less, _more: "iron",
    ("feathers", "more-feathers"): lambda _less, _more: "feathers",
}

_SENSIBLE: Mapping[str, Callable[..., bool]] = {
    "bat-and-ball": lambda total, amount: amount < total,
    "machines": lambda few, many: few < many,
    "snail": lambda depth, up, down: down < up <= depth,
    "candles": lambda lit, out: out < lit,
    "saw": lambda pieces, _minutes: pieces > 1,
    "half-age": lambda then, now: then <= now,
    "race": lambda place: place > 1,
    "apples": lambda apples, taken: taken < apples,
    "switches": lambda switches: switches > 1,
    "socks": lambda black, white: black > 1 and white > 1,
    "monty-hall": lambda doors: doors > 2,
    "feathers": lambda less, more: less < more,
}


def check_classic(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the answer is what the rule of this puzzle and variant gives."""
    fields = ("puzzle", "variant", "numbers", "asides")
    if set(statement) != set(fields):
        raise Refused(f"the statement has to have the texts {', '.join(fields)}")
    puzzle, variant, told, asides = texts = [statement[name] for name in fields]
    if not all(isinstance(each, str) and len(each) < 200 for each in texts):
        raise Refused(f"{', '.join(fields)} have to be short texts")
    rule = _RULES.get((str(puzzle), str(variant)))
    if rule is None:
        raise Refused(f"there is no puzzle {puzzle!r:.40} with a variant {variant!r:.40}")
    if not re.fullmatch("none|[1-9][0-9]?(?: [1-9][0-9]?)*", str(asides)):
        raise Refused("asides have to be numbers, or none")
    numbers = _numbers(str(puzzle), str(told))
    if not _SENSIBLE.get(str(puzzle), _always)(*numbers):
        raise Refused(f"{puzzle} makes no sense with the numbers {told}")
    (answer,) = fields_of(evidence, "answer")
    if answer != (right := str(rule(*numbers))):
        raise Refused(f"the answer {answer!r:.80} is not {right}")
    return f"{puzzle}, told as {variant}: {right}"


def _numbers(puzzle: str, told: str) -> list[int]:
    pairs = [] if told == "none" else told.split(" ")
    found = [re.fullmatch("([a-z]+)=([1-9][0-9]{0,3})", pair) for pair in pairs]
    if [match and match[1] for match in found] != list(_NAMES[puzzle]):
        wanted = " ".join(f"{name}=…" for name in _NAMES[puzzle]) or "none"
        raise Refused(f"the numbers of {puzzle} have to be {wanted}")
    return [int(match[2]) for match in found if match]


def _always(*_numbers: int) -> bool:
    return True


def _whole(number: int, by: int) -> int:
    if number % by:
        raise Refused(f"{number} cannot be divided by {by}")
    return number // by


def _rounded_up(number: int, by: int) -> int:
    return number // by + (number % by > 0)


def _digits(several: int, sights: int) -> int:
    """How many digits of so many sights give each of several its own number."""
    visits = 0
    while sights**visits < several:
        visits += 1
    return visits
