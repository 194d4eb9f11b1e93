"""Verdicts on plans in answers: valid or not, the step or the goal, and what is unmet."""

from __future__ import annotations

import re

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.planning.facts import MAX_CHARACTERS, FactReader, unread
from soundly.families.planning.pddl import Plan, Step
from soundly.families.planning.reading.sentence import read_sentence
from soundly.families.planning.reading.steps import read_formal
from soundly.families.planning.tasks.verification_truth import GOAL, INVALID, VALID, step_head
from soundly.reading import answer_blocks, spoken

WANTED = (
    "write between [ANSWER] and [ANSWER END] either: valid; or: invalid: step N, and each unmet "
    "precondition on a line; or: invalid: goal, and each unmet goal on a line"
)
_NEXT_PROBLEM = "\n[STATEMENT]"
_LAST = 20_000
_SUBJECT = r"(?:(?:so|thus|therefore|hence),? )?(?:(?:the|this|that) )?(?:(?:above|given) )?"
_VALID = re.compile(rf"{_SUBJECT}(?:(?:plan|it) )?(?:is )?valid", re.ASCII | re.IGNORECASE)
_INVALID = re.compile(
    rf"{_SUBJECT}(?:(?:plan|it) )?(?:is )?(?:invalid|not valid)"
    r"(?:[ :;,.\u2013\u2014-]{1,4}(?:(?:at|in|because|since) )?(?:the )?"
    r"(?:(?:step|action) (?:number |#)?(?P<step>[0-9]{1,6})|(?P<goal>goal))"
    r"(?: (?:fails|cannot run|cannot be (?:executed|carried out)|is unmet"
    r"|(?:is |are )?not (?:met|reached|satisfied)))?)?",
    re.ASCII | re.IGNORECASE,
)
_STATED = re.compile(
    r"\b(?:plan|it|sequence) (?:is|was) (?:therefore |thus |indeed |actually |also )?"
    r"(?P<verdict>not (?:a )?valid|invalid|valid)\b"
    r"|^[\s*_#>]{0,6}(?P<bare>not valid|invalid|valid)\b(?=[\s*_]{0,4}(?:[.,;:!(\n-]|$))",
    re.ASCII | re.IGNORECASE | re.MULTILINE,
)
_DOUBT = re.compile(r"\b(?:whether|if|unless|says?|claims?)\b[^.\n]{0,30}$", re.IGNORECASE)
_OR = re.compile(r"[\s*_]{0,4}(?:\?|or\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!\n]{0,400}")
_BUT = re.compile(
    r"\b(?:but|only|until|till|except|or|unless|if|up to|provided|as long|for the)\b|\?",
    re.IGNORECASE,
)
_STEP = re.compile(r"\b(?:step|action) (?:number |#)?(?P<step>[0-9]{1,6})\b", re.IGNORECASE)
_GOAL = re.compile(
    r"\bunmet goal|\bgoal (?:conditions? )?(?:is|are|was|were|has|have|does|do) (?:not|unmet)"
    r"|\bnot (?:reach|satisfy|achieve|meet|fulfil|fulfill)(?:ed)? the goal",
    re.IGNORECASE,
)
_UNMET = re.compile(
    r"\bunmet (?:goal conditions?|goals?)(?: (?:is|are|at the end)){0,2}\s?:"
    r"|\bunmet preconditions? (?:is|are)(?: here)?\s?:",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\b(?:because|since|or|but|not|is|are|as)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^[ \t]{0,9}[0-9]{1,4}[.)]\s")
_ITEM = re.compile(r"\n[ \t]{0,9}(?:\n|[0-9]{1,4}[.)]\s|\[)")


def read_verdict(text: str, reader: FactReader, plan: Plan) -> Reading:
    """The verdict that an answer gives on ``plan``, as ``("invalid: step 2", "(clear b)", …)``.

    What counts, the first of these that there is (thinking in tags never counts):

    1. the last ``[ANSWER]`` block that is not blank: its first line is the verdict and every
       further line says what is unmet; a line that restates the failing step is passed over, and
       whatever else cannot be read stays in the answer as it was written;
    2. the last sentence that says of the plan that it is valid or invalid (one that goes on with
       "but" or "until" is kept as it was written), and behind it the
       first mention of a step's number or of an unmet goal, else the first line that is a step of
       the plan, and the list behind "unmet … are:".

    ``[NO SOLUTION]`` is a claim. Looks at the last 20,000 characters of prose.
    """
    said = spoken(text).partition(_NEXT_PROBLEM)[0]
    blocks = [block for block in answer_blocks(said) if block.strip()]
    if blocks:
        block = blocks[-1].strip()
        if block.upper() == "[NO SOLUTION]":
            return ClaimedUnsolvable(block)
        return _found(_from_block(block, reader, plan), block)
    if "[NO SOLUTION]" in said[-_LAST:]:
        return ClaimedUnsolvable("[NO SOLUTION]")
    return _read_prose(said[-_LAST:], reader, plan)


