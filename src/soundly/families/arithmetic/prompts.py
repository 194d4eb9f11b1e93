"""Arithmetic problems as prompts: plain English or bare fields, with or without worked examples."""

from __future__ import annotations

from collections.abc import Sequence

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.families.arithmetic.statement import Task

_RULES = {
    "all": "Every number has to be used exactly once.",
    "any": "Every number may be used at most once, and some may be left over.",
}
_FORM = (
    "Use addition, subtraction, multiplication, division and parentheses only. Results on the way "
    "may be fractions or below zero. Write one expression between [ANSWER] and [/ANSWER]; steps, "
    "one on each line with its result, are fine too. If you are sure that there is no such "
    "expression, write [NO SOLUTION] instead."
)
_FORMALLY = (
    "An instance has the fields numbers, target and use. Its solution is a word of the grammar "
    "below whose value, worked out in fractions, is the target. The numbers in it are the given "
    "ones: each exactly once where use is all, each at most once where use is any.\n\n"
    "sum ::= product (('+' | '-') product)*\n"
    "product ::= operand (('*' | '/') operand)*\n"
    "operand ::= number | '(' sum ')'\n\n"
    "Write the solution between [ANSWER] and [/ANSWER], or [NO SOLUTION] if there is none."
)


def conversation(
    task: Task, style: PromptStyle, examples: Sequence[tuple[Task, str]]
) -> tuple[Message, ...]:
    """One user message: the rules, worked examples with their expressions, the problem."""
    formal = style.language == "formal"
    stated = _fields if formal else _sentence
    rules = _FORMALLY if formal else f"Reach a target by arithmetic on given numbers. {_FORM}"
    parts = [rules]
    for example, expression in examples:
        answer = f"[ANSWER]\n{expression}\n[/ANSWER]"
        parts.append(f"Example problem:\n\n{stated(example)}\n\nAnswer:\n\n{answer}")
    parts.append(f"{'Your problem' if examples else 'The problem'}:\n\n{stated(task)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _sentence(task: Task) -> str:
    numbers = ", ".join(map(str, task.numbers))
    return f"Make {task.target} from the numbers {numbers}. {_RULES[task.use]}"


def _fields(task: Task) -> str:
    numbers = " ".join(map(str, task.numbers))
    return f"numbers: {numbers}\ntarget: {task.target}\nuse: {task.use}"
