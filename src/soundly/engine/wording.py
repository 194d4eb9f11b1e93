"""How a problem is put to a model: the family's words, augmented, and what a person advises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from soundly.core.added_words import reworded, with_words
from soundly.core.advice import Advice
from soundly.core.augmentation import INSTRUCTIONS
from soundly.core.completion import Message
from soundly.core.errors import FamilyError, UnknownNameError, UsageError
from soundly.core.family import STEP_BY_STEP, Family, Procedures, PromptStyle, SolverRuns
from soundly.core.notation import Notated, Notation, stated
from soundly.core.problem import Problem
from soundly.engine.attributed import attributed

PROGRESSION = "progression"
"""The procedure that, where a family teaches it, is its own form of the augmentation."""


def worded(
    family: Family, problem: Problem, style: PromptStyle, advice: Advice | None
) -> tuple[Message, ...]:
    """The problem as a conversation in words.

    Raises `UsageError` for a style that the family cannot do, and `FamilyError` for a family that
    broke.
    """
    if style.procedure is not None:
        _require_procedure(family, style.procedure)
    with attributed(FamilyError, f"family {family.name}"):
        messages = _augmented(family, problem, style)
    if style.template is not None:
        messages = reworded(messages, style.template.around)
    if advice is not None and style.advice:
        messages = with_words(messages, advice.paragraph)
    return messages


def in_notation(
    family: Family, problem: Problem, style: PromptStyle, advice: Advice | None, wanted: str
) -> tuple[Message, ...]:
    """The problem for a model that reads the wanted notation and nothing else.

    A style's language, examples, thoughts and procedure say nothing to it. Raises `UsageError` for
    an augmentation, a template or advice, which are words, and for a family without the notation.
    """
    if (words := _asked_words(style, advice)) is not None:
        raise UsageError(
            f"the model reads problems in {wanted} and no words, so {words} cannot be put to it: "
            "name a model that reads text"
        )
    notation = required_notation(family, wanted)
    with attributed(FamilyError, f"family {family.name}"):
        return (stated(notation, problem).message(),)


def required_notation(family: Family, wanted: str) -> Notation:
    """The family's notation of that name; raises `UsageError` where it has none or another."""
    notation = family.notation if isinstance(family, Notated) else None
    if notation is None or notation.name != wanted:
        raise UsageError(
            f"the model reads problems in {wanted}, which family {family.name} does not write"
        )
    return notation


def _asked_words(style: PromptStyle, advice: Advice | None) -> str | None:
    """What a style adds to a prompt in words, by its name."""
    if style.augmentation != "none":
        return f"augmentation={style.augmentation}"
    if style.template is not None:
        return "a template"
    return "advice" if advice is not None and style.advice else None


def _augmented(family: Family, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    plain = replace(style, augmentation="none")
    match style.augmentation:
        case "none":
            return family.render(problem, plain)
        case "zero-shot-cot":
            return family.render(problem, replace(plain, examples=0, thoughts=True))
        case "few-shot-cot":
            return _with_thoughts(family, problem, plain)
        case "solver-trace":
            return _behind_runs(family, problem, plain)
        case "progression" if _own_progression(family, style):
            return family.render(problem, replace(plain, procedure=PROGRESSION, thoughts=True))
        case name:
            return with_words(family.render(problem, plain), INSTRUCTIONS[name])


def _own_progression(family: Family, style: PromptStyle) -> bool:
    """Whether the family has a form of its own, and no other procedure was asked for."""
    return style.procedure in (None, PROGRESSION) and PROGRESSION in _taught(family)


def _with_thoughts(family: Family, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """Worked examples with their thoughts; refused where asking for thoughts shows none."""
    thinking = family.render(problem, replace(style, thoughts=True))
    if _unasked(thinking) == _unasked(family.render(problem, style)):
        raise UsageError(
            f"few-shot-cot: family {family.name} has no thoughts to show in its examples; wanted "
            "zero-shot-cot, or a template that shows some"
        )
    return thinking


def _unasked(messages: Sequence[Message]) -> list[list[str]]:
    """The words of each message but those that ask for steps, whatever blanks stand between."""
    return [message.content.replace(STEP_BY_STEP, "").split() for message in messages]


def _behind_runs(family: Family, problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """Runs on other problems as earlier turns, so that each reads as an answer to its question."""
    if not isinstance(family, SolverRuns):
        raise UsageError(f"solver-trace: family {family.name} writes no run of a solver out")
    bare = replace(style, examples=0)
    runs = family.solver_runs(problem, count=style.examples, language=style.language)
    if not runs:
        raise UsageError(f"solver-trace: no run in family {family.name} is short enough to show")
    shown: list[Message] = []
    for run in runs:
        shown += [*family.render(run.problem, bare), Message("assistant", run.text)]
    return (*shown, *family.render(problem, bare))


def _require_procedure(family: Family, procedure: str) -> None:
    taught = _taught(family)
    if procedure not in taught:
        raise UnknownNameError("procedure of this family", procedure, taught)


def _taught(family: object) -> Sequence[str]:
    return family.procedures if isinstance(family, Procedures) else ()
