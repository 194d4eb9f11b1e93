"""Our verdict on a stored answer beside the label stored with it, and why they differ.

What the classes mean stands in ``docs/planbench-agreement.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from soundly.bench.planbench.answers import Answer, lexicon_of, texts_of, validator_of
from soundly.bench.planbench.judged import UNLABELLED, Judged, ruling_of
from soundly.core.candidate import ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.verdict import Critique
from soundly.families.planning.pddl import Plan, format_atom
from soundly.families.planning.reading import read_answer

CLASSES = (
    "agree: accepted",
    "agree: not accepted",
    "their plan differs",
    "label asks for more",
    "another plan counts",
    "unreadable step kept",
    "they dropped a step",
    "label about another goal",
    "unexplained",
)
"""What can differ where a plan is asked for."""

UNSOLVABLE_CLASSES = (
    "agree: claims no plan",
    "agree: no claim",
    "claim in other words",
    "phrase without a claim",
    "a plan exists",
)
"""What can differ where there is no plan: their label only says whether a phrase was found."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One answer with our reading of it, our verdict on that and on their plan, and its class."""

    answer: Answer
    reading: Reading
    accepted: bool
    theirs_accepted: bool
    found: str
    critiques: tuple[Critique, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The plan that we read; None where we read none."""
        return plan_of(self.reading)

    def judged(self) -> Judged:
        """The same for the records."""
        return Judged(
            said=self.answer.said,
            problem=self.answer.problem,
            ruling=ruling_of(self.reading, accepted=self.accepted),
            answer=None if self.plan is None else steps_of(self.plan),
            critiques=self.critiques,
            found=self.found,
            theirs=steps_of(self.answer.extracted),
            theirs_accepted=self.theirs_accepted,
        )


def steps_of(plan: Plan) -> list[str]:
    """A plan's steps as PDDL writes them."""
    return [format_atom(step) for step in plan]


def plan_of(reading: Reading) -> Plan | None:
    """The plan that was read, or None."""
    return cast("Plan", reading.solution) if isinstance(reading, Found) else None


def compare(answer: Answer) -> Compared:
    """Read, judge, and sort one answer."""
    texts = texts_of(answer.problem)
    reading = read_answer(answer.raw, lexicon_of(*texts, answer.phrases))
    validator = validator_of(*texts)
    plan = plan_of(reading)
    critiques: tuple[Critique, ...] = ()
    accepted = False
    if plan is not None:
        verdict = validator.check(plan)
        accepted, critiques = verdict.accepted, verdict.critiques
    elif isinstance(reading, Unreadable):
        critiques = (reading.critique,)
    theirs = accepted if plan == answer.extracted else validator.accepts(answer.extracted)
    found = _class(answer, reading, accepted=accepted, theirs=theirs)
    return Compared(answer, reading, accepted, theirs, found, critiques)


def _class(answer: Answer, reading: Reading, *, accepted: bool, theirs: bool) -> str:
    if answer.label is None:
        return UNLABELLED
    if answer.unsolvable:
        return _unsolvable_class(answer.label, reading, accepted=accepted)
    if accepted is answer.label:
        return "agree: accepted" if accepted else "agree: not accepted"
    plan = plan_of(reading)
    if accepted:
        if plan == answer.extracted:
            return "label asks for more" if answer.task.startswith("task_2") else "unexplained"
        return "unexplained" if theirs else "their plan differs"
    return _rejected_class(answer, plan, theirs=theirs)


def _rejected_class(answer: Answer, plan: Plan | None, *, theirs: bool) -> str:
    """Why we do not accept what is labelled right."""
    if plan == answer.extracted and answer.task.startswith("task_4"):
        return "label about another goal"
    if plan is None or plan == answer.extracted or not theirs:
        return "unexplained"
    lexicon = lexicon_of(*texts_of(answer.problem), answer.phrases)
    if answer.raw.upper().count("[PLAN]") > 1:
        return "another plan counts"
    if not all(lexicon.is_whole(step) for step in plan) or re.search("not allowed", answer.raw):
        return "unreadable step kept"
    return "they dropped a step" if len(answer.extracted) < len(plan) else "unexplained"


def _unsolvable_class(label: bool, reading: Reading, *, accepted: bool) -> str:
    if accepted:
        return "a plan exists"
    claimed = isinstance(reading, ClaimedUnsolvable)
    if claimed is label:
        return "agree: claims no plan" if claimed else "agree: no claim"
    return "claim in other words" if claimed else "phrase without a claim"
