"""States in answers: which piece of a text says what is true after a plan."""

from __future__ import annotations

import re

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.planning.facts import FactReader, is_read
from soundly.reading import answer_blocks, fenced, spoken

WANTED = "write every fact that is true then, one a line, between [ANSWER] and [ANSWER END]"
_NOTHING = "()"
_NEXT_PROBLEM = "\n[STATEMENT]"
_LAST = 50_000
_HEADING = re.compile(
    r"\b(?:final|resulting|end|new) state\b[^\n:.]{0,80}(?::|\bis\b|\bare\b)", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"\n[ \t]{0,9}\n")


def read_state_facts(text: str, reader: FactReader) -> Reading:
    """The facts that an answer lists, sorted: ``("(clear b)", "(holding a)", …)``.

    What counts, the first of these that there is (thinking in tags never counts):

    1. the last ``[ANSWER]`` block that is not blank, the whole of it: what is no fact stays in
       the answer as it was written; ``()`` alone says that no fact is true;
    2. the last code fence that holds a fact, the whole of it;
    3. the first paragraph with a fact behind the last words such as "the resulting state:";
    4. the last paragraph with a fact. Of these paragraphs, what names no object is passed over.

    ``[NO SOLUTION]`` is a claim. Looks at the last 50,000 characters of prose.
    """
    said = spoken(text).partition(_NEXT_PROBLEM)[0]
    blocks = [block for block in answer_blocks(said) if block.strip()]
    if blocks:
        block = blocks[-1].strip()
        if block.upper() == "[NO SOLUTION]":
            return ClaimedUnsolvable(block)
        if block == _NOTHING:
            return _found([], block)
        return _found(reader.entries(block, whole=True), block)
    said = said[-_LAST:]
    if "[NO SOLUTION]" in said:
        return ClaimedUnsolvable("[NO SOLUTION]")
    for fence in reversed(fenced(said)):
        entries = reader.entries(fence, whole=True)
        if any(map(is_read, entries)):
            return _found(entries, fence)
    return _read_prose(said, reader)


def _read_prose(said: str, reader: FactReader) -> Reading:
    headings = list(_HEADING.finditer(said))
    behind = _PARAGRAPH.split(said[headings[-1].end() :]) if headings else []
    for paragraph in (*behind, *reversed(_PARAGRAPH.split(said))):
        entries = reader.entries(paragraph, whole=False)
        if any(map(is_read, entries)):
            return _found(entries, paragraph.strip())
    reason = "the answer names no fact of this problem" if said.strip() else "the answer is empty"
    return Unreadable(Critique("no-state", reason, repair=WANTED))


def _found(entries: list[str], excerpt: str) -> Found:
    solution = tuple(sorted(set(entries)))
    return Found(solution, format_state(solution), excerpt[:2000])


def format_state(entries: tuple[str, ...]) -> str:
    """A list of facts as text, one a line, that is read back as it is."""
    lines = "".join(f"{entry}\n" for entry in entries)
    return f"[ANSWER]\n{lines or _NOTHING}[ANSWER END]"
