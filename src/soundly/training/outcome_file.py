"""Verified outcomes as JSON Lines: chats for Hugging Face, and words for models of our own."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from soundly.config.families import make_family
from soundly.core.codec import to_json
from soundly.core.completion import Message
from soundly.core.errors import StoreError, UsageError
from soundly.core.notation import Notated
from soundly.training.example import Example
from soundly.training.forms import drawn_as
from soundly.training.outcomes import FindFamily, LeftOut, Verified
from soundly.training.subject import form_of

_PARTIAL: Final = ".partial"


@dataclass(frozen=True, slots=True)
class Written:
    """A file of verified outcomes: how many lines, the SHA-256 of its bytes, and who is missing."""

    path: Path
    examples: int
    sha256: str
    left_out: tuple[LeftOut, ...]


def chat_record(verified: Verified) -> dict[str, object]:
    """One line of the file: ``messages`` as Hugging Face's trainers read them, and ``provenance``.

    The one answer among the messages is the verified one, and it is the last.
    """
    answered = (*verified.prompt, Message("assistant", verified.answer))
    return {
        "messages": to_json(answered),
        "provenance": {
            "session_id": verified.session_id,
            "date": verified.started_at,
            "model": verified.model,
            "strategy": verified.strategy,
            "found_by": verified.found_by,
            "soundly_version": verified.soundly_version,
            "family": verified.problem.family,
            "problem": verified.problem.name,
            "problem_sha256": verified.problem.digest,
            "form_sha256": verified.form,
            "certificate_sha256": verified.certificate_sha256,
        },
    }


def write_chats(found: Iterable[Verified | LeftOut], path: Path) -> Written:
    """Writes `chat_record` lines; the file is there whole or not at all.

    The same sessions give the same bytes. Raises `StoreError` where it cannot be written; a file
    that stood there before is then untouched.
    """
    digest, left_out, examples = hashlib.sha256(), list[LeftOut](), 0
    partial = path.with_name(path.name + _PARTIAL)
    try:
        with partial.open("wb") as file:
            for each in found:
                if isinstance(each, LeftOut):
                    left_out.append(each)
                    continue
                # ASCII, because a model's answer can hold half a surrogate pair
                line = json.dumps(chat_record(each), separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                file.write(line)
                examples += 1
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return Written(path, examples, digest.hexdigest(), tuple(left_out))


def example_of(verified: Verified, *, find_family: FindFamily = make_family) -> Example | None:
    """The outcome in its family's notation, for models that are trained on words.

    None where the family has no notation or the notation cannot say the problem, and where the
    problem is none that the family draws, because an example names the size and seed that draw it
    again.
    """
    problem = verified.problem
    family: object = find_family(problem.family)
    drawn = drawn_as(family, problem)
    if drawn is None or not isinstance(family, Notated) or family.notation is None:
        return None
    try:
        statement = family.notation.state(problem)
        answer = family.notation.solution(problem, verified.candidate.solution)
    except UsageError:
        return None
    size, seed = drawn
    form = form_of(statement)
    return Example(problem.family, size, seed, form, statement.words, len(statement.names), answer)
