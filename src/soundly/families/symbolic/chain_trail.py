"""The equations that an explanation states, each beside the step that is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from soundly.core.verdict import Critique
from soundly.families.symbolic.puzzle import Trail

_NUMBER = r"-?\d{1,6}(?:\.\d{1,6})?"
_EQUATION = re.compile(
    rf"(?<![-+*/] \()(?<![-+*/]\()(?<![-+*/] )(?<![-+*/\d.])(?P<one>{_NUMBER}) ?(?P<sign>[-+*/]) ?"
    rf"\(?(?P<other>{_NUMBER})[\])]?[\"'`*]{{0,3}} ?(?:=|\bis\b|\bequals\b) ?"
    rf"[\"'`*]{{0,3}}(?P<result>{_NUMBER})(?!\.?\d| ?[-+*/] ?[(\d])",
    re.ASCII,
)
_SIGNS = {
    "×": "*", "·": "*", "⋅": "*", r"\times": "*", r"\cdot": "*", "÷": "/", r"\div": "/", "−": "-",  # noqa: RUF001
    r"\(": "", r"\)": "", "$": "",
}  # fmt: skip
_SPELT = re.compile("|".join(map(re.escape, _SIGNS)))


def follow(text: str, due: Sequence[tuple[int, str, int, int]]) -> Trail:
    """The trail of an explanation about a chain of these steps: number, sign, made before, result.

    An equation of two numbers is judged twice: whether it holds, and whether it is the step that is
    due, with what the explanation itself made before. One that was stated already and is not due
    again is passed over.
    """
    plain = _SPELT.sub(lambda match: _SIGNS[match[0]], text)
    faults: list[Critique] = []
    seen: set[tuple[str, ...]] = set()
    made, steps = Fraction(due[0][2]), 0
    for match in _EQUATION.finditer(plain):
        one, other, result = (Fraction(match[name]) for name in ("one", "other", "result"))
        sign, wanted = match["sign"], _due(due, steps, made)
        is_due = wanted is not None and _is_due((one, sign, other), wanted)
        if match.groups() in seen and not is_due:
            continue
        seen.add(match.groups())
        right = _worked_out(one, sign, other)
        faulty: list[tuple[str, str]] = []
        if right != result:
            shown = "nothing" if right is None else right
            faulty.append(("wrong-result", f"{one} {sign} {other} is {shown}, not {result}"))
        if wanted is None:
            faulty.append(("one-too-many", f"{one} {sign} {other} is no step of the expression"))
        elif not is_due:
            shown = " ".join(map(str, wanted))
            faulty.append(("wrong-step", f"{one} {sign} {other} stands where {shown} is due"))
        steps, made = steps + 1, result
        where = f"statement {steps}"
        faults += [Critique(code, message, where, steps) for code, message in faulty]
    return Trail(steps, tuple(faults), str(made) if steps else None)


def _due(
    due: Sequence[tuple[int, str, int, int]], steps: int, made: Fraction
) -> tuple[Fraction, str, Fraction] | None:
    """The step that comes after so many, with what was made before it; None behind the last."""
    return (Fraction(due[steps][0]), due[steps][1], made) if steps < len(due) else None


def _is_due(came: tuple[Fraction, str, Fraction], wanted: tuple[Fraction, str, Fraction]) -> bool:
    """Whether it is this step; sums and products may be turned round."""
    turned = (came[2], came[1], came[0])
    return came == wanted or (came[1] in "+*" and turned == wanted)


def _worked_out(one: Fraction, sign: str, other: Fraction) -> Fraction | None:
    if sign == "/":
        return one / other if other else None
    results = {"+": one + other, "-": one - other, "*": one * other}
    return results[sign]
