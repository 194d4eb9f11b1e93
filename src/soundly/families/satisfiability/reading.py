"""From an answer to the assignment that it proposes: which piece of the text counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.satisfiability.critic import Assignment
from soundly.reading import answer_blocks, claim_of_no_solution, fenced, labelled, spoken

WANTED = "write literals such as 1 -2 3 between the lines [ANSWER] and [ANSWER END]"

_NOUNS = ("model", "assignment", "satisfying assignment")
_UNSATISFIABLE = re.compile(r"(?:^|\n)[ \t]*(?:s[ \t]+)?UNSAT(?:ISFIABLE)?[ \t.]*(?=\r?\n|$)")
_STATUS = re.compile(r"s?[ \t]*SATISFIABLE[ \t.]*")
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_DECORATION = str.maketrans("", "", "\"'`*_{}[]<>()$\\")
_LITERAL = re.compile(r"([-¬!~]|not )?x?_?([1-9][0-9]{0,6})", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:variable )?x?_?([1-9][0-9]{0,6})[ \t]{0,9}(?::|=|:=|->|→|\bis\b)[ \t]{0,9}"
    r"(true|false|t|f|1|0)",
    re.IGNORECASE,
)
_TRUTHS = frozenset({"true", "t", "1"})
_BULLET = re.compile(r"(?:[-•+] |[0-9]{1,6}[.)] )")
_TITLE = re.compile(r"(?:assignment|solution|model|literals|values)[ ]?[:=][ ]?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;∧]| and ")
_STATES = re.compile(
    r"[ \t>]*(?:v[ \t]+-?[0-9]|(?:[-•+*][ \t]|[0-9]{1,6}[.)][ \t])?[`*_]{0,3}"
    r"(?:variable )?x_?[0-9]{1,7}[`*_]{0,3}[ \t]{0,9}(?::|=|->|→|is\b)|-?[0-9]{1,7}[ \t,]+-?[0-9])",
    re.IGNORECASE,
)


def read_answer(text: str) -> Reading:
    """The assignment that an answer proposes, and nothing judged about it.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block that states a value or claims that there is no model; the last block with
    anything in it; the last code fence that states a value; such a claim behind the last line that
    states one; the last lines in a row that do; a label such as ``Answer:`` with literals behind
    it. Literals stand as in ``v 1 -2 0``, ``[1, -2]`` or ``x1 = true``; what is none of this is
    kept, for the critic. A 0 ends a line of literals, and the same literal twice is one.
    """
    said = spoken(text)
    blocks = [piece for piece in answer_blocks(said) if piece.strip()]
    for piece in reversed(blocks):
        words = _words(piece)
        if _states(words):
            return _found(words, piece)
        if claim := _claimed(piece):
            return ClaimedUnsolvable(claim)
    if blocks:
        return _found(_words(blocks[-1]), blocks[-1])
    return _unmarked(said)


def _unmarked(said: str) -> Reading:
    """What a text without ``[ANSWER]`` proposes."""
    for piece in reversed(fenced(said)):
        words = _words(piece)
        if _states(words):
            return _found(words, piece)
    run, behind = _last_run(said)
    if claim := _claimed(said[behind:]):
        return ClaimedUnsolvable(claim)
    for piece in (run, *reversed(labelled(said))):
        words = _words(piece)
        if _states(words):
            return _found(words, piece)
    return Unreadable(Critique("unreadable", f"no literal was found in the answer: {WANTED}"))


def _states(words: Assignment) -> bool:
    return any(is_literal(word) for word in words)


def format_assignment(assignment: Sequence[str]) -> str:
    """An assignment as an answer spells it: literals on one line, other words one a line."""
    literals = [word for word in assignment if is_literal(word)]
    others = [f"? {word}" for word in assignment if not is_literal(word)]
    lines = [" ".join(("v", *literals, "0"))] if literals else []
    return "\n".join(["[ANSWER]", *lines, *others, "[ANSWER END]"])


def _found(words: Assignment, piece: str) -> Found:
    return Found(words, format_assignment(words), piece.strip())


def _claimed(piece: str) -> str | None:
    """A claim that there is no model, in words or as a solver's status line."""
    if status := _UNSATISFIABLE.search(piece, max(0, len(piece) - 10_000)):
        return status[0].strip()
    return claim_of_no_solution(piece, nouns=_NOUNS)


def _words(piece: str) -> Assignment:
    """Every literal of a piece once, in the order of variables, then what is none."""
    literals: set[str] = set()
    others: set[str] = set()
    for line in _FENCE.sub("", piece).split("\n"):
        for word in _of_line(line):
            (literals if is_literal(word) else others).add(word)
    ordered = sorted(literals, key=lambda word: (len(word.lstrip("-")), word.lstrip("-"), word))
    return (*ordered, *sorted(others))


def _of_line(line: str) -> Iterator[str]:
    """The literals on a line, and the parts of it that are none, whole."""
    if line.lstrip().startswith("? "):
        said = " ".join(line.lstrip()[2:].split())
        yield f"? {said}" if is_literal(said) else said or "?"
        return
    plain = " ".join(line.translate(_DECORATION).split()).strip(" .,;")
    if plain == "v" or _STATUS.fullmatch(plain):
        return
    if (bullet := _BULLET.match(plain)) and not _LITERAL.fullmatch(plain):
        plain = plain[bullet.end() :]
    plain = _TITLE.sub("", plain.removeprefix("v "), count=1)
    parts = [bare for part in _BETWEEN.split(plain) if (bare := part.strip())]
    if parts[-1:] == ["0"]:
        parts.pop()
    for part in parts:
        yield from _of_part(part)


def _of_part(part: str) -> Iterator[str]:
    """The literals that a part spells, with blanks between them and a 0 at their end, if any."""
    words = [part] if _literal(part) else part.split(" ")
    if len(words) > 1 and words[-1] == "0":
        words.pop()
    found = [_literal(word) for word in words]
    yield from (each for each in found if each) if all(found) else [part]


def _literal(word: str) -> str | None:
    """The literal that a word spells, or a variable with its value."""
    if named := _NAMED.fullmatch(word):
        return named[1] if named[2].lower() in _TRUTHS else f"-{named[1]}"
    match = _LITERAL.fullmatch(word)
    return match and (f"-{match[2]}" if match[1] else match[2])


def is_literal(word: str) -> bool:
    """Whether a word is a literal in its one spelling, of at most seven digits."""
    bare = word.removeprefix("-")
    return bare.isascii() and bare.isdigit() and bare[0] != "0" and len(bare) <= 7


def _last_run(text: str) -> tuple[str, int]:
    """The last lines in a row that state values, and where they end; a condition states none."""
    run: list[str] = []
    going, place, behind = False, 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if _STATES.match(line) and " or " not in line:
            if not going:
                run = []
            run.append(line)
            going, behind = True, place
        elif line.strip():
            going = False
    return "\n".join(run), min(behind, len(text))
