"""Letters of words, put together: the last of each, its last vowel, or the nth of the nth word.

Last letters are a task of Wei et al. (arXiv:2201.11903). Its variants are from Stechly et al.
(arXiv:2405.04776). Their "foom" takes the first letter of the first word, the second letter of the
second, and so on, and puts 0 where the nth word has fewer than n letters. A vowel is one of
a, e, i, o, u, and y is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias, get_args

from soundly.core.errors import ProblemError
from soundly.core.verdict import Critique
from soundly.families.symbolic.letter_trail import follow
from soundly.families.symbolic.puzzle import Trail
from soundly.families.symbolic.words import words

Take: TypeAlias = Literal["last letter", "last vowel", "nth letter"]

MOST_WORDS = 10_000
LONGEST_WORD = 40

_WORDS = re.compile(rf"[a-z]{{1,{LONGEST_WORD}}}(?: [a-z]{{1,{LONGEST_WORD}}})*")
_VOWELS = "aeiou"
_WITHOUT_VOWEL = re.compile(r"\b[b-df-hj-np-tv-z]+\b")
_LETTERS = re.compile(r"[a-z0]+")
_SPACED = re.compile(r"[a-z0](?:(?: ?[,+-] ?| )[a-z0])+")
_LAST_LINE = re.compile(
    r"(?:[^\n]{0,300}(?:\bis|\bare|\bbe|:|=|->|→))?\s{0,5}[\"'`*“]{0,4}([A-Za-z0]{1,20000})\Z"
)


@dataclass(frozen=True, slots=True)
class Letters:
    """Words, and which letter to take of each; the words are a to z and written in small."""

    words: tuple[str, ...]
    take: Take

    def __post_init__(self) -> None:
        if not 0 < len(self.words) <= MOST_WORDS:
            raise ValueError(f"{len(self.words)} words, wanted 1 to {MOST_WORDS}")
        if not _WORDS.fullmatch(text := " ".join(self.words)):
            raise ValueError(f"words are 1 to {LONGEST_WORD} letters a to z, got {text!r:.80}")
        if self.take == "last vowel" and (bad := _WITHOUT_VOWEL.search(text)):
            raise ValueError(f"{bad[0]!r} has no vowel to take")

    @property
    def statement(self) -> Mapping[str, str]:
        """The words with single spaces, and which letter is taken."""
        return {"words": " ".join(self.words), "take": self.take}

    @property
    def answer(self) -> str:
        """One letter for each word, in the order of the words."""
        return "".join(self.letter(at) for at in range(len(self.words)))

    @property
    def canonical(self) -> str:
        """The words in the order of the alphabet: the same words in another order are no news."""
        return f"{self.take}: {' '.join(sorted(self.words))}"

    @property
    def question(self) -> str:
        """The words in quotes, with the task."""
        return _QUESTIONS[self.take].format(words=" ".join(self.words))

    def letter(self, at: int) -> str:
        """What the word at this place, from 0, gives."""
        word = self.words[at]
        if self.take == "last letter":
            return word[-1]
        if self.take == "last vowel":
            return next(letter for letter in reversed(word) if letter in _VOWELS)
        return word[at] if at < len(word) else "0"

    def fact(self, at: int) -> str:
        """What the word at this place gives, as a sentence without its full stop."""
        word, letter = self.words[at], self.letter(at)
        which = f"{ordinal(at + 1)} letter" if self.take == "nth letter" else self.take
        if letter == "0":
            return f'"{word}" has no {which}, so it gives "0"'
        return f'The {which} of "{word}" is "{letter}"'

    def thoughts(self, procedure: str | None) -> str:
        """Each word's letter; "joining" also says what they make so far."""
        whole = self.answer
        facts = [self.fact(at) for at in range(len(self.words))]
        if procedure == "joining":
            lines = [f'{fact}, so far "{whole[: at + 1]}".' for at, fact in enumerate(facts)]
            return "\n".join(lines)
        return f'{". ".join(facts)}. Concatenating them is "{whole}".'

    def critiques(self, answer: str) -> tuple[Critique, ...]:
        """A wrong length, and every place at which another letter has to stand."""
        if not _LETTERS.fullmatch(answer):
            message = f"{answer!r:.80} is not one string of letters without anything between"
            return (Critique("not-letters", message),)
        found = []
        if len(answer) != len(self.words):
            message = f"it has {len(answer)} letters, and there are {len(self.words)} words"
            found.append(Critique("wrong-length", message))
        for at, came in enumerate(answer[: len(self.words)]):
            if came != (wanted := self.letter(at)):
                message = f'it is "{came}" and has to be "{wanted}"'
                where, repair = f"letter {at + 1}", self.fact(at)
                found.append(Critique("wrong-letter", message, where, at + 1, repair))
        return tuple(found)

    def follow(self, text: str) -> Trail:
        """The letters that an explanation takes, and what it makes of them."""
        expected = tuple((word, self.letter(at)) for at, word in enumerate(self.words))
        return follow(text, expected)


_QUESTIONS: Mapping[Take, str] = {
    "last letter": 'Take the last letter of each word in "{words}" and concatenate them.',
    "last vowel": 'Take the last vowel of each word in "{words}" and concatenate them.',
    "nth letter": 'Make a string from the words "{words}": its first letter is the first letter of '
    "the first word, its second letter is the second letter of the second word, and so on.",
}


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def parse(statement: Mapping[str, str]) -> Letters:
    """The words and the letter that a statement asks for; raises `ProblemError` for any other."""
    if set(statement) != {"words", "take"}:
        came = ", ".join(sorted(statement))
        raise ProblemError(f"a problem of letters states words and take, and here came {came}")
    if statement["take"] not in get_args(Take):
        wanted = ", ".join(get_args(Take))
        raise ProblemError(f"{statement['take']!r:.40}, wanted one of {wanted}", source="take")
    take: Take = next(each for each in get_args(Take) if each == statement["take"])
    try:
        return Letters(tuple(statement["words"].split(" ")), take)
    except ValueError as error:
        raise ProblemError(str(error), source="words") from error


def draw(take: Take, size: int, rng: Random) -> Letters:
    """So many common words, evenly drawn."""
    return Letters(words(rng, size), take)


def tidy(answer: str) -> str:
    """An answer in small letters; single letters with spaces or commas between are joined."""
    lowered = "".join(each.lower() if "A" <= each <= "Z" else each for each in answer)
    return re.sub(r"[^a-z0]", "", lowered) if _SPACED.fullmatch(lowered) else lowered


def bare(line: str) -> str | None:
    """The one word at the end of a line that says what the result is, or is but that word."""
    match = _LAST_LINE.match(line)
    if match is None and _SPACED.fullmatch(line.lower()):
        return line
    return match[1] if match else None
