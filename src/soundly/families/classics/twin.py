"""A twin of the critic: each puzzle is acted out, step by step, and shares no rule with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from itertools import count, product
from typing import TypeAlias, TypeVar

from soundly.core.problem import Problem

_Numbers: TypeAlias = Mapping[str, int]
_State = TypeVar("_State", bound=Hashable)


@lru_cache(maxsize=256)
def acted_out(problem: Problem) -> str:
    """The answer that acting the puzzle out gives."""
    statement = problem.statement
    pairs = (pair.split("=") for pair in statement["numbers"].split() if "=" in pair)
    numbers = {name: int(number) for name, number in pairs}
    return str(_ACTED[statement["puzzle"]](statement["variant"], numbers))


def _bat_and_ball(variant: str, n: _Numbers) -> int:
    """Try every price of the ball."""
    for ball in range(n["total"]):
        bat = n["amount"] if variant == "price" else ball + n["amount"]
        if bat + ball == n["total"]:
            return ball
    raise ValueError("no price of the ball fits")


def _lily_pads(variant: str, n: _Numbers) -> int:
    """Let them grow, and look back for the day on which they had half of it."""
    areas = [0 if variant == "steady" else 1]
    for _ in range(n["days"]):
        areas.append(areas[-1] + (1 if variant == "steady" else areas[-1]))
    return next(day for day, area in enumerate(areas) if area * 2 == areas[-1])


def _machines(variant: str, n: _Numbers) -> int:
    """Count minutes; a machine is done with a part every few minutes."""
    working = n["few"] if variant == "no-more-machines" else n["many"]
    made = 0
    for minute in count(1):
        made += working if minute % n["few"] == 0 else 0
        if made >= n["many"]:
            return minute
    raise ValueError("they never make so many")


def _snail(variant: str, n: _Numbers) -> int:
    """Climb."""
    height = 0
    for day in count(1):
        height += n["up"]
        if height >= n["depth"]:
            return day
        height -= 0 if variant == "holds-fast" else n["down"]
    raise ValueError("it never gets there")


def _candles(variant: str, n: _Numbers) -> int:
    """Which candles burn, one by one."""
    burning = [number >= n["out"] for number in range(n["lit"])]
    if variant == "lit-again":
        burning = [True for _ in burning]
    return burning.count(False)


def _siblings(variant: str, n: _Numbers) -> int:
    """Line the children up, and count a boy's sisters."""
    told = "boy" if variant == "boy" else "girl"
    children = [told, *["boy"] * n["brothers"], *["girl"] * n["sisters"]]
    return children.count("girl")


def _saw(variant: str, n: _Numbers) -> int:
    """Saw until there are so many pieces; the first cut of a ring only opens it."""
    pieces, opened, minutes = 1, variant != "ring", 0
    while pieces < n["pieces"]:
        minutes += n["minutes"]
        pieces += opened
        opened = True
    return minutes


def _half_age(variant: str, n: _Numbers) -> int:
    """Let the years go by."""
    man = n["then"]
    sister = man + man if variant == "twice" else man // 2
    while man < n["now"]:
        man, sister = man + 1, sister + 1
    return sister


def _race(variant: str, n: _Numbers) -> int:
    """Change places in a row of runners."""
    runners = list(range(1, n["place"] + 2))
    me = runners[n["place"] - 1] if variant == "own-place" else runners[n["place"]]
    at = runners.index(me)
    runners[at - 1], runners[at] = runners[at], runners[at - 1]
    return runners.index(me) + 1


def _apples(variant: str, n: _Numbers) -> int:
    """Hand the apples out one by one."""
    rest = list(range(n["apples"]))
    first = [rest.pop() for _ in range(n["taken"])]
    return len(rest) if variant == "left-behind" else len(first)


def _river(variant: str, n: _Numbers) -> int:  # noqa: ARG001 - it has no numbers
    """Breadth-first search; a state is the farmer's side and who is not there yet."""
    rooms = {"room-for-two": 2, "room-for-all": 3}.get(variant, 1)
    wanted = frozenset("WC" if variant == "goat-alone" else "")

    def safe(side: frozenset[str]) -> bool:
        return variant == "harmless" or not ({"W", "G"} <= side or {"G", "C"} <= side)

    def moves(state: tuple[bool, frozenset[str]]) -> Iterable[tuple[bool, frozenset[str]]]:
        here, left = state
        near = left if here else frozenset("WGC") - left
        for taken in product((False, True), repeat=3):
            load = frozenset(each for each, goes in zip("WGC", taken, strict=True) if goes)
            if len(load) <= rooms and load <= near and safe(near - load):
                yield (not here, left - load if here else left | load)

    return _fewest((True, frozenset("WGC")), lambda state: state == (False, wanted), moves)


