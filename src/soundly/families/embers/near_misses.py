"""Right answers with one or two edits: what a critic has to tell from right ones."""

from __future__ import annotations

from random import Random

from soundly.families.embers.reading import spelt

_EDITS = ("change", "drop", "double", "swap", "insert", "guess", "hedge", "space", "capital")


def edited(answer: str, guesses: tuple[str, ...], rng: Random) -> str:
    """The answer with one edit or two, in an answer block or behind a label; it may be right."""
    signs = "0123456789" if answer.isdecimal() else "abcdefghijklmnopqrstuvwxyz"
    for _ in range(rng.choice((1, 1, 2))):
        answer = _edit(answer, signs, guesses, rng)
    return spelt(answer) if rng.random() < 0.5 else f"Answer: {answer}"


def _edit(answer: str, signs: str, guesses: tuple[str, ...], rng: Random) -> str:  # noqa: PLR0911
    at, edit = rng.randrange(len(answer) + 1), rng.choice(_EDITS)
    before, after = answer[:at], answer[at:]
    match edit:
        case "change":
            return before + rng.choice(signs) + after[1:]
        case "drop":
            return before + after[1:]
        case "double":
            return before + after[:1] + after
        case "swap":
            return before + after[1:2] + after[:1] + after[2:]
        case "insert":
            return before + rng.choice(signs) + after
        case "guess":
            return rng.choice(guesses)
        case "hedge":
            return f"{answer} or {rng.choice(guesses)}"
        case "space":
            return f"{before} {after}"
        case _:
            return before + after[:1].upper() + after[1:]
