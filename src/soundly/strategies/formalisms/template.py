"""How a translation says that its answer is to be worded: lines with places for values.

``{x}`` is the value of a variable, ``{x=3|three|}`` a text where it is 3 and another one where it
is not, and ``{p|yes|no}`` the same for a variable that is true or false.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from soundly.solvers.translated_json import Document, Mistakes, named

MAX_LINES = 2_000

_PLACE = re.compile(r"\{([^{}]*)\}")
_VALUE = re.compile(r"\s*([A-Za-z_]\w*)\s*", re.ASCII)
_CASE = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:==?\s*(-?\d{1,7})\s*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a place: a value, or one of two texts.

    ``cases`` is what is written where the variable has the value ``number`` (or is true, where
    that is None), and what otherwise; None writes the value.
    """

    variable: str
    number: int | None = None
    cases: tuple[str, str] | None = None

    def filled(self, values: Mapping[str, int | bool]) -> str:
        """The text for these values."""
        value = values[self.variable]
        if self.cases is None:
            return str(value).lower()
        return self.cases[0 if value == (True if self.number is None else self.number) else 1]


Line: TypeAlias = tuple[str | Place, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The lines of an answer."""

    lines: tuple[Line, ...]

    @property
    def variables(self) -> set[str]:
        """The variables whose values it says."""
        return {piece.variable for line in self.lines for piece in line if isinstance(piece, Place)}

    def filled(self, values: Mapping[str, int | bool]) -> str:
        """The answer for these values; lines that come out blank are left out."""
        lines = (
            "".join(each if isinstance(each, str) else each.filled(values) for each in line)
            for line in self.lines
        )
        return "\n".join(line for line in lines if line.strip())


def template_in(
    document: Document, variables: Mapping[str, object], mistakes: Mistakes, *, logical: bool
) -> Template:
    """The template under "answer"; what is wrong with it goes to ``mistakes``.

    ``logical``: the variables are true or false, so that a case needs no number.
    """
    found = document.get("answer")
    if not isinstance(found, list) or not 0 < len(found) <= MAX_LINES:
        if found is not None:
            wanted = f"wanted a list of 1 to {MAX_LINES:,} lines of text"
            mistakes.add("wrong-form", f"found {named(found)}, {wanted}", "answer")
        return Template(())
    lines = []
    for number, each in enumerate(found):
        where = f"answer[{number}]"
        if isinstance(each, str):
            lines.append(_line(each, where, mistakes, logical=logical))
        else:
            mistakes.add("wrong-form", f"found {named(each)}, wanted a line of text", where)
    template = Template(tuple(lines))
    for number, line in enumerate(template.lines):
        for piece in line:
            if isinstance(piece, Place) and piece.variable not in variables:
                mistakes.unknown("variable", piece.variable, f"answer[{number}]", variables)
    if not (template.variables or mistakes.found):
        mistakes.add("no-answer", "no line says a value, as {x} does", "answer")
    return template


def _line(text: str, where: str, mistakes: Mistakes, *, logical: bool) -> Line:
    pieces: list[str | Place] = []
    for number, piece in enumerate(_PLACE.split(text)):
        if number % 2 == 0:
            if "{" in piece or "}" in piece:
                message = f"a brace has no partner, or stands within another, in {text!r:.80}"
                mistakes.add("syntax", message, where)
            pieces.append(piece)
        elif (place := _place(piece, logical=logical)) is not None:
            pieces.append(place)
        else:
            wanted = "{x}, {p|if true|if false}" if logical else "{x}, {x=1|if so|if not}"
            mistakes.add("syntax", f"found {{{piece:.60}}}, wanted a place such as {wanted}", where)
    return tuple(pieces)


def _place(text: str, *, logical: bool) -> Place | None:
    head, *cases = text.split("|")
    if not cases:
        match = _VALUE.fullmatch(head)
        return Place(match[1]) if match else None
    match = _CASE.fullmatch(head)
    if match is None or len(cases) != 2 or (match[2] is None) is not logical:
        return None
    number = None if match[2] is None else int(match[2])
    return Place(match[1], number, (cases[0], cases[1]))
