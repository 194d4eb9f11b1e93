"""The laws of a family: the same words every time, an ear that never fails, proofs that hold."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.family import Draws, Family, Procedures, PromptStyle
from soundly.core.problem import Problem
from soundly.core.stepwise import Stepwise
from soundly.engine.evidence import recheck_for
from soundly.kernel import Refused
from soundly.testing.law import LawBroken, require

STYLES = tuple(
    PromptStyle(language, examples, thoughts)
    for language in ("natural", "formal")
    for examples in (0, 1)
    for thoughts in (False, True)
)
SMALL = 4
"""The size of what the laws draw, where the family draws it."""

HOSTILE_TEXTS = (
    "",
    " \n\t\n",
    "\x00\x01\x02\uffff\ud800",
    "no plan, " * 3,
    "(" * 20_000,
    ")" * 20_000,
    "```\n" * 5_000,
    "1. " * 20_000,
    "(a" + " b" * 20_000 + ")",
)
"""Answers as models give them on a bad day; `LONG_TEXT` is the longest."""

LONG_TEXT = "Let me think about this step by step. " * 270_000
"""Ten megabytes."""


@dataclass(frozen=True)
class FamilyCase:
    """A family with a problem of its own and answers whose worth is known.

    ``right`` are answers in any form that the family reads; ``wrong`` are near misses, readable.
    """

    family: Family
    problem: Problem
    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()

    def found(self, text: str) -> Found:
        """What is read from an answer that is readable by the case's own word."""
        reading = self.family.read(self.problem, text)
        if not isinstance(reading, Found):
            raise LawBroken(f"{self.family.name} read {reading!r:.200} from {text!r:.200}")
        return reading

    def candidate(self, text: str) -> Candidate:
        """The solution in a readable answer, as a candidate."""
        found = self.found(text)
        return Candidate(found.solution, found.canonical, "laws")


FamilyLaw: TypeAlias = Callable[[FamilyCase], Awaitable[None]]


async def problems_carry_the_family_name(case: FamilyCase) -> None:
    """A problem finds its family again by the name that it carries."""
    require(
        case.problem.family == case.family.name,
        f"the problem is of {case.problem.family!r}, the family is {case.family.name!r}",
    )


async def rendering_is_deterministic(case: FamilyCase) -> None:
    """The same problem and style give the same messages, and they end with the user's turn."""
    for style in STYLES:
        first, second = (case.family.render(case.problem, style) for _ in range(2))
        require(first == second, f"{case.family.name} renders {style} in two ways")
        require(len(first) > 0, f"{style} gives no message")
        require(first[-1].role == "user", f"{style} ends with the {first[-1].role}'s turn")


async def thoughts_are_asked_for(case: FamilyCase) -> None:
    """A prompt that asks for thoughts is another than one that does not."""
    for style in STYLES:
        if style.thoughts:
            silent = case.family.render(case.problem, replace(style, thoughts=False))
            thinking = case.family.render(case.problem, style)
            require(thinking != silent, f"{case.family.name} asks for no thoughts in {style}")


async def procedures_change_the_prompt(case: FamilyCase) -> None:
    """Each procedure that a family teaches makes a prompt of its own, in every style."""
    family: object = case.family
    if not isinstance(family, Procedures):
        return
    require(len(family.procedures) > 0, f"{case.family.name} teaches procedures and names none")
    for style in STYLES:
        told = [replace(style, procedure=each) for each in (None, *family.procedures)]
        prompts = {case.family.render(case.problem, each) for each in told}
        require(len(prompts) == len(told), f"two procedures give one prompt in {style}")


async def right_answers_are_read_and_certified(case: FamilyCase) -> None:
    """A right answer is read, and what certifies it is accepted for this very problem."""
    for text in case.right:
        certificate = case.family.certify(case.problem, case.candidate(text))
        try:
            recheck_for(case.problem, certificate, claim="solved")
        except Refused as refused:
            raise LawBroken(f"the kernel refuses {text!r:.200}: {refused}") from refused


async def no_certificate_makes_a_wrong_answer_right(case: FamilyCase) -> None:
    """Certifying a wrong answer gives what the kernel refuses."""
    for text in case.wrong:
        certificate = case.family.certify(case.problem, case.candidate(text))
        try:
            recheck_for(case.problem, certificate, claim="solved")
        except Refused:
            continue
        raise LawBroken(f"the kernel accepts {text!r:.200}")


async def right_answers_begin_alive(case: FamilyCase) -> None:
    """Where a family judges prefixes, no beginning of a right answer is dead before it is whole."""
    family: object = case.family
    if not isinstance(family, Stepwise):
        return
    for text in case.right:
        steps = family.read_steps(case.problem, case.found(text).canonical)
        for count in range(len(steps) + 1):
            prefix = family.judge_steps(case.problem, steps[:count])
            require(not prefix.dead, f"{steps[:count]!r:.200} is called dead: {prefix.critiques}")
            if prefix.complete:
                break
        else:
            raise LawBroken(f"{text!r:.200} is right, and none of its beginnings is complete")


