"""What the critic is tried with: near misses, and a twin that fills in a timetable unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random

from soundly.families.jobshop.shop import Answer, Shop

_ODD_WORDS = ("-1", "01", "1.0", "²", "\uff11", "soon", "99999999999999999999", "or", "0@0")
_EDITS = ("shift", "shift", "shift", "swap", "drop", "extra", "odd", "line", "lose", "double")
_HARMLESS = ("order", "ends", "machines")


def near_miss(answer: Answer, shop: Shop, rng: Random) -> Answer:
    """The schedule after one or two edits, in one of the forms that are read.

    It may still be right: a start may have room, and not every edit does harm.
    """
    lines = [list(line) for line in answer]
    if (starts := _plain_starts(lines, shop)) is not None:
        lines = _in_a_form(lines, starts, shop, rng)
    for _ in range(rng.choice((0, 1, 1, 2))):
        at = rng.randrange(len(lines)) if lines else 0
        edit = rng.choice(_EDITS)
        if edit == "line" or not lines:
            lines.append([rng.choice(("and so on", "maybe later", "done?"))])
        elif edit == "lose":
            del lines[at]
        elif edit == "double":
            lines.append(list(lines[at]))
        elif len(lines[at]) > 2:
            _edit_words(lines[at], edit, rng)
    return tuple(map(tuple, lines))


def _plain_starts(lines: list[list[str]], shop: Shop) -> list[list[int]] | None:
    """The starts by job, where the answer says them all and says nothing else."""
    rows = {line[1]: line[2:] for line in lines if line[0] == "job" and len(line) > 1}
    starts = [rows.get(str(job), []) for job in range(len(shop.jobs))]
    if len(lines) != len(starts) or any(len(row) != shop.machines for row in starts):
        return None
    if not all(_plain(word) for row in starts for word in row):
        return None
    return [list(map(int, row)) for row in starts]


def _in_a_form(
    lines: list[list[str]], starts: list[list[int]], shop: Shop, rng: Random
) -> list[list[str]]:
    """The same schedule in another form: with machines and ends, or as orders on machines."""
    form = rng.choice(_HARMLESS)
    if form == "order":
        return rng.sample(lines, len(lines))
    if form == "ends":
        return [
            ["job", str(job), *(f"{m}@{s}-{s + d}" for (m, d), s in zip(route, row, strict=True))]
            for job, (route, row) in enumerate(zip(shop.jobs, starts, strict=True))
        ]
    orders: list[list[tuple[int, int]]] = [[] for _ in range(shop.machines)]
    for job, (route, row) in enumerate(zip(shop.jobs, starts, strict=True)):
        for (machine, _), start in zip(route, row, strict=True):
            orders[machine].append((start, job))
    return [
        ["machine", str(machine), *(str(job) for _, job in sorted(order))]
        for machine, order in enumerate(orders)
    ]


def _edit_words(line: list[str], edit: str, rng: Random) -> None:
    at = rng.randrange(1, len(line))
    if edit == "drop":
        del line[at]
    elif edit == "extra":
        line.insert(at + 1, str(rng.randint(0, 200)))
    elif edit == "odd":
        line[at] = rng.choice(_ODD_WORDS)
    elif edit == "swap":
        other = rng.randrange(2, len(line))
        line[at], line[other] = line[other], line[at]
    elif _plain(line[at]):
        line[at] = str(max(0, int(line[at]) + rng.choice((-5, -1, 1, 1, 2, 5, 30))))


def is_right(instance: str, deadline: str | None, answer: Answer) -> bool:
    """Whether a timetable can be filled in with the answer, one unit of time after the other.

    Reads the statement by itself. Time grows with the sum of all durations.
    """
    routes = _routes(instance)
    if answer and all(line[0] == "machine" and len(line) > 1 for line in answer):
        rows = _rows_of_orders(routes, answer)
    else:
        rows = _rows(routes, answer)
    if rows is None:
        return False
    taken: set[tuple[str, int, int]] = set()
    for job, (route, row) in enumerate(zip(routes, rows, strict=True)):
        clock = 0
        for (machine, duration), start in zip(route, row, strict=True):
            if start < clock:
                return False
            for moment in range(start, start + duration):
                if ("machine", machine, moment) in taken or ("job", job, moment) in taken:
                    return False
                taken |= {("machine", machine, moment), ("job", job, moment)}
            clock = start + duration
        if deadline is not None and clock > int(deadline):
            return False
    return True


@lru_cache(maxsize=256)
def _routes(instance: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    numbers = [list(map(int, line.split())) for line in instance.splitlines() if line[:1] != "#"]
    return tuple(tuple(zip(row[::2], row[1::2], strict=True)) for row in numbers[1:] if row)


def _rows(routes: Sequence[Sequence[tuple[int, int]]], answer: Answer) -> list[list[int]] | None:
    """The starts of lines of jobs, in the order of their jobs and operations."""
    by_job = {line[1]: line[2:] for line in answer if len(line) > 1 and line[0] == "job"}
    if len(by_job) != len(answer) or set(by_job) != {str(job) for job in range(len(routes))}:
        return None
    rows = []
    for job, route in enumerate(routes):
        row: dict[int, int] = {}
        words = by_job[str(job)]
        for (default, _), word in zip(route, words, strict=False):
            named, mark, times = word.rpartition("@")
            start, dash, end = times.partition("-")
            machine = named if mark else str(default)
            durations = {str(each): duration for each, duration in route}
            if machine not in durations or not _plain(start) or int(machine) in row:
                return None
            if dash and (not _plain(end) or int(end) - int(start) != durations[machine]):
                return None
            row[int(machine)] = int(start)
        if len(row) != len(words) or len(words) != len(route):
            return None
        rows.append([row[machine] for machine, _ in route])
    return rows


def _rows_of_orders(
    routes: Sequence[Sequence[tuple[int, int]]], answer: Answer
) -> list[list[int]] | None:
    """The earliest starts that orders on machines allow: pushed later until nothing moves."""
    names = [str(job) for job in range(len(routes))]
    orders = {line[1]: line[2:] for line in answer}
    if len(orders) != len(answer) or set(orders) != {str(each) for each, _ in routes[0]}:
        return None
    if any(sorted(order) != sorted(names) for order in orders.values()):
        return None
    rows = [[0] * len(route) for route in routes]
    places = [{machine: place for place, (machine, _) in enumerate(route)} for route in routes]
    for _ in range(len(routes) * len(routes[0]) + 1):
        before = [list(row) for row in rows]
        for route, row in zip(routes, rows, strict=True):
            for place in range(1, len(route)):
                row[place] = max(row[place], row[place - 1] + route[place - 1][1])
        for name, order in orders.items():
            machine, clock = int(name), 0
            for job in map(int, order):
                place = places[job][machine]
                rows[job][place] = max(rows[job][place], clock)
                clock = rows[job][place] + routes[job][place][1]
        if rows == before:
            return rows
    return None


def _plain(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 10 and str(int(word)) == word
