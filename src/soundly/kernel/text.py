"""Parenthesised text: nested lists of lower-case tokens, and the typed lists written with them."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase
from typing import TypeAlias

from soundly.kernel.refused import Refused

Expression: TypeAlias = "str | list[Expression]"

MAX_NESTING = 200
"""Deep enough for any real file, and shallow enough that reading it can recurse safely."""

_PART = re.compile(r"[()]|-(?=[a-z_])|[^\s();]+|;[^\n]*")
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
_NAME = re.compile(r"[a-z_][a-z0-9_-]*")


def read_expression(text: object, what: str) -> list[Expression]:
    """The one parenthesised expression that ``text`` holds; ``what`` names it in a refusal.

    Only A to Z are lower-cased: `str.lower` makes a ``k`` of the Kelvin sign, which is no ``K``.
    No name begins with a hyphen, so ``?x -block`` is read as ``?x - block``.
    """
    if not isinstance(text, str):
        raise Refused(f"the {what} has to be a string, not {type(text).__name__}")
    outer: list[Expression] = []
    opened: list[list[Expression]] = [outer]
    for part in _PART.findall(text.translate(_LOWER)):
        if part.startswith(";"):
            continue
        if part == ")":
            if len(opened) == 1:
                raise Refused(f"the {what} closes a parenthesis that was never opened")
            opened.pop()
        elif part == "(":
            if len(opened) > MAX_NESTING:
                raise Refused(f"the {what} is nested deeper than {MAX_NESTING} levels")
            inner: list[Expression] = []
            opened[-1].append(inner)
            opened.append(inner)
        else:
            opened[-1].append(part)
    if len(opened) > 1:
        raise Refused(f"the {what} leaves a parenthesis open")
    if len(outer) != 1 or isinstance(outer[0], str):
        raise Refused(f"the {what} has to be one parenthesised expression")
    return outer[0]


def show(expression: Expression) -> str:
    """An expression as text, cut to a length that fits in one line."""
    text = expression if isinstance(expression, str) else str(expression)
    for old, new in (("[", "("), ("]", ")"), (",", ""), ("'", "")):
        text = text.replace(old, new)
    return text if len(text) <= 80 else f"{text[:77]}…"


def name(expression: Expression, what: str) -> str:
    """A plain name; refuses lists, variables, numbers and keywords."""
    if isinstance(expression, str) and _NAME.fullmatch(expression):
        return expression
    raise Refused(f"{show(expression)} is no name for {what}")


def variable(expression: Expression, what: str) -> str:
    """A variable such as ``?x``, question mark included."""
    if isinstance(expression, str) and expression[:1] == "?" and _NAME.fullmatch(expression[1:]):
        return expression
    raise Refused(f"{show(expression)} is no variable for {what}")


def typed_list(items: list[Expression], what: str) -> list[tuple[Expression, tuple[str, ...]]]:
    """``a b - t c`` as ``[(a, (t,)), (b, (t,)), (c, ("object",))]``; ``(either t u)`` is both."""
    pairs: list[tuple[Expression, tuple[str, ...]]] = []
    untyped: list[Expression] = []
    rest = iter(items)
    for item in rest:
        if item != "-":
            untyped.append(item)
            continue
        kind = next(rest, None)
        if kind is None or not untyped:
            raise Refused(f"a dash in {what} stands without names before it or a type after it")
        if isinstance(kind, list) and kind[:1] == ["either"] and len(kind) > 1:
            types = tuple(name(each, "a type") for each in kind[1:])
        else:
            types = (name(kind, "a type"),)
        pairs += [(each, types) for each in untyped]
        untyped = []
    return pairs + [(each, ("object",)) for each in untyped]
