"""Twins of the critics: a text is encoded again, and a product worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def of_ciphers(statement: Mapping[str, str], answer: str) -> bool:
    """Whether the answer, letter by letter, becomes the given text."""
    shift, made = int(statement["shift"]), ""
    for letter in answer:
        if letter == " ":
            made += letter
        elif letter in _ALPHABET:
            made += _ALPHABET[(_ALPHABET.index(letter) + shift) % 26]
        else:
            return False
    return made == statement["text"]


def of_products(statement: Mapping[str, str], answer: str) -> bool:
    """Whether long multiplication on paper, a digit and a carry at a time, gives the answer."""
    first, second = (list(map(int, reversed(text))) for text in statement["factors"].split(" "))
    columns = [0] * (len(first) + len(second))
    for at, one in enumerate(first):
        for under, other in enumerate(second):
            columns[at + under] += one * other
    for place in range(len(columns) - 1):
        columns[place + 1] += columns[place] // 10
        columns[place] %= 10
    return "".join(map(str, reversed(columns))).lstrip("0") == answer
