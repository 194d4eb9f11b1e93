"""What a certificate proves about the problem at hand; any other proof is refused."""

from __future__ import annotations

from soundly.core.certificate import Certificate
from soundly.core.events import Certified, certified
from soundly.core.problem import Problem
from soundly.kernel import Refused, recheck


def recheck_for(problem: Problem, certificate: Certificate, *, claim: str) -> str:
    """The kernel's one sentence on a certificate that proves this claim about this problem.

    Raises `Refused` when it does not hold, and when it holds but for something else: a right
    proof about another problem proves nothing here.
    """
    if not isinstance(certificate, Certificate):
        raise Refused(f"it is a {type(certificate).__name__}, not a certificate")
    accepted = recheck(certificate.document)
    if accepted.claim != claim:
        raise Refused(f"it proves {accepted.claim!r}, wanted {claim!r}")
    if accepted.problem_sha256 != problem.digest:
        raise Refused("it is about another problem than the one to solve")
    return accepted.summary


def evidence_for(
    problem: Problem, certificate: Certificate, *, claim: str, part: str
) -> tuple[str, Certified]:
    """`recheck_for`, and the event that holds what was re-checked.

    Raises `Refused`, also for a document that is too large to be read back.
    """
    summary = recheck_for(problem, certificate, claim=claim)
    try:
        return summary, certified(part, certificate)
    except ValueError as error:
        raise Refused(f"it cannot be traced: {error}") from error
