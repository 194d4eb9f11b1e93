"""What was said about there being no solution: facts of their own beside right and wrong."""

from __future__ import annotations

import math

from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState

from soundly.bench.inspect_tasks.record import ending, proof
from soundly.bench.inspect_tasks.samples import posed_in
from soundly.config.families import make_family
from soundly.core.candidate import ClaimedUnsolvable
from soundly.core.errors import FamilyError
from soundly.engine.attributed import attributed

ON_UNSOLVABLE = "claimed_on_unsolvable"
ON_SOLVABLE = "claimed_on_solvable"


@scorer(
    metrics={ON_UNSOLVABLE: [mean(), stderr()], ON_SOLVABLE: [mean(), stderr()]},
    name="unsolvability",
)
def unsolvability() -> Scorer:
    """How often an answer says that there is no solution: where there is none, and where there is.

    A claim counts as a claim, whether or not it can be proved. Each sample counts for one of the
    two rates and is left out of the other one; a sample of which nobody knows, for neither.
    """

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - nothing to compare
        posed = posed_in(state.metadata)
        ended = ending(state.store)
        if posed.solvable is None:
            return Score.unscored(
                reason="solvability-unknown",
                explanation="nobody said whether the problem has a solution",
            )
        if ended is not None and ended[0] == "broken":
            return Score.unscored(reason="scoring_failed", explanation=ended[1])
        family = make_family(posed.problem.family)
        claimed = proof(state.store) is not None
        if not claimed:
            try:
                with attributed(FamilyError, f"family {family.name}"):
                    reading = family.read(posed.problem, state.output.completion)
            except FamilyError as error:
                return Score.unscored(reason="scoring_failed", explanation=str(error))
            claimed = isinstance(reading, ClaimedUnsolvable)
        rate = float(claimed)
        return Score(
            value={
                ON_UNSOLVABLE: math.nan if posed.solvable else rate,
                ON_SOLVABLE: rate if posed.solvable else math.nan,
            },
            answer="claims that there is no solution" if claimed else "makes no such claim",
        )

    return score
