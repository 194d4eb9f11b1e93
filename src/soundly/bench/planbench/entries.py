"""One entry of a result file: what was asked, what was answered, what they made of it.

Field names differ between files and years; all that are known are read here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from soundly.bench.planbench.json_types import named, required
from soundly.bench.planbench.oddity import OddFieldError
from soundly.bench.planbench.usage import Bill, bill_of, text_of
from soundly.core.completion import Message
from soundly.families.planning.pddl import Plan
from soundly.families.planning.phrases import Phrases

LABELS = ("llm_correct", "llm_correct_w_expl", "llm_correct_binary", "correct")
"""Where a verdict is stored; the first that is there counts. An answer to verification counts there
with its explanation, as we judge it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a model.

    ``turn`` counts the answers of a back-prompting conversation from 1; it is 0 elsewhere.
    ``asked`` is the conversation before the answer. ``label`` is None where no verdict is stored,
    and so is ``extracted``, the steps that they took from the answer, for tasks without a plan.
    """

    turn: int
    asked: tuple[Message, ...]
    text: str
    label: bool | None
    extracted: object
    bill: Bill = field(default_factory=Bill)


def said_in(entry: Mapping[str, Any]) -> list[Said]:
    """The answers in an entry; more than one for a conversation, of which only the last is theirs.

    Raises `OddFieldError` where what was asked or answered is missing or odd.
    """
    if "messages" in entry:
        return _conversation(entry)
    response = entry.get("response_object")
    text = entry.get("llm_raw_response")
    if text is None:
        text = text_of(response)
    if text is None:
        raise OddFieldError("llm_raw_response", "is missing")
    if not isinstance(text, str):
        raise OddFieldError("llm_raw_response", f"is {named(text)}, wanted a text")
    asked = (Message("user", required(entry, "query", str)),)
    return [
        Said(0, asked, text, label_of(entry), entry.get("extracted_llm_plan"), bill_of(response))
    ]


def label_of(entry: Mapping[str, Any]) -> bool | None:
    """The stored verdict; None without one.

    Raises `OddFieldError` for one that is neither true nor false.
    """
    for name in LABELS:
        if name in entry:
            label = entry[name]
            if not isinstance(label, bool):
                raise OddFieldError(name, f"is {label!r:.40}, wanted true or false")
            return label
    return None


def plan_in(extracted: object, phrases: Phrases) -> Plan:
    """Their plan, with the words for objects put back to the names of the instance.

    None, and a file without the field, is the empty plan. Raises `OddFieldError` for what is
    neither a text nor a list of texts.
    """
    lines = (extracted or "").split("\n") if isinstance(extracted, str | None) else extracted
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise OddFieldError("extracted_llm_plan", f"is {named(extracted)}, wanted steps")
    letters = {said.split(" ")[0]: name for name, said in phrases.objects.items() if " " in said}
    letters.pop("object", None)
    steps = [re.sub("[()]", " ", line).lower().split() for line in lines]
    return tuple(tuple(letters.get(word, word) for word in step) for step in steps if step)


def _conversation(entry: Mapping[str, Any]) -> list[Said]:
    """Every turn but the last was rejected, or there would have been no further one.

    Where their validator crashed, null was put to the model and stored; it stands for no words.
    """
    messages = tuple(_message(each) for each in required(entry, "messages", list))
    places = [at for at, message in enumerate(messages) if message.role == "assistant"]
    if not places or not places[0]:
        raise OddFieldError("messages", "holds no question with an answer")
    last = len(places)
    return [
        Said(
            turn,
            messages[:at],
            messages[at].content,
            label_of(entry) if turn == last else False,
            entry.get("extracted_llm_plan") if turn == last else None,
        )
        for turn, at in enumerate(places, start=1)
    ]


def _message(value: object) -> Message:
    if not isinstance(value, Mapping):
        raise OddFieldError("messages", f"holds {named(value)}, wanted objects")
    unsaid = value.get("role") == "user" and value.get("content", "") is None
    try:
        content = "" if unsaid else required(value, "content", str)
        return Message(required(value, "role", str), content)  # type: ignore[arg-type]
    except (OddFieldError, ValueError) as error:
        raise OddFieldError("messages", f"has one whose {error}") from error
