"""`soundly.strategies.formalise` with a formal language by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, get_args

from soundly.core.errors import UsageError
from soundly.core.family import PromptStyle
from soundly.core.formalism import Formalism
from soundly.core.session import Attempt, Session
from soundly.families.planning.formalism import PddlFormalism
from soundly.strategies import formalise as strategy
from soundly.strategies.formalisms.clauses import ClauseFormalism
from soundly.strategies.formalisms.constraints import ConstraintFormalism
from soundly.strategies.sampling import Sampling

FormalLanguage: TypeAlias = Literal["pddl", "cpsat", "sat"]

_FORMALISMS: Mapping[str, Callable[[float], Formalism]] = {
    "pddl": lambda seconds: PddlFormalism(max_seconds=seconds),
    "cpsat": lambda seconds: ConstraintFormalism(max_seconds=seconds),
    "sat": lambda seconds: ClauseFormalism(max_seconds=seconds),
}


async def formalise(
    session: Session,
    *,
    to: FormalLanguage = "pddl",
    rounds: int = 3,
    max_seconds: float = 30.0,
    style: PromptStyle = PromptStyle(examples=0),
    sampling: Sampling = Sampling(max_output_tokens=4096),
) -> Attempt | None:
    """The model translates to PDDL, a constraint model or clauses, and a solver solves.

    ``max_seconds`` bounds one search of the solver. Everything else is
    `soundly.strategies.formalise.formalise`.
    """
    if to not in get_args(FormalLanguage):
        raise UsageError(f"formalise: to is {to!r}, wanted {', '.join(get_args(FormalLanguage))}")
    try:
        formalism = _FORMALISMS[to](max_seconds)
    except ValueError as error:
        raise UsageError(f"formalise: {error}") from error
    return await strategy.formalise(
        session, formalism=formalism, rounds=rounds, style=style, sampling=sampling
    )
