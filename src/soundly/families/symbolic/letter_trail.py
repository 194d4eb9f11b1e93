"""The letters that an explanation takes from the words, and the strings that it makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from soundly.core.verdict import Critique
from soundly.families.symbolic.puzzle import Trail

_QUOTE = r"[\"'`*“”‘’]{0,4}"  # noqa: RUF001 - quotes as models write them
_BULLET = r"^[ \t]*(?:(?:[-*•]|\d{1,5}[.)])[ \t]*)?"
_END = r"(?![a-z0-9])"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_NTH = rf"(?:\d{{1,5}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}|tenth)"
_WHICH = rf"(?:last letter|last vowel|{_NTH} letter)"
_IS = r",? ?(?:is|=|:|->|→) ?(?:the letter )?"
_LISTED = r"(?:->|→|=>|:|=|-|–|gives|is)?"  # noqa: RUF001
_FORMS = {
    "told": rf"{_WHICH} (?:of|in) (?:the )?(?:word )?{_QUOTE}(?P<told>[a-z]{{1,40}}){_QUOTE}"
    rf"{_IS}{_QUOTE}(?P<told_letter>[a-z0]){_END}",
    "placed": rf"{_WHICH} of the (?P<placed>{_NTH}) word{_IS}{_QUOTE}(?P<placed_letter>[a-z0])"
    rf"{_END}",
    "short": rf"{_QUOTE}(?P<short>[a-z]{{1,40}}){_QUOTE} has no [^.\n\"]{{1,40}}{_QUOTE}"
    rf"(?P<short_letter>0){_END}",
    "listed": rf"{_BULLET}{_QUOTE}(?P<listed>[a-z]{{1,40}}){_QUOTE}:?{_QUOTE} ?{_LISTED} ?(?:the )?"
    rf"(?:{_WHICH} ?(?:is|:)? ?)?\(?{_QUOTE}(?P<listed_letter>[a-z0]){_END}",
    "taken": rf"{_BULLET}{_QUOTE}(?P<taken_letter>[a-z0]){_QUOTE} ?\((?:from |of )?{_QUOTE}"
    rf"(?P<taken>[a-z]{{1,40}}){_QUOTE}\)",
    "sum": r"(?<!\+ )(?<![\"'`*“”‘’])"  # noqa: RUF001 - begins where a sum begins, or time is squared
    rf"(?P<parts>{_QUOTE}[a-z0]{_QUOTE}(?: \+ {_QUOTE}[a-z0]{_QUOTE}){{1,10000}}) = {_QUOTE}"
    rf"(?P<sum>[a-z0]{{1,10000}}){_END}",
    "array": r"\[(?P<array>[\"'][a-z0][\"'](?:, ?[\"'][a-z0][\"']){0,10000})\]",
    "joined": r"(?:concatenat[a-z]{1,6}\b[^\"“`\n:=]{0,80}?"
    r"(?:\bis|\bgives|\bget|\bin|\byields?|:|=)|\bso far,?|\bstring is now)"
    r" {0,3}[\"“`'*]{1,4}(?P<joined>[a-z0]{1,10000})[\"”`'*]",
}
_STATED = re.compile("|".join(_FORMS.values()), re.IGNORECASE | re.MULTILINE)
_BY_WORD = ("told", "short", "listed", "taken")


def follow(text: str, expected: Sequence[tuple[str, str]]) -> Trail:
    """The trail of an explanation about these words, each with the letter that it has to give.

    A letter is judged against its word, and a string against the letters that the explanation
    itself took before: so one slip is one fault. A string without letters before it is judged
    against the right one. Words that are not in the problem are passed over.
    """
    walk = _Walk(expected)
    for match in _STATED.finditer(text):
        found = {name: part.lower() for name, part in match.groupdict().items() if part}
        if "placed" in found:
            walk.take(_place_of(found["placed"]), found["placed_letter"])
        elif kind := next((kind for kind in _BY_WORD if kind in found), None):
            walk.take(walk.place(found[kind]), found[f"{kind}_letter"])
        else:
            parts = re.sub("[^a-z0]", "", found.get("parts") or found.get("array") or "")
            walk.join(found.get("joined") or found.get("sum") or parts, parts)
    return Trail(walk.steps, tuple(walk.faults), walk.leads_to)


@dataclass(slots=True)
class _Walk:
    """What has been stated so far; ``at`` is the word that is due, ``taken`` a letter a place."""

    expected: Sequence[tuple[str, str]]
    at: int = 0
    steps: int = 0
    taken: dict[int, str] = field(default_factory=dict)
    leads_to: str | None = None
    faults: list[Critique] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, (word, _) in enumerate(self.expected):
            self.places.setdefault(word, []).append(place)

    def take(self, place: int | None, letter: str) -> None:
        """A letter is said to come from the word at a place; from no place it is passed over."""
        if place is None or place >= len(self.expected):
            return
        word, wanted = self.expected[place]
        self.steps += 1
        if place > self.at:
            skipped = self.expected[self.at][0]
            self._fault("skipped-word", f'"{skipped}" is left out before "{word}"')
        if letter != wanted:
            message = f'"{word}" is said to give "{letter}", and it gives "{wanted}"'
            self._fault("wrong-letter", message)
        self.taken[place] = letter
        self.at = place + 1
        self.leads_to = self._made()

    def join(self, string: str, parts: str) -> None:
        """The letters so far are said to make a string, perhaps with its parts written out."""
        self.steps += 1
        due = self._made() or "".join(letter for _, letter in self.expected)
        if parts and parts != due:
            self._fault("wrong-parts", f'"{parts:.60}" is put together, and "{due:.60}" is due')
        if string != (parts or due):
            message = (
                f'"{string:.60}" is said to be made, and the letters make "{parts or due:.60}"'
            )
            self._fault("wrong-string", message)
        self.leads_to = string

    def place(self, word: str) -> int | None:
        """The next place of a word, or its last one; None for a word that is not in the problem."""
        places = self.places.get(word)
        if places is None:
            return None
        if self.at < len(self.expected) and self.expected[self.at][0] == word:
            return self.at
        return next((place for place in places[-50:] if place >= self.at), places[-1])

    def _made(self) -> str:
        return "".join(letter for _, letter in sorted(self.taken.items()))

    def _fault(self, code: str, message: str) -> None:
        self.faults.append(Critique(code, message, f"statement {self.steps}", self.steps))


def _place_of(ordinal: str) -> int:
    """The place, from 0, that an ordinal such as "third" or "12th" names."""
    if ordinal[0].isdigit():
        return max(int(ordinal[:-2]) - 1, 0)
    return (*_ORDINALS, "tenth").index(ordinal)
