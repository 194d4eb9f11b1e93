"""How much a session can cost, as far as that can be known before it runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from types import MappingProxyType
from typing import Any, Final

from soundly.core.completion import Generator, Message, Request
from soundly.core.family import Family, PromptStyle
from soundly.core.notation import notation_read_by
from soundly.core.problem import Problem
from soundly.core.session import Strategy
from soundly.core.spend import Quote
from soundly.engine.wording import in_notation, worded
from soundly.strategies.cascade import cascade
from soundly.strategies.consult import consult
from soundly.strategies.sampling import Sampling

_SAMPLERS: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        "single": None,
        "best_of": "n",
        "vote": "n",
        "adaptive_best_of": "n",
        "adaptive_vote": "n",
    }
)
"""Strategies that ask one prompt over and over, by the option that says how often at most."""

_LOOPS: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {"refine": ("rounds", 1), "self_critique": ("rounds", 2), "move_search": ("rollouts", 1)}
)
"""Strategies whose prompts grow, by the option that counts and the calls for each count."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that a session can cost, before any call is tried again; None: not known.

    ``dollars`` can be known where ``tokens`` are not: a model at home costs none.
    """

    calls: int | None
    tokens: int | None
    dollars: float | None


FREE: Final = Bound(0, 0, 0.0)


def bound_of(
    strategy: Strategy, generator: Generator | None, family: Family, problem: Problem
) -> Bound:
    """The bound of a session without a budget; a solver costs no call.

    Raises what the family or the model raise for a problem that cannot be put to this model.
    """
    total = FREE
    for stage in _stages(strategy):
        total = _sum(total, _stage_bound(stage, generator, family, problem))
    return total


def first_quote(
    strategy: Strategy, generator: Generator, family: Family, problem: Problem
) -> Quote | None:
    """The most that the first call can cost; None where no stage asks the model.

    Raises what the family or the model raise for a problem that cannot be put to this model.
    """
    for stage in _stages(strategy):
        if _function(stage) is not consult:
            return generator.quote(_first_request(stage, generator, family, problem))
    return None


def _stages(strategy: Strategy) -> Iterator[Strategy]:
    if isinstance(strategy, partial) and strategy.func is cascade:
        yield from strategy.keywords["stages"]
    else:
        yield strategy


def _stage_bound(
    stage: Strategy, generator: Generator | None, family: Family, problem: Problem
) -> Bound:
    function = _function(stage)
    if function is consult:
        return FREE
    if generator is None:
        return Bound(None, None, None)
    name = str(getattr(function, "__name__", ""))
    quote = generator.quote(_first_request(stage, generator, family, problem))
    free = 0.0 if quote.dollars == 0 else None
    if name in _SAMPLERS:
        calls = _option(stage, _SAMPLERS[name])
        dollars = None if quote.dollars is None else calls * quote.dollars
        return Bound(calls, calls * quote.tokens, dollars)
    calls_known = _loop_calls(stage, name)
    if calls_known == 1:
        return Bound(1, quote.tokens, quote.dollars)
    return Bound(calls_known, None, free)


def _function(stage: Strategy) -> object:
    return stage.func if isinstance(stage, partial) else stage


def _loop_calls(stage: Strategy, name: str) -> int | None:
    """The calls of a loop with its plain options; an option that adds calls leaves them unknown."""
    if name not in _LOOPS:
        return None
    option, each = _LOOPS[name]
    changed = stage.keywords if isinstance(stage, partial) else {}
    plain = {option, "style", "sampling", "feedback", "repeats"}
    return _option(stage, option) * each if set(changed) <= plain else None


def _first_request(
    stage: Strategy, generator: Generator, family: Family, problem: Problem
) -> Request:
    """The first thing that the stage asks, in the family's words or the model's notation."""
    style: PromptStyle = _bundle(stage, PromptStyle)
    sampling: Sampling = _bundle(stage, Sampling)
    wanted = notation_read_by(generator)
    messages: tuple[Message, ...] = (
        worded(family, problem, style, None)
        if wanted is None
        else in_notation(family, problem, style, None, wanted)
    )
    return sampling.request(messages, Random(0))  # noqa: S311 - any seed: it costs the same


def _bundle(stage: Strategy, kind: type[Any]) -> Any:  # noqa: ANN401 - a value of ``kind``
    for parameter in inspect.signature(stage).parameters.values():
        if isinstance(parameter.default, kind):
            return parameter.default
    return kind()


def _option(stage: Strategy, name: str | None) -> int:
    return 1 if name is None else int(inspect.signature(stage).parameters[name].default)


def _sum(first: Bound, second: Bound) -> Bound:
    return Bound(
        _add(first.calls, second.calls),
        _add(first.tokens, second.tokens),
        _add(first.dollars, second.dollars),
    )


def _add(first: Any, second: Any) -> Any:  # noqa: ANN401 - two numbers of one kind, or None
    return None if first is None or second is None else first + second
