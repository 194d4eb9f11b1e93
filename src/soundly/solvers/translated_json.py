"""JSON that a model wrote: one object with known fields, each mistake a critique with its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import TypeAlias

from soundly.core.verdict import Critique

MAX_CHARACTERS = 400_000

Document: TypeAlias = Mapping[str, object]


class Mistakes:
    """Critiques as they are found."""

    def __init__(self) -> None:
        self.found: list[Critique] = []

    def add(self, code: str, message: str, where: str | None, repair: str | None = None) -> None:
        """One more mistake; ``where`` is a path such as ``constraints[3]``."""
        critique = Critique(code, message, where, repair=repair)
        if critique not in self.found:
            self.found.append(critique)

    def unknown(self, what: str, name: str, where: str, known: Collection[str]) -> None:
        """A name that nothing declares."""
        near = get_close_matches(name, list(known), n=1, cutoff=0.6)
        repair = f"did you mean {near[0]!r}?" if near else None
        self.add("undeclared", f"there is no {what} {name!r:.80}", where, repair)


def read_document(
    text: str, mistakes: Mistakes, *, required: Collection[str], optional: Collection[str] = ()
) -> Document | None:
    """The object that the text is, with no field but these; None where it is none.

    A field that stands twice is a mistake as well: which of the two was meant, nobody can say.
    """
    if len(text) > MAX_CHARACTERS:
        mistakes.add("too-long", f"more than {MAX_CHARACTERS:,} characters", None)
        return None
    try:
        document = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, mistakes))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        mistakes.add("not-json", f"this is not JSON: {error.msg}", where)
        return None
    except (RecursionError, ValueError):
        mistakes.add("not-json", "this is nested too deep, or holds too long a number", None)
        return None
    if not isinstance(document, dict):
        mistakes.add("not-json", f"found {named(document)}, wanted one object", None)
        return None
    for field in sorted(set(document) - {*required, *optional}):
        mistakes.unknown("field", field, "the object", [*required, *optional])
    for field in required:
        if field not in document:
            mistakes.add("missing", f"the field {field!r} is missing", "the object")
    return document


def named(value: object) -> str:
    """What a JSON value is, in a word or two."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return f"the number {value!r:.40}"
        case str():
            return f"the text {value!r:.60}"
        case list():
            return "a list"
        case _:
            return "an object"


def _once(pairs: list[tuple[str, object]], mistakes: Mistakes) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            mistakes.add("twice", f"{key!r:.80} stands twice in one object", None)
        found[key] = value
    return found
