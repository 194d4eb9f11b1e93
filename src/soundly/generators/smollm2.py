"""The embedded default, SmolLM2-135M-Instruct: a weak planner that is there without a key."""

from __future__ import annotations

from soundly.core.errors import UsageError
from soundly.generators.availability import Availability, needs_module
from soundly.generators.embedded import Embedded
from soundly.generators.weights import smollm2_availability, smollm2_weights


def from_spec(
    rest: str,
    *,
    slots: int = 2,
    context_tokens: int = 4096,
    threads: int | None = None,
    logprobs: bool = True,
) -> Embedded:
    """The model named ``smollm2``; the options are those of `Embedded`.

    Raises:
        UsageError: the weights or xllamacpp are missing, with the command that installs them.
    """
    if rest:
        raise UsageError(f"smollm2 takes nothing after its name, got {rest!r}")
    return Embedded(
        smollm2_weights(),
        name="smollm2",
        slots=slots,
        context_tokens=context_tokens,
        threads=threads,
        logprobs=logprobs,
    )


def availability() -> Availability:
    """Whether both xllamacpp and the weights are installed."""
    engine = needs_module("xllamacpp", extra="local")
    return smollm2_availability() if engine.usable else engine
