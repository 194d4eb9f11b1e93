"""S-expressions with positions: the letters of PDDL, before any meaning.

Reading is iterative, so that hostile input ends in a `ProblemError` and not in a crash: a text
nested deeper than `MAX_DEPTH` levels is refused at the parenthesis that goes too deep.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple, TypeAlias

from soundly.core.errors import ProblemError

MAX_DEPTH = 200
MAX_SHOWN = 60

_TOKEN = re.compile(r"(?:\s+|;[^\n]*)*+(?:([()]|-(?=[a-z_]))|([^\s();]+)|\Z)")
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_NAME = re.compile(r"[a-z_][a-z0-9_\-]*")


class Word(NamedTuple):
    """One lower-cased token; ``offset`` counts characters from the start of the text."""

    text: str
    offset: int


class Group(NamedTuple):
    """A parenthesised list; ``offset`` is that of its opening parenthesis."""

    items: tuple[Word | Group, ...]
    offset: int


Node: TypeAlias = Word | Group


class Source:
    """A text and its name ("domain", "problem"): turns offsets into errors with line and column."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        line = self.text.count("\n", 0, offset) + 1
        return line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1

    def error(self, message: str, at: Node | int) -> ProblemError:
        """An error that names this text, the line and the column."""
        line, column = self.position(at if isinstance(at, int) else at.offset)
        return ProblemError(message, line=line, column=column, source=self.name)

    def unsupported(self, what: str, at: Node | int) -> ProblemError:
        """The error for PDDL that is legal somewhere but not read here."""
        return self.error(f"unsupported: {what}", at)

    def name_at(self, node: Node, what: str) -> str:
        """The name this node holds; anything but a name is an error that says what was wanted."""
        if isinstance(node, Word) and _NAME.fullmatch(node.text):
            return node.text
        raise self.error(f"expected {what}, found {show(node)}", node)

    def group_at(self, node: Node, what: str) -> Group:
        """The parenthesised list this node is."""
        if isinstance(node, Group):
            return node
        raise self.error(f"expected {what} in parentheses, found {show(node)}", node)


def lower(text: str) -> str:
    """The text with A to Z in lower case: `str.lower` makes a ``k`` of the Kelvin sign."""
    return text.translate(_LOWER)


def show(node: Node) -> str:
    """A node as short text for an error message: long lists are cut."""
    if isinstance(node, Word):
        text = node.text if len(node.text) <= MAX_SHOWN else node.text[: MAX_SHOWN - 1] + "…"
        return repr(text)
    if not node.items:
        return "()"
    head = node.items[0]
    first = head.text[:MAX_SHOWN] if isinstance(head, Word) else "(…)"
    return f"({first} …)" if len(node.items) > 1 else f"({first})"


def read(source: Source) -> Group:
    """The one parenthesised list that the text consists of, lower-cased.

    No name begins with a hyphen, so ``?x -ball`` means ``?x - ball``, as VAL and Kairos read it.

    Errors: an empty text, a parenthesis without its partner, text after the end, text nested
    deeper than `MAX_DEPTH`.
    """
    text = lower(source.text)
    open_items: list[list[Node]] = []
    open_offsets: list[int] = []
    result: Group | None = None
    match = _TOKEN.match
    position = 0
    while (token := match(text, position)) is not None and token.lastindex is not None:
        position = token.end()
        offset = token.start(token.lastindex)
        mark = token[token.lastindex]
        if result is not None:
            raise source.error(f"expected the end of the text, found {mark[:MAX_SHOWN]!r}", offset)
        if mark == "(":
            if len(open_items) >= MAX_DEPTH:
                raise source.error(f"nested deeper than {MAX_DEPTH} levels", offset)
            open_items.append([])
            open_offsets.append(offset)
        elif not open_items:
            raise source.error(f"expected '(', found {mark[:MAX_SHOWN]!r}", offset)
        elif mark == ")":
            group = Group(tuple(open_items.pop()), open_offsets.pop())
            if open_items:
                open_items[-1].append(group)
            else:
                result = group
        else:
            open_items[-1].append(Word(mark, offset))
    if open_offsets:
        raise source.error("this '(' is never closed", open_offsets[-1])
    if result is None:
        raise ProblemError("the text is empty, expected (define …)", source=source.name)
    return result
