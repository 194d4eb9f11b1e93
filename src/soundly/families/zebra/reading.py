"""From an answer to the grid that it proposes: which piece of the text counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.zebra.puzzle import Puzzle
from soundly.families.zebra.tables import Placing, from_json, from_table
from soundly.families.zebra.words import FILLERS, SYNONYMS
from soundly.reading import answer_blocks, claim_of_no_solution, fenced, spoken

Grid: TypeAlias = tuple[tuple[str, ...], ...]
"""An answer as read: pairs of house and value, then lines that are none, each alone."""

WANTED = (
    "write a line such as House 1: red, cat, tea for each house between the lines [ANSWER] and "
    "[ANSWER END]"
)

_NOUNS = ("arrangement", "assignment", "answer", "grid")
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_DECORATION = str.maketrans("", "", "\"'`*_{}[]<>")
_HOUSE = re.compile(
    r"[ \t>#]{0,20}(?:[-+•][ \t]{1,9})?(?:[0-9]{1,3}[.)] )?(?:the )?"
    r"(?:house|position) ?(?:number |no\. )?#?([0-9]{1,6})\b"
    r"[ \t]{0,9}(?::|=|->|→|\u2013|—|-(?= )|\bis\b|\bhas\b|,)?[ \t]{0,9}",
    re.IGNORECASE | re.ASCII,
)
_BARE_HOUSE = re.compile(
    r"[ \t>#]{0,20}(?:[-+•][ \t]{1,9})?([0-9]{1,6})[ \t]{0,9}(?::|[.)](?= )|=|->|→)[ \t]{0,9}"
)
_ITEM = re.compile(r"[ \t]{0,20}[-+•*][ \t]|[ \t]{2}")
_UNCLEAR = re.compile(r"[ \t]{0,9}\?[ \t]")
_TABLE = ("|", "+-", "+=")
_PARTS = re.compile(r"[,;]")


def read_answer(puzzle: Puzzle, text: str) -> Reading:
    """The grid that an answer proposes, and nothing judged about it.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block that places a value or claims that there is no solution; the last block with
    anything in it; the last code fence that places a value; such a claim behind the last house;
    the last lines in a row, or table, that begin with a house. A block is read as JSON, as tables
    and as lines for one house each. What places no value is kept, for the critic.
    """
    said = spoken(text)
    blocks = [piece for piece in answer_blocks(said) if piece.strip()]
    for piece in reversed(blocks):
        if _places(puzzle, grid := _grid(puzzle, piece)):
            return _found(grid, piece)
        if claim_of_no_solution(piece, nouns=_NOUNS):
            return ClaimedUnsolvable(piece.strip()[:200])
    if blocks:
        return _found(_grid(puzzle, blocks[-1]), blocks[-1])
    return _unmarked(puzzle, said)


def _unmarked(puzzle: Puzzle, said: str) -> Reading:
    """What a text without ``[ANSWER]`` proposes."""
    for piece in reversed(fenced(said)):
        if _places(puzzle, grid := _grid(puzzle, piece)):
            return _found(grid, piece)
    run, behind = _last_run(said)
    if claim := claim_of_no_solution(said[behind:], nouns=_NOUNS):
        return ClaimedUnsolvable(claim)
    grid = _grid(puzzle, run)
    if any(len(line) == 2 for line in grid):
        return _found(grid, run)
    return Unreadable(Critique("unreadable", f"no house was found in the answer: {WANTED}"))


def format_grid(grid: Sequence[Sequence[str]]) -> str:
    """A grid as an answer spells it."""
    houses: dict[str, list[str]] = {}
    for line in grid:
        if len(line) == 2:
            houses.setdefault(line[0], []).append(line[1])
    lines = [f"House {house}: {', '.join(values)}" for house, values in houses.items()]
    lines += [f"? {line[0]}" for line in grid if len(line) != 2]
    return "\n".join(["[ANSWER]", *lines, "[ANSWER END]"])


def _found(grid: Grid, piece: str) -> Found:
    return Found(grid, format_grid(grid), piece.strip())


def _places(puzzle: Puzzle, grid: Grid) -> bool:
    return any(len(line) == 2 and line[1] in puzzle.attribute_of for line in grid)


def _grid(puzzle: Puzzle, piece: str) -> Grid:
    """Every part of a piece: pairs in the order of their houses, then what is no pair."""
    bare = _FENCE.sub("", piece).strip()
    placings = from_json(bare)
    if placings is None:
        placings = _from_lines(bare)
    found: list[tuple[str, ...]] = []
    for house, text in placings:
        if house is None:
            found.append((_plain(text),))
            continue
        for part in _PARTS.split(text):
            found += [(house, value) for value in _values(puzzle, part)]
    order = {value: at for at, value in enumerate(puzzle.attribute_of)}
    last = len(order)
    return tuple(
        sorted(
            (line for line in found if line[-1]),
            key=lambda line: (
                len(line) != 2,
                len(line[0]),
                line[0],
                order.get(line[-1], last),
                line,
            ),
        )
    )


def _values(puzzle: Puzzle, part: str) -> list[str]:
    """The values that a part names, each under its own attribute if any; else the part, whole."""
    plain = _plain(part)
    values: list[str] = []
    label: str | None = None
    names = {name for name, _ in puzzle.attributes}
    for word in re.split(r"[ :=()]+", plain.translate(_LOWER)):
        known = SYNONYMS.get(word, word) if word not in names else word
        if word in puzzle.attribute_of:
            if label not in (None, puzzle.attribute_of[word]):
                return [plain]
            values.append(word)
            label = None
        elif known in names:
            if label is not None:
                return [plain]
            if not (values and puzzle.attribute_of[values[-1]] == known):
                label = known
        elif word and word not in FILLERS:
            return [plain]
    return values if values and label is None else [plain]


def _plain(text: str) -> str:
    return " ".join(text.translate(_DECORATION).split()).strip(" .,;|")


def _from_lines(piece: str) -> list[Placing]:
    """What lines and tables say; items under a house without values belong to that house."""
    placings: list[Placing] = []
    table: list[str] = []
    open_house: str | None = None
    for line in [*piece.split("\n"), ""]:
        if line.lstrip().startswith(_TABLE):
            table.append(line)
            continue
        if table:
            placings += from_table(table)
            table, open_house = [], None
        if not line.strip():
            continue
        if unclear := _UNCLEAR.match(line):
            placings.append((None, line[unclear.end() :]))
        elif house := _house(line):
            placings.append(house)
            open_house = None if _plain(house[1]) else house[0]
        else:
            item = _ITEM.match(line)
            text = line[item.end() :] if item else line
            placings.append((open_house, text))
    return placings


def _house(line: str) -> tuple[str, str] | None:
    """The house that a line begins with, and what it says of it."""
    bare = line.translate(_DECORATION)
    match = _HOUSE.match(bare) or _BARE_HOUSE.match(bare)
    return (match[1], bare[match.end() :]) if match else None


def _last_run(text: str) -> tuple[str, int]:
    """The last lines in a row that begin with a house or belong to one, and where they end."""
    run: list[str] = []
    going, opened, place, behind = False, False, 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        bare = line.translate(_DECORATION) if len(line) < 2_000 else line
        house = _HOUSE.match(bare)
        if house or line.lstrip().startswith(_TABLE) or (going and opened and _ITEM.match(line)):
            if not going:
                run = []
            run.append(line)
            going, behind = True, place
            if house:
                opened = not _plain(bare[house.end() :])
        elif line.strip():
            going = opened = False
    return "\n".join(run), min(behind, len(text))
