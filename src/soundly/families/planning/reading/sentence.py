"""Steps said in words, such as ``Unstack the red block from the blue block.``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from soundly.families.planning.pddl import Step
from soundly.families.planning.reading.lexicon import Lexicon
from soundly.families.planning.reading.spelling import lower, tokens
from soundly.families.planning.reading.template import ARTICLES, PREPOSITIONS, Gap, Template

_LEADS = frozenset(
    ("first", "firstly", "second", "secondly", "third", "thirdly", "fourth", "fifth", "sixth",
     "seventh", "eighth", "ninth", "tenth", "then", "next", "finally", "lastly", "now", "again",
     "also", "and", "after", "that", "afterwards", "please", "i", "we", "you", "it's", "let's",
     "will", "can", "should", "must", "need", "to", "action", "step", "move", ",", ":")
)  # fmt: skip
_ADVERBS = frozenset({"now", "again", "then", "first", "next", "back", "directly", "carefully"})
_ENDS = frozenset(
    (".", ";", ":", "(", ")", "[", "]", "{", "}", "\u2014", "\u2013", "-", "\u2192", ">", "=", "#",
     "/", "|", "!", "because", "since", "so", "as", "which", "while", "where", "when", "then",
     "thus", "this", "but", "making", "leaving")
)  # fmt: skip
_FIRST = re.compile(r"[^\w]{0,8}(\w[\w'-]*)")
_LONGEST = 60
"""Words of one line that are looked at: a step is short, and a line of a megabyte is no step."""


@dataclass(slots=True)
class _Clause:
    """What was said after the head: the objects, and the gaps around them."""

    mentions: list[str] = field(default_factory=list)
    gaps: list[list[str]] = field(default_factory=lambda: [[]])


def read_sentence(text: str, lexicon: Lexicon) -> tuple[Step, ...]:
    """The steps that a line says, or none where it does not begin with an action.

    Words such as "first" or "then" may come before, and a remark after. What is said between
    objects has to agree with the phrase: "under" for "on top of", an object that is not known, one
    too many or too few give a step that no validator accepts, with what was said as arguments.
    "and" or "then" may join a second action, where "it" is the first object of the one before.
    """
    if not _may_begin(text, lexicon):
        return ()
    words = tokens(text[: _LONGEST * 20])[:_LONGEST]
    steps: list[Step] = []
    at = 0
    while True:
        at = _skip_leads(words, at, lexicon)
        templates = lexicon.heads(words, at)
        if not templates:
            return tuple(steps)
        clause, at = _clause(words, at + len(templates[0].head), lexicon, templates, steps)
        steps.append(_step(clause, templates, lexicon))
        at = _skip_remark(words, at)


def _may_begin(text: str, lexicon: Lexicon) -> bool:
    """Whether the first word could begin a step: most lines of prose go no further."""
    first = _FIRST.match(text)
    word = lower(first[1]) if first else ""
    return word in _LEADS or word.isdecimal() or lexicon.opens(word)


def _skip_leads(words: list[str], at: int, lexicon: Lexicon) -> int:
    while at < len(words) and not lexicon.heads(words, at):
        if not (words[at] in _LEADS or _is_number(words, at)):
            break
        at += 2 if _is_number(words, at) else 1
    return at


def _is_number(words: list[str], at: int) -> bool:
    """Whether the number of another step stands here: ``2.`` or ``2)``."""
    return words[at].isdecimal() and at + 1 < len(words) and words[at + 1] in ".):"


def _skip_remark(words: list[str], at: int) -> int:
    """Past a remark in brackets and the marks that end a clause."""
    while at < len(words) and words[at] in _ENDS:
        if words[at] == "(":
            while at < len(words) and words[at] != ")":
                at += 1
        at += 1
    return at


def _clause(
    words: list[str],
    at: int,
    lexicon: Lexicon,
    templates: tuple[Template, ...],
    before: list[Step],
) -> tuple[_Clause, int]:
    clause = _Clause()
    most = max(template.arity for template in templates)
    while at < len(words):
        word = words[at]
        if found := _mention(words, at, lexicon, before):
            clause.mentions.append(found[0])
            clause.gaps.append([])
            at = found[1]
            continue
        complete = len(clause.mentions) >= most
        if word == "(" and not complete:
            at = _skip_remark(words, at)
            continue
        if word in "[]" and not complete:
            at += 1
            continue
        if _is_number(words, at) and _joins(words, at, lexicon):
            break
        if word in _ENDS or (word == "," and complete):
            break
        if word == "and" and (complete or _joins(words, at, lexicon)):
            break
        if word not in _ADVERBS and word != "and":
            clause.gaps[-1].append(word)
        at += 1
    return clause, at


def _joins(words: list[str], at: int, lexicon: Lexicon) -> bool:
    return bool(lexicon.heads(words, _skip_leads(words, at, lexicon)))


def _mention(
    words: list[str], at: int, lexicon: Lexicon, before: list[Step]
) -> tuple[str, int] | None:
    """An object named here; in "a red block" and in "a block" the "a" is an article."""
    if words[at] == "it" and before and len(before[-1]) > 1:
        return before[-1][1], at + 1
    if words[at] == "a" and at + 1 < len(words):
        following = lexicon.mention(words, at + 1)
        if following is not None and following[1] > at + 2:
            return following
        if words[at + 1] in lexicon.nouns:
            return None
    return lexicon.mention(words, at)


def _step(clause: _Clause, templates: tuple[Template, ...], lexicon: Lexicon) -> Step:
    gaps = [Gap.of(_without_nouns(gap, lexicon)) for gap in clause.gaps]
    able = [
        template
        for template in templates
        if template.arity == len(clause.mentions) and _agrees(template, gaps, lexicon)
    ]
    fitting = [t for t in able if lexicon.fits(t.action, clause.mentions)]
    if able:
        return ((fitting or able)[0].action, *clause.mentions)
    mismatched = all(template.arity != len(clause.mentions) for template in templates)
    return (templates[0].action, *_as_said(clause, lexicon, prepositions=not mismatched))


def _agrees(template: Template, gaps: list[Gap], lexicon: Lexicon) -> bool:
    *inner, last = gaps
    *wanted, tail = template.gaps
    if not all(gap.admits(said) for gap, said in zip(wanted, inner, strict=True)):
        return False
    return set(last.others) <= set(tail.others) | lexicon.places


def _without_nouns(gap: list[str], lexicon: Lexicon) -> list[str]:
    """The words of a gap but for what only says what kind of thing follows."""
    return [word for word in gap if word not in lexicon.nouns]


def _as_said(clause: _Clause, lexicon: Lexicon, *, prepositions: bool) -> list[str]:
    """Objects and foreign words in the order in which they were said; never an object by chance."""
    said: list[str] = []
    for place, gap in enumerate(clause.gaps):
        words = [word for word in gap if word not in ARTICLES]
        words = _without_nouns(words, lexicon) or words
        foreign = "-".join(w for w in words if prepositions or w not in PREPOSITIONS)
        if foreign:
            said.append(f"{foreign}?" if lexicon.object(foreign) else foreign)
        if place < len(clause.mentions):
            said.append(clause.mentions[place])
    return said
