"""The sides of the coin that an explanation states, person by person or by counting flips."""

from __future__ import annotations

import re
from collections.abc import Sequence

from soundly.core.verdict import Critique
from soundly.families.symbolic.puzzle import Trail

_ACTION = (
    r"\b(?P<name>[A-Z][a-z]{0,39})\b[\"'*`:]{0,4} {0,3}(?:- )?"
    r"(?P<leaves>(?:does|did) not |doesn[’']t |didn[’']t |never )?[Ff]lip(?:s|ped)?\b"  # noqa: RUF001
)
_COUNT = (
    r"\bflipped (?:a total of )?(?:(?P<times>\d{1,6}|[a-z]{1,5}) times?|(?P<often>once|twice))"
    r"(?:[^.\n]{0,60}?\b(?P<parity>even|odd)\b)?"
)
_END = (
    r"\b(?:[Ii]n the end|[Aa]t the end|[Ff]inally|[Tt]herefore|[Tt]hus|[Hh]ence|[Ff]inal state)\b"
    r"[^.\n]{0,80}?\b(?P<end>heads|tails)\b"
)
_STATED = re.compile(f"{_ACTION}|{_COUNT}|{_END}")
_SIDE = re.compile(r"\b(heads|tails)\b", re.IGNORECASE)
_STOP = re.compile(r"[.;\n]")
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_SPOKEN = {word: number for number, word in enumerate(_WORDS)} | {"once": 1, "twice": 2}
_REACH = 300


def follow(text: str, start: str, people: Sequence[tuple[str, bool]]) -> Trail:
    """The trail of an explanation about a coin with this side up and these people.

    A side is judged against the one that the explanation stated before and what the person is said
    to do; what is said to be done is judged against the problem. Sentences about a person that
    state no side are passed over, as are people who are not in the problem.
    """
    walk = _Walk(start, people)
    matches = list(_STATED.finditer(text))
    nexts = [*(match.start() for match in matches[1:]), len(text)]
    for match, following in zip(matches, nexts, strict=False):
        if match["name"]:
            behind = text[match.end() : min(following, match.end() + _REACH)]
            if side := _side(behind):
                walk.person(match["name"], side, flips=match["leaves"] is None)
        elif match["end"]:
            walk.end(match["end"])
        else:
            said = match["times"] or match["often"]
            number = int(said) if said.isdigit() else _SPOKEN.get(said)
            if number is not None:
                walk.count(number, match["parity"])
    return Trail(walk.steps, tuple(walk.faults), walk.leads_to())


def _side(behind: str) -> str | None:
    """The last side named in the rest of this sentence; the first one in the next where none is."""
    sentence, *rest = _STOP.split(behind, maxsplit=2)
    sides: list[str] = _SIDE.findall(sentence)
    if not sides and rest:
        sides = _SIDE.findall(rest[0])
    return sides[-1].lower() if sides else None


class _Walk:
    """What has been stated so far: the side that is up, and who is due."""

    def __init__(self, start: str, people: Sequence[tuple[str, bool]]) -> None:
        self._people = people
        self._places: dict[str, list[int]] = {}
        for place, (name, _) in enumerate(people):
            self._places.setdefault(name, []).append(place)
        self._side = self._start = start
        self._at = 0
        self.steps = 0
        self.faults: list[Critique] = []
        self._ended = False

    def person(self, name: str, side: str, *, flips: bool) -> None:
        """A person is said to flip the coin or to leave it, and a side to be up then."""
        places = self._places.get(name)
        if places is None:
            return
        due = self._at < len(self._people) and self._people[self._at][0] == name
        ahead = [place for place in places[-50:] if place >= self._at]
        place = self._at if due else next(iter(ahead), places[-1])
        if place < self._at:
            return
        self.steps += 1
        if place > self._at:
            skipped = self._people[self._at][0]
            self._fault("skipped-person", f"{skipped} is left out before {name}")
        if flips != self._people[place][1]:
            does = "flips the coin" if self._people[place][1] else "does not flip the coin"
            self._fault("wrong-action", f"{name} {does}, and the contrary is said")
        self._state(side, _turned(self._side, flips=flips), f"after {name}")
        self._at, self._ended = place + 1, True

    def count(self, number: int, parity: str | None) -> None:
        """So many flips are said to be made, and perhaps that this is even or odd."""
        self.steps += 1
        right = sum(flips for _, flips in self._people)
        if number != right:
            self._fault("wrong-count", f"{number} flips are counted, and there are {right}")
        if parity is not None and (parity == "odd") != (number % 2 == 1):
            self._fault("wrong-parity", f"{number} is said to be {parity}")
        self._side, self._ended = _turned(self._start, flips=number % 2 == 1), True

    def end(self, side: str) -> None:
        """A side is said to be up in the end, after what was stated before."""
        if self._ended:
            self.steps += 1
            self._state(side, self._side, "in the end")

    def leads_to(self) -> str | None:
        """The answer that the last stated side gives."""
        if not self._ended:
            return None
        return "yes" if self._side == "heads" else "no"

    def _state(self, side: str, due: str, when: str) -> None:
        if side != due:
            self._fault("wrong-side", f"{side} are said to be up {when}, and {due} are")
        self._side = side

    def _fault(self, code: str, message: str) -> None:
        self.faults.append(Critique(code, message, f"statement {self.steps}", self.steps))


def _turned(side: str, *, flips: bool) -> str:
    return side if not flips else "tails" if side == "heads" else "heads"
