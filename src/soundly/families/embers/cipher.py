"""A text whose letters were moved along the alphabet: what did it say before?

After McCoy et al., "Embers of autoregression" (arXiv:2309.13638), section 5: models undo a shift by
13, which is common on the web, better than a shift by 2, and do it better where the text is likely.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from soundly.core.errors import ProblemError, UsageError
from soundly.core.verdict import Critique
from soundly.families.embers.sentences import SHORTEST, TextKind, draw_text

MOST_WORDS = 1_000
LONGEST_WORD = 40

POPULAR_SHIFT = 13
UNPOPULAR_SHIFTS = (2, *range(4, 13), *range(14, 23), 24)
"""Every shift but 13, 1 and 3, which are common too, and 25 and 23, which undo these two."""

TEXT_KINDS: tuple[TextKind, ...] = ("sentence", "words", "letters")

_ALPHABET = b"abcdefghijklmnopqrstuvwxyz"
_TEXT = re.compile(rf"[a-z]{{1,{LONGEST_WORD}}}(?: [a-z]{{1,{LONGEST_WORD}}}+)*+")
_SHIFT = re.compile(r"[1-9][0-9]?")
_LAST_LINE = re.compile(r"[A-Za-z][A-Za-z ]{0,50000}\Z")
_SAID = re.compile(
    r"[^\n]{0,300}?\b(?:text|message|sentence|it) (?:is|was|says|reads|decodes to)\b:? ?"
    r"[\"'`*“]{1,4}([A-Za-z ]{1,50000})\Z"
)
_FORWARD = {
    shift: bytes.maketrans(_ALPHABET, _ALPHABET[shift:] + _ALPHABET[:shift])
    for shift in range(1, 26)
}


@dataclass(frozen=True, slots=True)
class Cipher:
    """The text as it is given, and by how many places its letters were moved forwards."""

    text: str
    shift: int

    def __post_init__(self) -> None:
        if not 0 < self.shift < 26:
            raise ValueError(f"shift is {self.shift}, wanted 1 to 25")
        if not _TEXT.fullmatch(self.text):
            raise ValueError(f"wanted words of a to z with single spaces, got {self.text!r:.80}")
        if self.text.count(" ") >= MOST_WORDS:
            raise ValueError(f"{self.text.count(' ') + 1} words, wanted at most {MOST_WORDS}")

    @property
    def statement(self) -> Mapping[str, str]:
        """The text and the shift."""
        return {"text": self.text, "shift": str(self.shift)}

    @property
    def answer(self) -> str:
        """The text as it was before."""
        return encode(self.text, 26 - self.shift)

    @property
    def canonical(self) -> str:
        """The decoded words in the order of the alphabet: the shift and the order do not count."""
        return " ".join(sorted(self.answer.split(" ")))

    @property
    def question(self) -> str:
        """The text, and how it came about."""
        places = "1 place" if self.shift == 1 else f"{self.shift} places"
        letters = ", ".join(f"{a} became {encode(a, self.shift)}" for a in "abz")
        return (
            f"Each letter of a text was moved forwards by {places} in the alphabet (rot-"
            f"{self.shift}), with a after z, so {letters}. The result is:\n{self.text}\n"
            "What was the text before?"
        )

    @property
    def thoughts(self) -> str:
        """Each word, letter by letter."""
        words = zip(self.text.split(" "), self.answer.split(" "), strict=True)
        return "\n".join(f"{_letters(code, plain)}: {plain}" for code, plain in words)

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """A wrong number of words, and the first wrong letter of every wrong word."""
        if answer == self.answer:
            return ()
        if not re.fullmatch("[a-z]+(?: [a-z]+)*", answer):
            message = f"{answer!r:.80} is not one text of words from a to z"
            return (Critique("not-a-text", message),)
        found, came, due = [], answer.split(" "), self.answer.split(" ")
        if len(came) != len(due):
            message = f"it has {len(came)} words, and the given text has {len(due)}"
            found.append(Critique("wrong-length", message))
        given = self.text.split(" ")
        for at, (word, right, code) in enumerate(zip(came, due, given, strict=False)):
            if word != right:
                found.append(self._wrong_word(at, word, right, code))
        return tuple(found)

    def _wrong_word(self, at: int, word: str, right: str, code: str) -> Critique:
        """The first letter that is wrong, missing, or one too many."""
        same = (a == b for a, b in zip(word, right, strict=False))
        first = next((n for n, each in enumerate(same) if not each), min(len(word), len(right)))
        where = f"word {at + 1}, letter {first + 1}"
        if first == len(right):
            message = f"the word goes on, and {code!r:.60} has {len(code)} letters"
            return Critique("wrong-word", message, where, at + 1)
        came = f'it is "{word[first]}"' if first < len(word) else "it is missing"
        repair = f'"{code[first]}" moved back by {self.shift} is "{right[first]}"'
        message = f'{came} and has to be "{right[first]}"'
        return Critique("wrong-word", message, where, at + 1, repair)


def _letters(code: str, plain: str) -> str:
    return ", ".join(f"{a} -> {b}" for a, b in zip(code, plain, strict=True))


def parse(statement: Mapping[str, str]) -> Cipher:
    """The cipher that a statement spells; raises `ProblemError` for any other."""
    if set(statement) != {"text", "shift"}:
        came = ", ".join(sorted(statement))
        raise ProblemError(f"a cipher states text and shift, and here came {came}")
    if not _SHIFT.fullmatch(statement["shift"]):
        raise ProblemError(f"{statement['shift']!r:.40}, wanted 1 to 25", source="shift")
    try:
        return Cipher(statement["text"], int(statement["shift"]))
    except ValueError as error:
        raise ProblemError(str(error), source="text") from error


def draw(shift: int | None, kind: TextKind | None, size: int, seed: int) -> Cipher:
    """A text of so many words, shifted.

    What is None goes by the seed: the three kinds of text take turns, and after each round the
    popular shift and one of the others, drawn evenly.
    """
    rng = Random((seed << 20) + size)  # noqa: S311 - instances are not secrets
    by_seed = POPULAR_SHIFT if seed // 3 % 2 == 0 else rng.choice(UNPOPULAR_SHIFTS)
    chosen = by_seed if shift is None else shift
    text = draw_text(kind or TEXT_KINDS[seed % 3], size, rng)
    return Cipher(encode(text, chosen), chosen)


def encode(text: str, shift: int) -> str:
    """The text with its letters moved forwards by 1 to 25 places."""
    return text.encode("ascii").translate(_FORWARD[shift]).decode("ascii")


def check_settings(shift: int | None, kind: TextKind | None) -> None:
    """Raises `UsageError` for a shift or a kind of text that there is not."""
    if shift is not None and not 0 < shift < 26:
        raise UsageError(f"shift is {shift}, wanted 1 to 25")
    if kind is not None and kind not in TEXT_KINDS:
        raise UsageError(f"text is {kind!r:.40}, wanted one of {', '.join(TEXT_KINDS)}")


def tidy(answer: str) -> str:
    """The text in small letters."""
    return "".join(each.lower() if "A" <= each <= "Z" else each for each in answer)


def bare(line: str) -> str | None:
    """The last line where it is nothing but words, or says in quotes what the text was."""
    if match := _SAID.match(line):
        return match[1]
    return line if line.count(" ") >= SHORTEST - 1 and _LAST_LINE.match(line) else None
