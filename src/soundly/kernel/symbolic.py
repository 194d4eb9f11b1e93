"""The kinds ``letters``, ``coin-flip`` and ``arithmetic-chain``: answers that can be worked out.

Evidence is ``{"answer": "nke"}`` for each. Statements are
``{"words": "green lake some", "take": "last letter"}``, where ``take`` may also be "last vowel" (of
a, e, i, o, u) or "nth letter" (of the nth word, 0 where it is too short);
``{"start": "heads", "flips": "Rako flips"}``, a line for each person (``Zumi does not flip``),
whose answer is yes where heads are up in the end, and no otherwise; and
``{"expression": "7 - (2 * (6 / 3))"}``, a chain of digits in which every bracket makes a whole
number from 1 to 9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from soundly.kernel.amount import amount
from soundly.kernel.evidence import fields_of
from soundly.kernel.refused import Refused

MAX_PARTS = 10_000
"""Words, people or numbers of one statement."""

_WORD = re.compile(r"[a-z]{1,40}")
_FLIP = re.compile(r"[A-Z][a-z]{0,39} (flips|does not flip)")


def check_letters(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the answer has each word's letter, in order, and nothing else."""
    text, take = _texts(statement, "words", "take")
    words = text.split(" ", MAX_PARTS)
    if len(words) > MAX_PARTS or not all(map(_WORD.fullmatch, words)):
        raise Refused(f"words have to be at most {MAX_PARTS}, a to z, with single spaces")
    if take == "last letter":
        letters = [word[-1] for word in words]
    elif take == "last vowel":
        letters = [re.sub("[^aeiou]", "", word)[-1:] for word in words]
        if "" in letters:
            raise Refused(f"{words[letters.index('')]} has no vowel to take")
    elif take == "nth letter":
        letters = [word[at : at + 1] or "0" for at, word in enumerate(words)]
    else:
        raise Refused(f"take is {take!r:.80}, which is no way to take letters")
    _same(evidence, "".join(letters))
    return f"the {take} of each of {amount(len(words), 'word')}"


def check_coin(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the answer says whether heads are up after all flips."""
    start, text = _texts(statement, "start", "flips")
    lines = text.split("\n", MAX_PARTS)
    if start not in ("heads", "tails"):
        raise Refused(f"the coin starts {start!r:.80}, which is no side")
    if len(lines) > MAX_PARTS or not all(map(_FLIP.fullmatch, lines)):
        raise Refused(f"flips have to be at most {MAX_PARTS} lines: NAME flips, NAME does not flip")
    flips = sum(line.endswith(" flips") for line in lines)
    up = ("heads", "tails")[(flips + (start == "tails")) % 2]
    _same(evidence, "yes" if up == "heads" else "no")
    people = amount(len(lines), "person", "people")
    return f"{up} are up after {amount(flips, 'flip')} by {people}"


def check_chain(statement: Mapping[str, object], evidence: object) -> str:
    """Refuses unless the answer is the value, and every bracket makes a number from 1 to 9."""
    (text,) = _texts(statement, "expression")
    parts = text.rstrip(")").split(" (", MAX_PARTS)
    closing = len(text) - len(text.rstrip(")"))
    if len(parts) >= MAX_PARTS or len(parts) != closing + 1:
        raise Refused(f"each of at most {MAX_PARTS} brackets has to be closed at the end")
    last = re.fullmatch(r"([1-9] [-+*/]) ([1-9])", parts.pop())
    if last is None:
        raise Refused("the innermost bracket has to be two digits from 1 to 9 with a sign between")
    made = int(last[2])
    for part in (last[1], *reversed(parts)):
        if not re.fullmatch(r"[1-9] [-+*/]", part):
            raise Refused(f"{part!r:.80} is no digit from 1 to 9 with a sign")
        made = _step(int(part[0]), part[2], made)
    _same(evidence, str(made))
    return f"a chain of {closing + 2} numbers has the value {made}"


def _step(number: int, sign: str, made: int) -> int:
    if sign == "/" and number % made:
        raise Refused(f"{number} / {made} is no whole number")
    results = {"+": number + made, "-": number - made, "*": number * made, "/": number // made}
    if not 1 <= results[sign] <= 9:
        raise Refused(f"{number} {sign} {made} is no number from 1 to 9")
    return results[sign]


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
