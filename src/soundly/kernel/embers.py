"""The kinds ``shift-cipher`` and ``multiplication``: answers that can be worked out.

Evidence is ``{"answer": "the baker slept"}``, and ``{"answer": "3071"}``. Statements are
``{"text": "gur onxre fyrcg", "shift": "13"}``, a text whose letters were moved forwards so many
places, with a after z; and ``{"factors": "37 83"}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of
from soundly.kernel.refused import Refused

MAX_LETTERS = 100_000
MAX_DIGITS = 1_000
"""Digits of one factor."""


def check_cipher(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the answer is the text with every letter moved back."""
    text, shift = _texts(statement, "text", "shift")
    if not re.fullmatch("[1-9]|1[0-9]|2[0-5]", shift):
        raise Refused(f"the shift {shift!r:.80} is not 1 to 25")
    if len(text) > MAX_LETTERS or not re.fullmatch("[a-z]+(?: [a-z]+)*", text):
        raise Refused(f"the text has to be at most {MAX_LETTERS} letters a to z, in words")
    back = [" " if each == " " else chr((ord(each) - 97 - int(shift)) % 26 + 97) for each in text]
    _same(evidence, "".join(back))
    return f"a text of {amount(text.count(' ') + 1, 'word')}, moved back by {shift}"


def check_product(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the answer is the exact product, without sign, separator or leading zero."""
    (text,) = _texts(statement, "factors")
    factor = f"[1-9][0-9]{{0,{MAX_DIGITS - 1}}}"
    if not re.fullmatch(f"{factor} {factor}", text):
        raise Refused(f"the factors have to be two numbers of at most {MAX_DIGITS} digits")
    first, second = map(int, text.split(" "))
    _same(evidence, str(first * second))
    return f"the product of {len(str(first))} by {amount(len(str(second)), 'digit')}"


def _texts(statement: Mapping[str, object], *names: str) -> list[str]:
    if set(statement) != set(names):
        raise Refused(f"the statement has to have the texts {', '.join(names)}")
    texts = [text for name in names if isinstance(text := statement[name], str)]
    if len(texts) != len(names):
        raise Refused(f"{', '.join(names)} have to be texts")
    return texts


def _same(evidence: object, right: str) -> None:
    (answer,) = fields_of(evidence, "answer")
    if answer != right:
        raise Refused(f"the answer {answer!r:.80} is not {right:.80}")