async def complete_beginnings_are_answers(case: FamilyCase) -> None:
    """What a family calls complete, the kernel accepts when it is spelt, read and certified."""
    family: object = case.family
    if not isinstance(family, Stepwise):
        return
    for text in (*case.right, *case.wrong):
        steps = family.read_steps(case.problem, case.found(text).canonical)
        for count in range(len(steps) + 1):
            if family.judge_steps(case.problem, steps[:count]).complete:
                spelt = family.spell_steps(case.problem, steps[:count])
                certificate = case.family.certify(case.problem, case.candidate(spelt))
                try:
                    recheck_for(case.problem, certificate, claim="solved")
                except Refused as refused:
                    raise LawBroken(f"{spelt!r:.200} is called complete: {refused}") from refused


async def the_canonical_spelling_reads_as_itself(case: FamilyCase) -> None:
    """Reading what a candidate's canonical spelling says gives an equal solution."""
    for text in (*case.right, *case.wrong):
        found = case.found(text)
        again = case.found(found.canonical)
        require(again.canonical == found.canonical, f"{found.canonical!r:.200} reads differently")
        require(again.solution == found.solution, f"{found.canonical!r:.200} means another thing")


async def solutions_are_immutable(case: FamilyCase) -> None:
    """A solution can be hashed, so nobody changes it after it was judged."""
    for text in case.right:
        try:
            hash(case.found(text).solution)
        except TypeError as error:
            raise LawBroken(f"{case.family.name}: a solution can be changed: {error}") from error


async def reading_never_fails(case: FamilyCase) -> None:
    """Whatever the model says, reading it gives a Reading, and the empty answer is Unreadable."""
    for text in (*HOSTILE_TEXTS, LONG_TEXT):
        reading = _read(case, text)
        kinds = (Found, ClaimedUnsolvable, Unreadable)
        require(isinstance(reading, kinds), f"{text[:20]!r} was read as {reading!r:.200}")
        _read_steps(case, text)
    require(isinstance(_read(case, ""), Unreadable), "the empty answer was read as something")


async def the_prompt_is_no_answer(case: FamilyCase) -> None:
    """A model that echoes its prompt has not solved the problem."""
    for style in STYLES:
        echoed = "\n".join(message.content for message in case.family.render(case.problem, style))
        reading = _read(case, echoed)
        require(
            not isinstance(reading, ClaimedUnsolvable),
            f"the echoed prompt of {style} is read as a claim that there is no solution",
        )
        if isinstance(reading, Found):
            candidate = Candidate(reading.solution, reading.canonical, "laws")
            certificate = case.family.certify(case.problem, candidate)
            try:
                recheck_for(case.problem, certificate, claim="solved")
            except Refused:
                continue
            raise LawBroken(f"the echoed prompt of {style} solves the problem")


async def drawing_follows_the_seed(case: FamilyCase) -> None:
    """The same size and seed draw the same problem, and seeds draw different ones."""
    if not isinstance(case.family, Draws):
        return
    size = small_size(case.family)
    first, second = (case.family.draw(size=size, seed=7) for _ in range(2))
    require(first == second, f"{case.family.name} draws two problems from one seed")
    digests = {case.family.draw(size=size, seed=seed).digest for seed in range(8)}
    require(len(digests) > 1, f"{case.family.name} draws one problem from every seed")


def small_size(family: Draws) -> int:
    """A size that the family draws, near `SMALL`."""
    return max(SMALL, family.dial.smallest)


def _read(case: FamilyCase, text: str) -> Reading:
    try:
        return case.family.read(case.problem, text)
    except Exception as error:
        raise LawBroken(
            f"{case.family.name} broke at {text[:20]!r}: {type(error).__name__}: {error}"
        ) from error


def _read_steps(case: FamilyCase, text: str) -> None:
    family: object = case.family
    if not isinstance(family, Stepwise):
        return
    try:
        family.read_steps(case.problem, text)
    except Exception as error:
        raise LawBroken(
            f"{case.family.name} broke over the steps of {text[:20]!r}: "
            f"{type(error).__name__}: {error}"
        ) from error


FAMILY_LAWS: tuple[FamilyLaw, ...] = (
    problems_carry_the_family_name,
    rendering_is_deterministic,
    thoughts_are_asked_for,
    procedures_change_the_prompt,
    right_answers_are_read_and_certified,
    no_certificate_makes_a_wrong_answer_right,
    right_answers_begin_alive,
    complete_beginnings_are_answers,
    the_canonical_spelling_reads_as_itself,
    solutions_are_immutable,
    reading_never_fails,
    the_prompt_is_no_answer,
    drawing_follows_the_seed,
)
"""Every law of a family: run each over each of your cases."""
