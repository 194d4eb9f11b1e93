"""One spelling for puzzles that differ only in words and in the order of clues."""

from __future__ import annotations

from hashlib import sha256

from soundly.families.zebra.puzzle import PLACED, Puzzle

_EITHER_WAY = ("same", "apart", "next", "one-between")


def canonical_form(puzzle: Puzzle) -> str:
    """What colour refinement (Weisfeiler and Leman, 1968) sees of values and clues.

    Puzzles that are equal up to the names of attributes and values, their order, the order of the
    clues, and which value of ``next``, ``same``, ``apart`` or ``one-between`` is named first,
    always share it. A puzzle and its mirror image do not, nor do two sets of clues that say the
    same in other words. Some different puzzles in which every value looks like many others may.
    """
    labels = dict.fromkeys(puzzle.attribute_of, "")
    kinds = 0
    while len(set(labels.values())) > kinds:
        kinds = len(set(labels.values()))
        labels = _refined(puzzle, labels)
    return f"{puzzle.houses} {len(puzzle.clues)} {_digest(*sorted(labels.values()))}"


def _refined(puzzle: Puzzle, labels: dict[str, str]) -> dict[str, str]:
    seen: dict[str, list[str]] = {value: [] for value in labels}
    for clue in puzzle.clues:
        if clue.kind in PLACED or not isinstance(clue.other, str):
            seen[clue.value].append(f"{clue.kind} {clue.other}")
            continue
        back = "" if clue.kind in _EITHER_WAY else " of"
        seen[clue.value].append(f"{clue.kind} {labels[clue.other]}")
        seen[clue.other].append(f"{clue.kind}{back} {labels[clue.value]}")
    for _, values in puzzle.attributes:
        together = _digest(*sorted(labels[value] for value in values))
        for value in values:
            seen[value].append(together)
    return {value: _digest(labels[value], *sorted(seen[value])) for value in labels}


def _digest(*words: str) -> str:
    return sha256("\n".join(words).encode()).hexdigest()[:32]