def _from_block(block: str, reader: FactReader, plan: Plan) -> list[str]:
    first, _, rest = block.partition("\n")
    head, more = _head(first), ""
    if head is None and "(" in first:
        before, _, behind = first.partition("(")
        head, more = _head(before), f"({behind}"
    if head is None:
        head, more = unread(first), ""
    return [head, *_facts(f"{more}\n{rest}", reader, plan, head, whole=True)]


def _head(line: str) -> str | None:
    said = line.replace("*", "").replace("`", "").strip(" .:;,-\t\r")
    if len(said) > _LAST:
        return None
    if _VALID.fullmatch(said):
        return VALID
    match = _INVALID.fullmatch(said)
    if match is None:
        return None
    if match["step"]:
        return step_head(int(match["step"]))
    return GOAL if match["goal"] else INVALID


def _read_prose(said: str, reader: FactReader, plan: Plan) -> Reading:
    stated = None
    for match in _STATED.finditer(said):
        if not _DOUBT.search(said, max(0, match.start() - 60), match.start()):
            stated = match
    if stated is None:
        reason = "the answer says neither that the plan is valid nor that it is invalid"
        return Unreadable(Critique("no-verdict", reason, repair=WANTED))
    excerpt = said[stated.start() :].strip()
    verdict = (stated["verdict"] or stated["bare"]).lower()
    if _OR.match(said, stated.end()):
        return _found([unread(excerpt.split("\n")[0])], excerpt)
    behind = said[stated.end() :]
    if verdict == VALID:
        rest = _SENTENCE.match(behind)
        hedged = rest is not None and _BUT.search(rest[0])
        return _found([unread(excerpt.split("\n")[0]) if hedged else VALID], excerpt)
    step, goal = _STEP.search(behind), _GOAL.search(behind)
    head = INVALID
    if goal and not (step and step.start() < goal.start()):
        head = GOAL
    elif step:
        head = step_head(int(step["step"]))
    elif number := _named_step(behind, reader, plan):
        head = step_head(number)
    unmet = _UNMET.search(behind)
    listed = _ITEM.split(behind[unmet.end() :].strip(), maxsplit=1)[0] if unmet else ""
    return _found([head, *_facts(listed, reader, plan, head, whole=False)], excerpt)


def _named_step(text: str, reader: FactReader, plan: Plan) -> int | None:
    """The place in the plan, from 1, of the first step that stands on a line of its own."""
    for line in text.split("\n"):
        for step in read_sentence(_NUMBER.sub("", line), reader.lexicon):
            if step in plan:
                return plan.index(step) + 1
    return None


def _facts(text: str, reader: FactReader, plan: Plan, head: str, *, whole: bool) -> list[str]:
    """The entries of a text, without lines that only restate the step that the head names."""
    number = head.rpartition(" ")[2]
    at = int(number) if number.isascii() and number.isdigit() else 0
    step = plan[at - 1] if 0 < at <= len(plan) else None
    kept = [
        line
        for line in text[: MAX_CHARACTERS + 1].split("\n")
        if step is None or _REMARK.search(line) or not _restates(line, step, reader)
    ]
    return reader.entries("\n".join(kept), whole=whole)


def _restates(line: str, step: Step, reader: FactReader) -> bool:
    lexicon = reader.lexicon
    return (step,) in (read_sentence(line, lexicon), read_formal(line, lexicon))


def _found(entries: list[str], excerpt: str) -> Found:
    head, *facts = entries
    solution = (head, *sorted(set(facts)))
    return Found(solution, format_answer(solution), excerpt[:2000])


def format_answer(entries: tuple[str, ...]) -> str:
    """An answer as text, one entry a line, that is read back as it is."""
    lines = "".join(f"{entry}\n" for entry in entries)
    return f"[ANSWER]\n{lines}[ANSWER END]"
