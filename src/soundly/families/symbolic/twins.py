"""Twins of the critics: each works the answer out in a way of its own, from the statement."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from fractions import Fraction


def of_letters(statement: Mapping[str, str], answer: str) -> bool:
    """Whether a pattern that is built of the words, one place each, fits the answer."""
    rest = answer
    for number, word in enumerate(re.findall("[a-z]+", statement["words"])):
        padded = word + "0" * (number + 1)
        patterns = {
            "last letter": f".*{rest[:1]}",
            "last vowel": f".*{rest[:1]}[^aeiou]*",
            "nth letter": f".{{{number}}}{rest[:1]}.*",
        }
        place = padded if statement["take"] == "nth letter" else word
        vowel = statement["take"] != "last vowel" or rest[:1] in set("aeiou")
        fits = rest[:1].isalnum() and rest[:1].isascii() and vowel
        if not fits or not re.fullmatch(patterns[statement["take"]], place):
            return False
        rest = rest[1:]
    return not rest


def of_coins(statement: Mapping[str, str], answer: str) -> bool:
    """Whether the parity of the flips says so."""
    flips = len(re.findall(r"(?m) flips$", statement["flips"]))
    heads = (flips + (statement["start"] == "heads")) % 2 == 1
    return answer == ("yes" if heads else "no")


def of_chains(statement: Mapping[str, str], answer: str) -> bool:
    """Whether Python's own parser and exact fractions give this value; some 50 brackets at most."""
    if not re.fullmatch(r"-?(?:0|[1-9][0-9]{0,400})", answer):
        return False
    tree = ast.parse(statement["expression"], mode="eval").body
    return _value(tree) == int(answer)


def _value(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int(number)):
            return Fraction(number)
        case ast.BinOp(left=left, op=sign, right=right):
            one, other = _value(left), _value(right)
            if isinstance(sign, ast.Add):
                return one + other
            if isinstance(sign, ast.Sub):
                return one - other
            return one * other if isinstance(sign, ast.Mult) else one / other
        case _:
            raise ValueError(f"{ast.dump(node):.80} is no part of a chain")
