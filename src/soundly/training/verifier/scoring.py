"""A discriminator's opinion of candidates, for critics, rankings and searches."""

from __future__ import annotations

from pathlib import Path

from soundly.core.candidate import Candidate, Found
from soundly.core.errors import CriticError, UsageError
from soundly.core.family import Family
from soundly.core.notation import END, PLAN, Words
from soundly.core.problem import Problem
from soundly.training.verifier.discriminator import Discriminator, load_discriminator
from soundly.training.verifier.presenting import presentation_of
from soundly.training.vocabulary import BEGIN


class LearnedScore:
    """How likely a candidate is right, from 0 to 1: a `soundly.critics.learned.Score`.

    It is a guess and guarantees nothing. Deterministic; takes milliseconds, and blocks.

    Example:
        >>> score = LearnedScore.load(family, Path("runs/verifier"))  # doctest: +SKIP
        >>> critic = LearnedCritic(score, accept_from=score.threshold)  # doctest: +SKIP
        >>> partial(rerank, score=AnswerScore(family, score))  # doctest: +SKIP
    """

    def __init__(self, family: Family, discriminator: Discriminator) -> None:
        self._family = family
        self._discriminator = discriminator
        known = discriminator.model.vocabulary
        for letters in (False, True):
            self._presentation = presentation_of(family, letters=letters)
            if self._presentation.vocabulary == known:
                return
        raise UsageError(
            f"this verifier reads {known.notation} of {len(known)} words, and family "
            f"{family.name!r} is not put in these"
        )

    @classmethod
    def load(cls, family: Family, folder: Path) -> LearnedScore:
        """The score of a verifier in a folder; `UsageError` where it is none of this family."""
        return cls(family, load_discriminator(folder))

    @property
    def threshold(self) -> float:
        """From which probability on the verifier takes an answer for right."""
        return self._discriminator.threshold

    def __call__(self, problem: Problem, candidate: Candidate) -> float:
        """The probability behind the whole answer.

        0 for a candidate that has no words in the family's notation, because it speaks of what the
        problem does not have, and for one that is too long to be read. Raises `CriticError` for a
        candidate that is none of the family's, and `UsageError` for a problem that has no words or
        too many.
        """
        return self._probability(problem, candidate, end=(END,))

    def beginning(self, problem: Problem, candidate: Candidate) -> float:
        """The probability that an answer that begins with this candidate comes to be right.

        The value of a partial answer, for a tree search. It was learnt from the answers of solvers
        and near misses of them, and not from what the search meets. Raises as a call does.
        """
        return self._probability(problem, candidate, end=())

    def _probability(self, problem: Problem, candidate: Candidate, *, end: Words) -> float:
        reading = self._family.read(problem, candidate.canonical)
        if not isinstance(reading, Found) or reading.solution != candidate.solution:
            raise CriticError(f"{candidate.canonical!r:.80} is no candidate of {self._family.name}")
        put = self._presentation.present(problem, candidate)
        model = self._discriminator.model
        asked = (BEGIN, *put.statement, PLAN)
        if len(asked) >= model.context:
            raise UsageError(
                f"{problem.name} has {len(asked)} words; this verifier reads {model.context} with "
                "the answer"
            )
        if put.answer is None or len(asked) + len(put.answer) + len(end) > model.context:
            return 0.0
        encoded = model.vocabulary.encode((*asked, *put.answer, *end))
        return self._discriminator.probabilities([encoded])[0]
