"""Steps in a formal spelling: ``(stack a b)``, ``stack(a, b)``."""

from __future__ import annotations

import re

from soundly.families.planning.pddl import Step
from soundly.families.planning.reading.lexicon import Lexicon
from soundly.families.planning.reading.sentence import read_sentence
from soundly.families.planning.reading.spelling import lower
from soundly.families.planning.reading.template import PREPOSITIONS

_NAME = re.compile(r"[\w-]+")
_BETWEEN = re.compile(r"(?:[\s,;.→>-]|=>|\d{1,9}[.):]|\band\b|\bthen\b)*", re.IGNORECASE)
_WORD = re.compile(r"[:?]?[^\s.,;:!?()/'\"]+")
"""Any run of letters and marks but those of a sentence: a dash or an unseen space in a name makes
the step a wrong one, not a remark."""
_CALL = re.compile(r"[\w-]+ ?\(")
_REMARK = re.compile(r"\s*(?:$|//|[;#(\[,.:|*!→\u2013\u2014=-])")
_MARKS = " \t,\"'`*"
_LONGEST_GROUP = 2000


def read_formal(text: str, lexicon: Lexicon) -> tuple[Step, ...]:
    """The steps that a line spells formally, or none where it does not begin with one.

    A line begins with a step when it begins with one bracket of plain names, whatever the names,
    or with an action's name followed by a bracket. More may follow on the same line. Arguments
    are kept in number and order, so that a missing or an extra one is the validator's to find;
    text behind the steps that is no remark makes the last step one that no validator accepts.
    """
    if "(" not in text:
        return ()
    steps: list[Step] = []
    at = 0
    while (found := _group(text, at, lexicon, first=not steps)) is not None:
        step, at = found
        steps.append(step)
        at = _next(text, at)
    if steps and not _REMARK.match(text, at):
        steps[-1] = (*steps[-1], *_plain(text[at : at + 80]).split())
    return tuple(steps)


def _group(text: str, at: int, lexicon: Lexicon, *, first: bool) -> tuple[Step, int] | None:
    """The bracket at a place as a step, with the place behind it."""
    name = _NAME.match(text, at)
    opening = name.end() if name else at
    spaced = opening < len(text) and text[opening] == " " and name is not None
    opening += spaced
    if opening >= len(text) or text[opening] != "(":
        return None
    closing = text.find(")", opening + 1, opening + _LONGEST_GROUP)
    inner = text[opening + 1 : closing if closing >= 0 else opening + _LONGEST_GROUP]
    end = closing + 1 if closing >= 0 else len(text)
    written = [part.strip(_MARKS) for part in inner.replace(",", " ").split()]
    if name is not None:
        if lexicon.action(name[0]) is None and (spaced or not first):
            return None
        written.insert(0, name[0])
    elif not _is_step(written, lexicon, first=first, closed=closing >= 0):
        return None
    step = tuple(_resolved(written, lexicon))
    if closing < 0:
        step = (*step, "…")
    elif any(word in PREPOSITIONS and lexicon.object(word) is None for word in step[1:]):
        step = _as_sentence(step, lexicon)
    return step, end


def _as_sentence(step: Step, lexicon: Lexicon) -> Step:
    """``(overcome a from c)`` read as words, where that gives just one step without a doubt."""
    read = read_sentence(" ".join(step), lexicon)
    return read[0] if len(read) == 1 and lexicon.is_whole(read[0]) else step


def _is_step(written: list[str], lexicon: Lexicon, *, first: bool, closed: bool) -> bool:
    """Whether a bracket without a name before it is a step and no remark."""
    if not written:
        return first and closed
    if lexicon.action(written[0]) is not None:
        return True
    if first:
        return (closed or len(written) > 1) and all(_WORD.fullmatch(word) for word in written)
    return len(written) > 1 and all(lexicon.object(word) is not None for word in written[1:])


def _resolved(written: list[str], lexicon: Lexicon) -> list[str]:
    """Names as the problem spells them; a name that it does not know stays as it was written."""
    if not written:
        return []
    name, *arguments = (_plain(word) for word in written)
    return [
        lexicon.action(name) or name,
        *(lexicon.object(word) or word for word in arguments if word),
    ]


def _plain(text: str) -> str:
    """Lower case, without what would be read as another bracket."""
    return re.sub(r"[();]", " ", lower(text)).strip()


def _next(text: str, at: int) -> int:
    """Where another step could begin: past a comma or an arrow, but not past a comment's mark."""
    match = _BETWEEN.match(text, at)
    ahead = match.end() if match else at
    return ahead if ahead < len(text) and (text[ahead] == "(" or _CALL.match(text, ahead)) else at
