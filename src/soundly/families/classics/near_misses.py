"""Right answers with an edit: what a critic has to tell from right ones."""

from __future__ import annotations

from random import Random

from soundly.families.classics.reading import spelt
from soundly.families.classics.telling import Telling

_EDITS = ("famous", "near", "half", "digit", "choice", "unit", "hedge", "capital", "same", "space")


def edited(telling: Telling, answer: str, rng: Random) -> str:
    """An answer that is nearly right, or right in another spelling."""
    said = _edit(telling, answer, rng.choice(_EDITS), rng)
    return spelt(said) if rng.random() < 0.5 else f"Answer: {said}"


def _edit(telling: Telling, answer: str, edit: str, rng: Random) -> str:  # noqa: PLR0911 - a case each
    number = int(answer) if answer.isascii() and answer.isdecimal() else None
    choices, unit = tuple(telling.classic.choices), telling.classic.unit
    match edit:
        case "famous" if telling.famous:
            return rng.choice(telling.famous)
        case "near" if number is not None:
            return str(number + rng.choice((-2, -1, 1, 2)))
        case "half" if number is not None:
            return str(rng.choice((number // 2, number * 2)))
        case "digit":
            at = rng.randrange(len(answer) + 1)
            return answer[:at] + rng.choice("0123456789") + answer[at + rng.randrange(2) :]
        case "choice" if choices:
            return rng.choice(choices)
        case "unit" if unit:
            return f"{answer} {unit}"
        case "hedge":
            return f"{answer} or {rng.choice((*choices, '1', '7'))}"
        case "capital":
            return answer.capitalize() + "."
        case "space":
            return f"{answer[:1]} {answer[1:]}"
        case _:
            return answer
