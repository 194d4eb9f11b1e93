"""What a rung of a prompt ladder is: a lesson, and examples worked as the lesson says.

The ladder of Stechly et al., "Chain of Thoughtlessness?" (arXiv:2405.04776, section 4), climbs
from what helps with any planning problem to what helps with hardly any but the one at hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from soundly.core.family import Language
from soundly.families.planning.english import English
from soundly.families.planning.pddl import And, GroundAtom, Plan, Step, Task, format_atom
from soundly.families.planning.phrases import Phrases
from soundly.families.planning.unmet import bound_text


@dataclass(frozen=True, slots=True)
class Worked:
    """A plan, and the thoughts that lead to it, line by line."""

    plan: Plan
    thoughts: str


@dataclass(frozen=True, slots=True)
class Speech:
    """How facts of one task are written in thoughts: in words, or as PDDL."""

    task: Task
    phrases: Phrases
    language: Language

    def state(self, number: int, atoms: Iterable[GroundAtom]) -> str:
        """A line that states a state; without the facts that no action changes."""
        facts = [a for a in sorted(atoms) if not self.task.is_static(a[0])]
        said = "; ".join(text for atom in facts if (text := self.fact(atom)))
        return f"State {number}: {said or 'nothing'}."

    def fact(self, atom: GroundAtom) -> str:
        """What an atom says; empty where the phrase table leaves it unsaid."""
        if self.language == "formal":
            return format_atom(atom)
        return English(self.phrases).atom(atom[0], atom[1:])

    def needs(self, step: Step) -> list[str]:
        """What the action of a step needs, clause by clause."""
        action = self.task.domain.actions[step[0]]
        names = [parameter.name for parameter in action.parameters]
        binding = dict(zip(names, step[1:], strict=True))
        if self.language == "formal":
            needed = action.precondition
            parts = needed.operands if isinstance(needed, And) else (needed,)
            return [bound_text(part, binding) for part in parts]
        said = {name: self.phrases.object(value) for name, value in binding.items()}
        return English(self.phrases, said).conjuncts(action.precondition)

    def goals(self) -> list[str]:
        """The parts of the goal."""
        goal = self.task.goal
        if self.language == "formal":
            return [str(part) for part in (goal.operands if isinstance(goal, And) else (goal,))]
        return English(self.phrases).conjuncts(goal)


class Rung(Protocol):
    """One rung: what it teaches, and how it works an example."""

    @property
    def name(self) -> str:
        """What `PromptStyle.procedure` calls it."""
        ...

    @property
    def lesson(self) -> str:
        """The procedure in words, in the order in which it is carried out."""
        ...

    def work(self, speech: Speech, plan: Plan) -> Worked:
        """A solved task as the lesson solves it; ``plan`` is valid, and the rung may have its own.

        Every state that the thoughts state is the one that the plan goes through.
        """
        ...
