"""The critic's twin: Python's own parser, and every way to tell made numbers from divisions.

Slow, and it shares no code with the critic. Nothing is evaluated: the syntax tree is walked.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

_ALLOWED = re.compile(r"[-+*/(). 0-9]+")
_ODD_DECIMAL = re.compile(r"(?<![0-9])\.|\.(?![0-9])")


def decide(statement: Mapping[str, str], answer: str) -> bool:
    """Whether the lines of an answer make the target of the numbers in the statement."""
    given = Counter(Fraction(number) for number in statement["numbers"].split(" "))
    lines = [[_tree(side) for side in line.split("=")] for line in answer.split("\n")]
    trees: list[list[ast.expr]] = []
    for line in lines:
        sides = [side for side in line if side is not None]
        if len(sides) < len(line):
            return False
        trees.append(sides)
    target = Fraction(statement["target"])
    return any(
        last == target and (statement["use"] == "any" or left == Counter({target: 1}))
        for last, left in _ends(trees, given, None)
    )


def _ends(
    lines: list[list[ast.expr]], at_hand: Counter[Fraction], last: Fraction | None
) -> Iterator[tuple[Fraction | None, Counter[Fraction]]]:
    if not lines:
        yield last, +at_hand
        return
    sides = lines[0]
    values = {_value(side) for side in sides}
    if len(values) != 1 or None in values:
        return
    (value,) = values
    worked = [side for side in sides if isinstance(side, ast.BinOp)]
    for used in _uses((worked or sides)[0]):
        if value is not None and not used - at_hand:
            yield from _ends(lines[1:], at_hand - used + Counter({value: 1}), value)


def _uses(tree: ast.expr) -> Iterator[Counter[Fraction]]:
    """The numbers that a tree uses, in every way in which a division may be a made fraction."""
    if not isinstance(tree, ast.BinOp):
        value = _value(tree)
        yield Counter() if value is None else Counter({value: 1})
        return
    for left in _uses(tree.left):
        for right in _uses(tree.right):
            yield left + right
    operands = (tree.left, tree.right)
    if isinstance(tree.op, ast.Div) and not any(isinstance(o, ast.BinOp) for o in operands):
        value = _value(tree)
        if value is not None and value.denominator > 1:
            yield Counter({value: 1})


def _tree(text: str) -> ast.expr | None:
    if not _ALLOWED.fullmatch(text) or _ODD_DECIMAL.search(text) or len(text) > 500:
        return None
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, MemoryError, RecursionError):
        return None
    return tree if _plain(tree) else None


def _plain(tree: ast.expr) -> bool:
    if isinstance(tree, ast.BinOp):
        known = isinstance(tree.op, ast.Add | ast.Sub | ast.Mult | ast.Div)
        return known and _plain(tree.left) and _plain(tree.right)
    if isinstance(tree, ast.UnaryOp):
        return isinstance(tree.op, ast.USub) and isinstance(tree.operand, ast.Constant)
    return isinstance(tree, ast.Constant)


def _value(tree: ast.expr) -> Fraction | None:
    """What a tree makes; None where it divides by zero."""
    if not isinstance(tree, ast.BinOp):
        return Fraction(ast.unparse(tree))
    left, right = _value(tree.left), _value(tree.right)
    if left is None or right is None:
        return None
    match tree.op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
    return left / right if right else None
