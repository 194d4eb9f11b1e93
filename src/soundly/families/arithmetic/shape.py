"""What is left of an expression when order and brackets in sums and in products do not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from soundly.families.arithmetic.expression import Expression, Number

Shape: TypeAlias = object
"""Equal for expressions that differ by order and brackets alone, and hashable."""

_TURNED = {"+": "-", "-": "+", "*": "/", "/": "*"}
_KIN = {"+": "+-", "-": "+-", "*": "*/", "/": "*/"}


def shape_of(expression: Expression) -> Shape:
    """``a - (b - c)`` and ``c + a - b`` have one shape, ``2 * 3`` and ``6`` have two."""
    if isinstance(expression, Number):
        return expression.value
    kin = _KIN[expression.sign]
    parts = Counter((sign, shape_of(part)) for sign, part in _parts(expression, kin[0], kin))
    return kin, frozenset(parts.items())


def _parts(expression: Expression, sign: str, kin: str) -> Iterator[tuple[str, Expression]]:
    """The terms of a sum, or the factors of a product, each with its sign."""
    if isinstance(expression, Number) or expression.sign not in kin:
        yield sign, expression
        return
    yield from _parts(expression.left, sign, kin)
    turned = expression.sign == kin[1]
    yield from _parts(expression.right, _TURNED[sign] if turned else sign, kin)
