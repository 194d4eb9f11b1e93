"""Right answers and near misses, each with the word of the family's own judge.

What a near miss is worth is never taken from how it was made: a dropped step may have been a
detour, and an answer with two edits may be right. A critic that is SOUND and COMPLETE decides, and
where a family has none, its twin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol, runtime_checkable

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import UsageError
from soundly.core.family import Audited, Family, Solves
from soundly.core.problem import Problem
from soundly.core.solver import Solver, SolverFound
from soundly.core.splits import Split, Splits, draw_from
from soundly.core.verdict import Decision, Guarantee
from soundly.critics.no_model import no_model
from soundly.training.example import Example
from soundly.training.forms import is_kept_from_training, problem_form
from soundly.training.verifier.presenting import Presentation

_EDITED_AGAIN = 0.3
"""How many near misses are made of another near miss, so that mistakes also come in numbers."""
_TUNING_OF = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer with what it is worth; ``edited`` tells a near miss from a solver's answer."""

    example: Example
    right: bool
    edited: bool

    @property
    def for_tuning(self) -> bool:
        """Whether its problem is one of the tenth of forms that are kept for choosing a threshold.

        Read off the canonical form, as splits are, so all answers to a problem are on one side.
        """
        return int(self.example.form[-8:], 16) % _TUNING_OF == 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw: so many instances of each size.

    An instance gives at most ``answers`` right and as many wrong ones, all different; ``tries``
    near misses are made to find them.
    """

    sizes: tuple[int, ...]
    instances: int
    answers: int = 6
    tries: int = 24
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.sizes or min(self.instances, self.answers, self.tries) < 1:
            raise ValueError(f"nothing would be drawn: {self}")


@dataclass(slots=True)
class Drawn:
    """What was drawn.

    Of the near misses, ``unread`` ones could not be read, ``unsaid`` ones have no words in the
    presentation, and ``undecided`` ones the judge could not tell: none of these is among ``all``.
    """

    all: list[Labelled] = field(default_factory=list)
    unread: int = 0
    unsaid: int = 0
    undecided: int = 0

    @property
    def forms(self) -> frozenset[str]:
        """The forms of the problems that the answers are to."""
        return frozenset(each.example.form for each in self.all)


@runtime_checkable
class Teaches(Splits, Audited, Solves, Protocol):
    """What a learned verifier needs: instances and splits, a solver, near misses and a twin."""


async def draw_labelled(
    family: Family,
    presentation: Presentation,
    drawing: Drawing,
    *,
    split: Split,
    solvers: Sequence[Solver] = (),
) -> Drawn:
    """Answers to different problems of one split, the judge's word with each.

    Right answers come from ``solvers``, by default from the family's first; near misses are made
    of the first one's. A problem whose form came up before is passed over, so small sizes give
    fewer problems than were asked for; so is one that no solver solves, and, where the split is
    that for training, one whose words in the notation are held out. Most near misses are wrong, so
    there are more wrong answers than right ones. Raises `UsageError` for a family that lacks
    something.
    """
    known: object = family
    if not isinstance(known, Teaches):
        raise UsageError(
            f"family {family.name!r} cannot teach a verifier: wanted one that draws, splits, "
            "solves, and has near misses and a twin"
        )
    asked = tuple(solvers) or known.solvers[:1]
    drawn, seen = Drawn(), set[str]()
    for size in drawing.sizes:
        for seed in range(drawing.seed, drawing.seed + drawing.instances):
            problem = draw_from(known, split, size=size, seed=seed)
            form = problem_form(family, problem)
            if form in seen or (split == "train" and is_kept_from_training(family, problem)):
                continue
            seen.add(form)
            about = _Instance(family, known, presentation, problem, size, seed, form)
            drawn.all += await about.answers(asked, drawing, drawn)
    return drawn


@dataclass(frozen=True, slots=True)
class _Instance:
    family: Family
    audited: Audited
    presentation: Presentation
    problem: Problem
    size: int
    seed: int
    form: str

    async def answers(
        self, solvers: Sequence[Solver], drawing: Drawing, drawn: Drawn
    ) -> list[Labelled]:
        """Some right answers, the solvers' first, and some wrong ones."""
        answers = [await solver.solve(self.problem) for solver in solvers]
        solved = [answer.text for answer in answers if isinstance(answer, SolverFound)]
        if not solved:
            return []
        rng = Random(f"near misses {self.seed}")  # noqa: S311 - the same ones every time
        right, wrong = list[Labelled](), list[Labelled]()
        said = set[str]()
        texts = [(text, False) for text in solved]
        for text, edited in [*texts, *self._near_misses(solved[0], rng, drawing.tries)]:
            reading = self.family.read(self.problem, text)
            if not isinstance(reading, Found):
                drawn.unread += 1
                continue
            if reading.canonical in said:
                continue
            said.add(reading.canonical)
            candidate = Candidate(reading.solution, reading.canonical, "verifier")
            labelled = await self._labelled(candidate, edited, drawn)
            if labelled is not None:
                (right if labelled.right else wrong).append(labelled)
        return [*right[: drawing.answers], *wrong[: drawing.answers]]

    def _near_misses(self, answer: str, rng: Random, tries: int) -> Iterator[tuple[str, bool]]:
        """Near misses of a right answer, and of each other."""
        last = answer
        for _ in range(tries):
            of = last if rng.random() < _EDITED_AGAIN else answer
            last = self.audited.near_miss(self.problem, of, rng)
            if not isinstance(self.family.read(self.problem, last), Found):
                last, unreadable = answer, last
                yield unreadable, True
            else:
                yield last, True

    async def _labelled(self, candidate: Candidate, edited: bool, drawn: Drawn) -> Labelled | None:
        put = self.presentation.present(self.problem, candidate)
        if put.answer is None:
            drawn.unsaid += 1
            return None
        right = await self._worth(candidate)
        if right is None:
            drawn.undecided += 1
            return None
        name, where = self.family.name, (self.size, self.seed, self.form)
        return Labelled(Example(name, *where, put.statement, put.names, put.answer), right, edited)

    async def _worth(self, candidate: Candidate) -> bool | None:
        """Whether the candidate is right; None where the judge cannot tell."""
        critic = self.family.critic
        if critic.guarantee != Guarantee.SOUND | Guarantee.COMPLETE:
            return self.audited.twin(self.problem, candidate)
        decision = (await critic.judge(self.problem, candidate, no_model)).decision
        return None if decision is Decision.UNKNOWN else decision is Decision.ACCEPT
