"""Prompt augmentations: what is added to any problem's prompt, whatever the strategy.

Each is a value of `PromptStyle.augmentation`. Those that are nothing but words are in
`INSTRUCTIONS`; the others choose worked examples, for which the engine asks the family.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Augmentation: TypeAlias = Literal[
    "none",
    "zero-shot-cot",
    "few-shot-cot",
    "progression",
    "solver-trace",
    "plan-and-solve",
    "least-to-most",
]
"""How a prompt is augmented; none leaves it as the family words it.

``zero-shot-cot``: no worked examples, and "Let's think step by step" (Kojima et al.,
arXiv:2205.11916). ``few-shot-cot``: worked examples with their thoughts (Wei et al.,
arXiv:2201.11903). ``progression``: the model writes the state after each step. ``solver-trace``:
worked examples in which a solver's own run is written out. ``plan-and-solve``: a plan first, then
its execution (Wang et al., arXiv:2305.04091). ``least-to-most``: Zhou et al., arXiv:2205.10625, in
a single prompt; its two stages are a strategy of their own.
"""

PLACE: Final = "{problem}"
"""What stands in a template where the problem goes."""

INSTRUCTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "progression": (
            "Go step by step. After each step write down the whole state that it leads to, with "
            "everything that the step has changed, and check the next step against that state "
            "before you take it."
        ),
        "plan-and-solve": (
            "Let's first understand the problem and devise a plan to solve the problem. Then, "
            "let's carry out the plan and solve the problem step by step."
        ),
        "least-to-most": (
            "Break the problem into subproblems, from the easiest to the hardest, so that each "
            "needs only the answers of those before it. Solve them in that order, with the "
            "answers that you have so far, until the whole problem is solved."
        ),
    }
)
"""The augmentations that are words at the end of the prompt; that of plan-and-solve is its
paper's own trigger sentence."""


@dataclass(frozen=True, slots=True)
class Template:
    r"""A prompt of the user's own, with one ``{problem}`` where the family's prompt goes.

    Other braces stand for themselves. ``source`` is what a trace calls it, such as ``@prompt.txt``;
    without one that is the beginning of its text's SHA-256.

    Example:
        >>> Template("Think like a crane driver.\n\n{problem}").around("Move the blocks.")
        'Think like a crane driver.\n\nMove the blocks.'
    """

    text: str
    source: str = ""

    def __post_init__(self) -> None:
        if (found := self.text.count(PLACE)) != 1:
            named = f" {self.source}" if self.source else ""
            raise ValueError(f"the template{named} has {PLACE} {found} times, wanted once")

    def __str__(self) -> str:
        return self.source or f"sha256-{hashlib.sha256(self.text.encode()).hexdigest()[:12]}"

    def around(self, prompt: str) -> str:
        """The template with the prompt in its place."""
        return self.text.replace(PLACE, prompt)
