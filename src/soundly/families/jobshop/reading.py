"""From an answer to the schedule that it proposes: which piece of the text counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.jobshop.schedule import Starts
from soundly.families.jobshop.shop import Answer
from soundly.reading import answer_blocks, claim_of_no_solution, fenced, spoken

WANTED = (
    "write a line such as job 0: 0 7 12 for each job, with the starts of its operations in order, "
    "between the lines [ANSWER] and [ANSWER END]"
)

_NOUNS = ("schedule", "feasible schedule")
_HEAD = re.compile(r"(?:(?P<kind>job|j|machine|m) ?)?(?P<name>[0-9]{1,20}) ?[:=>]")
_NEXT_JOB = re.compile(r" (?=job [0-9]{1,20} ?[:=])")
_BULLETS = re.compile(r"(?:(?:[-•]|[0-9]{1,6}[.)](?= (?:job|machine|j|m))) )+")
_OPERATION = re.compile(
    r"(?<!\S)(?:machine|m) ?(?P<machine>[0-9]{1,20})(?: ?[:=])? ?"
    r"(?:(?:starts? )?(?:at|from) )?(?P<start>[0-9]{1,20})"
    r"(?: ?(?:-|to|until) ?(?P<end>[0-9]{1,20}))?(?!\S)"
)
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)[^\n`]*$", re.MULTILINE)
_JOB_NAME = re.compile(r"(?:job|j)([0-9]{1,20})")
_DECORATION = str.maketrans({**dict.fromkeys("\"'`~*{}"), "[": " ", "]": "\n", "<": " "})
_SEPARATORS = str.maketrans(",;()", "    ")
_ARROWS = re.compile(r"-?>|→")


def read_answer(text: str) -> Reading:
    """The schedule that an answer proposes, and nothing judged about it.

    Thinking in tags never counts. Of the rest the first of these counts that there is: the last
    ``[ANSWER]`` block that has a line of a job or a machine, or that claims that there is none; the
    last block with anything in it; the last code fence that begins with such a line; such a claim
    behind the last line of a job or a machine; the last run of such lines. All that stands in the
    piece is kept, for the critic. A line without a name is a job's: ``0: 0 7 12``.
    """
    said = spoken(text)
    blocks = [piece for piece in answer_blocks(said) if piece.strip()]
    explicit = [
        piece for piece in blocks if any(map(_schedules, piece.split("\n"))) or _claims(piece)
    ]
    pieces = explicit or blocks or [piece for piece in fenced(said) if _schedules(piece)]
    if not pieces:
        run, behind = _last_run(said)
        if claim := _claims(said[behind:]):
            return ClaimedUnsolvable(claim)
        pieces = [run] if run else []
    if pieces:
        lines = _lines(pieces[-1])
        claim = _claims(pieces[-1]) or _claims("\n".join(lines))
        if claim and not _schedules(pieces[-1]):
            return ClaimedUnsolvable(claim)
        if lines:
            answer = _answer(lines)
            return Found(answer, format_answer(answer), pieces[-1].strip())
    return Unreadable(Critique("unreadable", f"no schedule was found in the answer: {WANTED}"))


def format_answer(answer: Answer) -> str:
    """A schedule as an answer spells it."""
    lines = (f"{line[0]} {line[1]}: {' '.join(line[2:])}" for line in answer if len(line) > 1)
    rest = (line[0] for line in answer if len(line) == 1)
    return "\n".join(["[ANSWER]", *(line.rstrip() for line in lines), *rest, "[ANSWER END]"])


def format_starts(starts: Starts) -> str:
    """The starts of all operations as an answer spells them."""
    return format_answer(tuple(("job", str(job), *map(str, row)) for job, row in enumerate(starts)))


def _claims(piece: str) -> str | None:
    return claim_of_no_solution(piece, nouns=_NOUNS)


def _lines(piece: str) -> list[str]:
    """The lines of a piece, in small letters, without decoration, bullets and separators."""
    found = []
    for line in _FENCE.sub("", piece).translate(_DECORATION).lower().split("\n"):
        bare = " ".join(_ARROWS.sub(" > ", line.translate(_SEPARATORS)).split())
        if bullets := _BULLETS.match(bare):
            bare = bare[bullets.end() :]
        found += [part for part in _NEXT_JOB.split(bare) if part.strip(" .:-")]
    return found


def _schedules(piece: str) -> bool:
    """Whether the first line with anything on it is of a job or a machine."""
    for line in piece.split("\n"):
        if bare := _lines(line[:2_000]):
            return _HEAD.match(bare[0]) is not None
    return False


def _last_run(text: str) -> tuple[str, int]:
    """The last lines in a row that are of a job or a machine, and where they end."""
    run: list[str] = []
    going, place, behind = False, 0, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if line.strip() and _schedules(line) and not _claims(line):
            if not going:
                run = []
            run.append(line)
            going, behind = True, place
        elif line.strip():
            going = False
    return "\n".join(run), min(behind, len(text))


def _answer(lines: Iterable[str]) -> Answer:
    """Lines of jobs, then of machines, each in the order of their numbers, then what is neither."""
    found: list[tuple[str, ...]] = []
    for line in lines:
        head = _HEAD.match(line)
        if head is None:
            found.append((line,))
            continue
        kind = "machine" if head["kind"] in ("machine", "m") else "job"
        body = " ".join(line[head.end() :].replace(">", " ").split())
        if kind == "job":
            words = _OPERATION.sub(_word, body).split()
        else:
            words = [_bare_job(word) for word in body.split() if word not in ("job", "j")]
        found.append((kind, head["name"], *words))
    return tuple(sorted(found, key=_rank))


def _rank(line: tuple[str, ...]) -> tuple[int, int, tuple[str, ...]]:
    if len(line) == 1:
        return 2, 0, ()
    return int(line[0] == "machine"), len(line[1]), line


def _bare_job(word: str) -> str:
    match = _JOB_NAME.fullmatch(word)
    return match[1] if match else word


def _word(operation: re.Match[str]) -> str:
    end = f"-{operation['end']}" if operation["end"] else ""
    return f"{operation['machine']}@{operation['start']}{end}"
