"""What can be chosen about an LLM-Modulo loop."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

from soundly.strategies.sampling import Sampling

History: TypeAlias = Literal["none", "last", "all", "summarised"]
"""How many earlier rounds the model sees: none (each round is a fresh sample), the last one, all of
them, or the last one and a summary, by the model, of those before."""

Feedback: TypeAlias = Literal["binary", "first", "all", "constructive"]
"""How much it is told of what was wrong: that it was, each critic's first critique, all critiques,
or all of them with the repairs that they suggest."""

Controller: TypeAlias = Literal["concatenate", "round-robin", "summarise", "diversify"]
"""How critiques become the next prompt: all of them, one critic's a round, the model's summary of
them, or all of them with the wish for an answer that differs from the earlier ones."""


@dataclass(frozen=True, slots=True)
class LoopOptions:
    """The options of the loop itself.

    ``repeats`` is how many answers may repeat an earlier one before the loop stops; 0 lets them.
    """

    rounds: int = 5
    history: History = "last"
    feedback: Feedback = "constructive"
    controller: Controller = "concatenate"
    repeats: int = 0

    def __post_init__(self) -> None:
        if self.rounds < 1:
            raise ValueError(f"rounds is {self.rounds}, wanted at least 1")
        if self.repeats < 0:
            raise ValueError(f"repeats is {self.repeats}, wanted 0 or more")
        for name, choices in (("history", History), ("feedback", Feedback)):
            _require_one_of(name, getattr(self, name), get_args(choices))
        _require_one_of("controller", self.controller, get_args(Controller))
        for name in ("feedback", "controller"):
            if self.history == "none" and getattr(self, name) != getattr(LoopOptions(), name):
                raise ValueError(
                    f"{name} is {getattr(self, name)}, and with history=none no critique is shown"
                )

    @property
    def prose(self) -> dict[str, bool]:
        """Which of the options have the model write something else than answers."""
        return {
            "history=summarised": self.history == "summarised",
            "controller=summarise": self.controller == "summarise",
        }


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the temperature changes from round to round; by default it does not.

    ``end_temperature`` is that of the last round, reached in equal steps. ``temperature_step`` is
    added each round instead, and stops at 0. Both begin at the temperature of the sampling.
    """

    end_temperature: float | None = None
    temperature_step: float = 0.0

    def __post_init__(self) -> None:
        end = self.end_temperature
        if end is not None and not (end >= 0 and math.isfinite(end)):
            raise ValueError(f"end_temperature is {end}, wanted a number of at least 0")
        if not math.isfinite(self.temperature_step):
            raise ValueError(f"temperature_step is {self.temperature_step}, wanted a number")
        if end is not None and self.temperature_step:
            raise ValueError("end_temperature and temperature_step are both given, wanted one")

    def sampling(self, sampling: Sampling, *, number: int, rounds: int) -> Sampling:
        """The sampling of a round, counted from 1; `ValueError` without a temperature to begin."""
        if self == Schedule():
            return sampling
        start = sampling.temperature
        if start is None:
            raise ValueError("a schedule needs a temperature to begin with, and none is given")
        if self.end_temperature is None:
            temperature = max(0.0, start + self.temperature_step * (number - 1))
        else:
            share = (number - 1) / (rounds - 1) if rounds > 1 else 0.0
            temperature = start + (self.end_temperature - start) * share
        return replace(sampling, temperature=round(temperature, 6))


@dataclass(frozen=True, slots=True)
class Judging:
    """How a model is asked to judge its own answers.

    ``judge_tokens`` bounds what it may say, thoughts included. ``judge_at_once`` asks for the
    verdict alone, without a check step by step.
    """

    judge_tokens: int = 512
    judge_at_once: bool = False

    def __post_init__(self) -> None:
        if self.judge_tokens < 1:
            raise ValueError(f"judge_tokens is {self.judge_tokens}, wanted at least 1")


def _require_one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"{name} is {value!r:.80}, wanted {', '.join(choices)}")
