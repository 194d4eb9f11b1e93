"""A problem's route: from the store's sessions to a model and a strategy that run here and now."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from soundly.config import registry
from soundly.config.availability import known_models
from soundly.config.default_model import default_model
from soundly.config.families import make_family
from soundly.config.strategies import DEFAULT, needs_model, parse_strategy
from soundly.core.errors import SoundlyError
from soundly.core.family import Family
from soundly.core.problem import Problem
from soundly.core.routing import RouteChosen
from soundly.core.session import Strategy
from soundly.core.spend import Budget
from soundly.routing.asked import Route
from soundly.routing.choice import Question, choose
from soundly.routing.evidence import Arm
from soundly.store import SessionSummary, Store, default_location
from soundly.strategies.routed import routed

_FILES: Final = ("gguf", "recorded", "scripted", "trained")
_WITHOUT_ADDRESS: Final = ("openai-compatible",)


@dataclass(frozen=True, slots=True)
class Routed:
    """What to run: ``model`` by its name (None: none is asked), and the strategy."""

    model: str | None
    strategy: Strategy
    chosen: RouteChosen


def route_problem(
    problem: Problem, route: Route, *, named: str | None = None, budget: Budget | None = None
) -> Routed:
    """The cheapest model and strategy that the store's sessions show to be enough, or the default.

    ``named`` keeps to the model of this name, as traces have it, and to strategies that ask none;
    None is any model that can be used here. The default is the default cascade, with that model or
    the problem's default model. A session that spent more than ``budget`` covers nothing.

    Raises `UsageError` where scipy is not installed and the store holds sessions to compare.
    """
    family = make_family(problem.family)
    default = Arm(named or default_model(problem, family), DEFAULT, ())
    chosen = choose(
        Question(problem.family, problem.size, route, budget or Budget()),
        _sessions(route, problem.family),
        unusable=_Unusable(family, named),
        default=default,
    )
    strategy = parse_strategy(chosen.strategy, family)
    asked = chosen.model if needs_model(chosen.strategy) else None
    return Routed(asked, partial(routed, chosen=strategy, route=chosen), chosen)


def _sessions(route: Route, family: str) -> tuple[SessionSummary, ...]:
    location = route.store if route.store is not None else default_location(os.environ)
    with Store.open(location) as store:
        return store.sessions(limit=None, family=family)


class _Unusable:
    """Why an arm cannot be run here and now; None where it can."""

    def __init__(self, family: Family, named: str | None) -> None:
        self._family = family
        self._named = named
        self._missing = {
            each.scheme: each.availability.reason
            for each in known_models()
            if not each.availability.usable
        }

    def __call__(self, arm: Arm) -> str | None:
        try:
            parse_strategy(arm.strategy, self._family)
        except SoundlyError:
            return "its strategy cannot be had by name here"
        if not needs_model(arm.strategy):
            return None
        if arm.model is None:
            return "it asks a model, and none is named"
        if self._named is not None:
            return None if arm.model == self._named else f"another model than {self._named}"
        return self._not_opened(arm.model)

    def _not_opened(self, model: str) -> str | None:
        scheme, _, rest = model.partition(":")
        if scheme not in registry.names("generators"):
            return "its model cannot be opened by this name"
        if scheme in _WITHOUT_ADDRESS:
            return "the address of its model is in no trace: name the model"
        if scheme in _FILES and not Path(rest).is_file():
            return f"there is no file {rest}"
        return self._missing.get(scheme)