def _jugs(variant: str, n: _Numbers) -> int:  # noqa: ARG001 - it has no numbers
    """Breadth-first search over what the jugs hold."""
    sizes = (5, 4, 3) if variant == "third-jug" else (5, 3)
    start = (4, 0) if variant == "already" else tuple(0 for _ in sizes)

    def moves(held: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
        for at, size in enumerate(sizes):
            yield tuple(size if at == each else was for each, was in enumerate(held))
            yield tuple(0 if at == each else was for each, was in enumerate(held))
            for to, room in enumerate(sizes):
                if to != at:
                    poured, after = min(held[at], room - held[to]), list(held)
                    after[at], after[to] = held[at] - poured, held[to] + poured
                    yield tuple(after)

    return _fewest(start, lambda held: 4 in held, moves)


def _fewest(
    start: _State,
    done: Callable[[_State], bool],
    moves: Callable[[_State], Iterable[_State]],
) -> int:
    layer, seen = {start}, {start}
    for steps in count():
        if any(map(done, layer)):
            return steps
        layer = {after for state in layer for after in moves(state)} - seen
        seen |= layer
        if not layer:
            break
    raise ValueError("it cannot be reached")


def _switches(variant: str, n: _Numbers) -> int:
    """As many visits as give every switch a row of sights of its own."""
    if variant == "in-sight":
        return 0
    sights = ["on", "off"]
    if variant == "classic":
        sights = [f"{state} and {heat}" for state in sights for heat in ("warm", "cold")]
    return next(v for v in count() if len(set(product(sights, repeat=v))) >= n["switches"])


def _socks(variant: str, n: _Numbers) -> int:
    """One more than the longest row of socks that goes wrong."""
    if variant == "lamp":
        return min(b + w for b in range(3) for w in range(3) if max(b, w) == 2)
    taken = product(range(n["black"] + 1), range(n["white"] + 1))
    wrong = [b + w for b, w in taken if w < 2 and (variant == "white-ones" or b < 2)]
    return max(wrong) + 1


def _monty_hall(variant: str, n: _Numbers) -> str:
    """Play every game, each as often as it comes, and count those that staying wins.

    ``other`` is the one door beside the chosen one that stays closed.
    """
    doors, staying, switching = range(n["doors"]), 0, 0
    for prize, choice, other in product(doors, repeat=3):
        if choice == other or (variant == "transparent" and choice != prize):
            continue
        times = 1
        if variant == "classic":
            # With the prize behind your door the host has a choice, and otherwise none.
            times = 1 if choice == prize else (len(doors) - 1) * (other == prize)
        staying += times * (choice == prize)
        switching += times * (other == prize)
    return "equal" if staying == switching else "stay" if staying > switching else "switch"


def _surgeon(variant: str, n: _Numbers) -> str:  # noqa: ARG001 - the age is of no matter
    """Of the two parents, the one who did not die."""
    parents = {"mother", "father"} - {"father" if variant == "classic" else "mother"}
    return parents.pop()


def _feathers(variant: str, n: _Numbers) -> str:
    """Put both on the scales."""
    weights = {"feathers": n["less"], "iron": n["less"]}
    if variant != "classic":
        weights[variant.removeprefix("more-")] = n["more"]
    heaviest = [each for each, weight in weights.items() if weight == max(weights.values())]
    return heaviest[0] if len(heaviest) == 1 else "equal"


_ACTED: Mapping[str, Callable[[str, _Numbers], int | str]] = {
    "bat-and-ball": _bat_and_ball,
    "lily-pads": _lily_pads,
    "machines": _machines,
    "snail": _snail,
    "candles": _candles,
    "siblings": _siblings,
    "saw": _saw,
    "half-age": _half_age,
    "race": _race,
    "apples": _apples,
    "river": _river,
    "jugs": _jugs,
    "switches": _switches,
    "socks": _socks,
    "monty-hall": _monty_hall,
    "surgeon": _surgeon,
    "feathers": _feathers,
}
