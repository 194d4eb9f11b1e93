"""A family's reader and critic as an Inspect scorer.

Three kinds of bad news stay apart in Inspect's own terms. A wrong answer is ``I``. No answer, from
a strategy that stands behind none, is ``N``. What nobody could decide is unscored: Inspect keeps it
in the log with its reason and leaves it out of every metric.
"""

from __future__ import annotations

import json
from typing import Any

from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    NOANSWER,
    Score,
    Scorer,
    Target,
    accuracy,
    scorer,
    stderr,
)
from inspect_ai.solver import TaskState

from soundly.bench.inspect_tasks.record import ending, proof
from soundly.bench.inspect_tasks.samples import Posed, posed_in
from soundly.config.families import make_family
from soundly.core.candidate import Candidate, ClaimedUnsolvable, Found, Reading, Unreadable
from soundly.core.certificate import Certificate
from soundly.core.codec import to_json
from soundly.core.errors import CriticError, FamilyError, PartError
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.verdict import Decision, Guarantee, Verdict
from soundly.critics.no_model import no_model
from soundly.engine.attributed import attributed
from soundly.engine.evidence import recheck_for
from soundly.kernel import Refused

BROKEN = "scoring_failed"
"""Inspect's own word for an instrument that could not measure."""


@scorer(metrics=[accuracy(), stderr()], name="critic")
def critic() -> Scorer:
    """Reads the answer with the problem's family and asks the family's own critic.

    ``C``: accepted; where the critic is sound, with a certificate that the kernel re-checked. A
    strategy's proof that there is no solution is a ``C`` as well. ``I``: rejected, or nothing could
    be read, or said to have no solution where there is one. ``N``: our strategy ended without an
    answer.

    Unscored, with the reason: a critic that cannot tell ("critic-unknown"), an unproved claim that
    there is no solution where there may be none ("unproved-claim"), and a critic or reader that
    broke ("scoring_failed").
    """

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - nothing to compare
        posed = posed_in(state.metadata)
        ended = ending(state.store)
        if ended is not None and ended[0] == "broken":
            return Score.unscored(reason=BROKEN, explanation=ended[1])
        if (certificate := proof(state.store)) is not None:
            return _proved(posed.problem, certificate)
        text = state.output.completion
        if ended is not None and ended[0] != "solved" and not text:
            return Score(value=NOANSWER, reason=ended[0], explanation=ended[1])
        score = await score_text(posed, text, family=make_family(posed.problem.family))
        filtered = not state.output.empty and state.output.stop_reason == "content_filter"
        if filtered and score.reason in ("no_response", "invalid_response_format"):
            return score.model_copy(update={"reason": "refusal"})
        return score

    return score


async def score_text(posed: Posed, text: str, *, family: Family) -> Score:
    """The score of an answer's text; a part that breaks leaves it unscored, and never raises."""
    problem = posed.problem
    try:
        match _read(family, problem, text):
            case Found(solution, canonical, excerpt):
                candidate = Candidate(solution, canonical, "inspect")
                return await _judged(family, problem, candidate, excerpt)
            case ClaimedUnsolvable(excerpt):
                return _claimed(posed, excerpt)
            case Unreadable(critique):
                reason = "invalid_response_format" if text.strip() else "no_response"
                return Score(
                    value=INCORRECT,
                    reason=reason,
                    explanation=str(critique),
                    metadata={"critiques": [to_json(critique)]},
                )
    except PartError as error:
        return Score.unscored(reason=BROKEN, explanation=str(error))


def _read(family: Family, problem: Problem, text: str) -> Reading:
    with attributed(FamilyError, f"family {family.name}"):
        reading = family.read(problem, text)
    if not isinstance(reading, Reading):
        raise FamilyError(f"family {family.name} read a {type(reading).__name__}, wanted a Reading")
    return reading


async def _judged(family: Family, problem: Problem, candidate: Candidate, excerpt: str) -> Score:
    judge = family.critic
    with attributed(CriticError, f"critic {judge.name}"):
        verdict = await judge.judge(problem, candidate, no_model)
    if not isinstance(verdict, Verdict):
        raise CriticError(
            f"critic {judge.name} returned a {type(verdict).__name__}, wanted a Verdict"
        )
    told: dict[str, Any] = {
        "decision": verdict.decision.value,
        "critic": f"{judge.name} {judge.version}",
        "guarantee": list(judge.guarantee.words()),
        "excerpt": excerpt,
        "critiques": [to_json(critique) for critique in verdict.critiques],
    }
    reasons = "\n".join(map(str, verdict.critiques))
    answer = candidate.canonical
    match verdict.decision:
        case Decision.UNKNOWN:
            return Score.unscored(
                reason="critic-unknown",
                answer=answer,
                explanation=reasons or f"critic {judge.name} cannot tell and gave no reason",
                metadata=told,
            )
        case Decision.REJECT:
            return Score(value=INCORRECT, answer=answer, explanation=reasons, metadata=told)
        case Decision.ACCEPT:
            why = f"critic {judge.name} accepted it, without a guarantee of soundness"
            if Guarantee.SOUND in judge.guarantee:
                certificate, why = _certified(family, problem, candidate)
                told["certificate"] = _document(certificate)
            return Score(value=CORRECT, answer=answer, explanation=why, metadata=told)


def _certified(family: Family, problem: Problem, candidate: Candidate) -> tuple[Certificate, str]:
    with attributed(FamilyError, f"family {family.name}"):
        certificate = family.certify(problem, candidate)
    try:
        return certificate, recheck_for(problem, certificate, claim="solved")
    except Refused as error:
        raise CriticError(
            f"critic {family.critic.name} accepted what the kernel refuses: {error}"
        ) from error


def _claimed(posed: Posed, excerpt: str) -> Score:
    if posed.solvable:
        return Score(
            value=INCORRECT,
            answer=excerpt,
            reason="claimed-unsolvable",
            explanation="the answer claims that there is no solution, and there is one",
        )
    return Score.unscored(
        reason="unproved-claim",
        answer=excerpt,
        explanation="the answer claims that there is no solution; a claim is not a proof",
    )


def _proved(problem: Problem, certificate: Certificate) -> Score:
    try:
        summary = recheck_for(problem, certificate, claim="unsolvable")
    except Refused as error:
        return Score.unscored(
            reason=BROKEN, explanation=f"the kernel refuses the strategy's proof: {error}"
        )
    return Score(
        value=CORRECT,
        answer="unsolvable",
        explanation=summary,
        metadata={"certificate": _document(certificate)},
    )


def _document(certificate: Certificate) -> Any:  # noqa: ANN401 - JSON is what it is
    return json.loads(certificate.to_line())
