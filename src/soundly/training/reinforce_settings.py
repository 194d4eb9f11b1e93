"""What reinforcement is asked to do; nothing here needs torch."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class ReinforceSettings:
    """Group-relative policy optimisation (GRPO, arXiv:2402.03300) with verified rewards.

    A step draws ``prompts`` problems and samples ``group`` answers to each, of ``max_new_tokens``
    at most, at ``temperature``; ``backward`` of them go through a backward pass at a time, all of
    them where it is None. ``sizes`` are gone through from the smallest; the next is taken up when
    the running reward of the present one reaches ``bound``. ``kl`` weighs the divergence from the
    model that came in (``beta`` in the paper); 0 needs no second model in memory.

    Every ``round_steps`` steps the model is measured on held-out problems and a checkpoint is
    written; a kill loses the steps since then, and no more. The run ends after ``steps`` steps, or
    with the round in which ``max_seconds`` are over.
    """

    sizes: tuple[int, ...]
    steps: int = 200
    prompts: int = 8
    group: int = 16
    temperature: float = 1.0
    learning_rate: float = 1e-5
    kl: float = 0.0
    max_new_tokens: int = 128
    bound: float = 0.8
    round_steps: int = 20
    backward: int | None = None
    max_seconds: float | None = None

    def __post_init__(self) -> None:
        if not self.sizes or list(self.sizes) != sorted(set(self.sizes)) or self.sizes[0] < 1:
            raise ValueError(f"sizes are {self.sizes}, wanted different ones, smallest first")
        for name in ("steps", "prompts", "max_new_tokens", "round_steps"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted 1 or more")
        if self.group < 2:
            raise ValueError(f"group is {self.group}, wanted 2 or more: answers are compared")
        for name in ("temperature", "learning_rate"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} is {getattr(self, name)}, wanted more than 0")
        if self.kl < 0:
            raise ValueError(f"kl is {self.kl}, wanted 0 or more")
        if not 0 < self.bound <= 1:
            raise ValueError(f"bound is {self.bound}, wanted more than 0 and at most 1")
        if self.backward is not None and (self.backward < 1 or self.samples % self.backward):
            raise ValueError(f"backward is {self.backward}, wanted a divisor of {self.samples}")

    @property
    def samples(self) -> int:
        """How many answers a step samples."""
        return self.prompts * self.group

    def differences(self, other: ReinforceSettings) -> list[str]:
        """How another differs in what decides the steps, one text each.

        How long the run goes on does not count: a run may be taken up again to go further.
        """
        names = {each.name for each in fields(self)} - {"steps", "max_seconds"}
        return [
            f"{name} {getattr(self, name)} there, {getattr(other, name)} here"
            for name in sorted(names)
            if getattr(self, name) != getattr(other, name)
        ]
