"""Statements written as rows: a word, then fields, with a bar between each two.

``busy | Ann | Monday | 9:00 | 10:30``. Times are of one day, from 0:00 to 24:00.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from soundly.kernel.refused import Refused

MAX_ROWS = 10_000

_NAME = re.compile(r"[^|:,;.()\[\]*\d\s]+(?: [^|:,;.()\[\]*\d\s]+)*")
_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_COUNT = re.compile(r"[1-9][0-9]{0,4}")
_MAX_NAME = 60


def read_rows(statement: Mapping[str, object], field: str) -> list[list[str]]:
    """The fields of each row of a text; empty lines are none."""
    text = statement.get(field)
    if not isinstance(text, str):
        raise Refused(f"the statement has to have the text {field}")
    rows = [[part.strip() for part in line.split("|")] for line in text.split("\n") if line.strip()]
    if len(rows) > MAX_ROWS:
        raise Refused(f"the statement has {len(rows)} rows; at most {MAX_ROWS} are read")
    return rows


def name_of(value: object) -> str:
    """The value, if it can be a name: no digits, no marks, at most 60 characters."""
    if not isinstance(value, str) or len(value) > _MAX_NAME or not _NAME.fullmatch(value):
        raise Refused(f"{value!r:.80} is no name")
    return value


def time_of(value: object) -> int:
    """Minutes since midnight."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    minutes = int(match[1]) * 60 + int(match[2]) if match else -1
    if not 0 <= minutes <= 24 * 60:
        raise Refused(f"{value!r:.80} is no time from 0:00 to 24:00")
    return minutes


def count_of(value: object) -> int:
    """A whole number from 1 to 99999, in digits."""
    if not isinstance(value, str) or not _COUNT.fullmatch(value):
        raise Refused(f"{value!r:.80} is no number from 1 to 99999")
    return int(value)


def index_of(value: object, below: int) -> int:
    """A whole number from 0, as JSON has it."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < below:
        raise Refused(f"{value!r:.80} is no number from 0 to {below - 1}")
    return value
