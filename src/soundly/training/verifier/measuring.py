"""How often a discriminator errs, and the threshold at which it errs least on its tuning forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from soundly.training.events import Measured
from soundly.training.verifier.discriminator import Discriminator
from soundly.training.verifier.labelled import Labelled
from soundly.training.verifier.learning import STAGE, encoded, length

FALSE_ACCEPT: Final = "false accept"
FALSE_REJECT: Final = "false reject"
NEAR_MISSES: Final = "near misses"
SOLVED: Final = "solvers' answers"


def opinions(discriminator: Discriminator, labelled: Sequence[Labelled]) -> list[float | None]:
    """How likely each answer is right, in their order; None for one too long to be read."""
    model = discriminator.model
    short = [each for each in labelled if length(each) <= model.context]
    found = iter(
        discriminator.probabilities(
            [encoded(each, model.vocabulary, range(each.example.names)) for each in short]
        )
    )
    return [next(found) if length(each) <= model.context else None for each in labelled]


def chosen_threshold(discriminator: Discriminator, labelled: Sequence[Labelled]) -> float:
    """The threshold with the least false-accept and false-reject rates together (Youden, 1950).

    Of several as good, the strictest. 0.5 where there is no right or no wrong answer.
    """
    right, wrong = list[float](), list[float]()
    for each, chance in zip(labelled, opinions(discriminator, labelled), strict=True):
        if chance is not None:
            (right if each.right else wrong).append(chance)
    if not (right and wrong):
        return 0.5

    def errs(threshold: float) -> float:
        accepts = sum(chance >= threshold for chance in wrong) / len(wrong)
        return accepts + sum(chance < threshold for chance in right) / len(right)

    return min(sorted({*right, 0.5}, reverse=True), key=errs)


def error_rates(
    discriminator: Discriminator, labelled: Sequence[Labelled], *, step: int
) -> list[Measured]:
    """False accepts and false rejects by size, of near misses and of solvers' answers apart.

    ``right`` counts the errors, ``of`` the wrong answers for false accepts and the right ones for
    false rejects; ``broken`` are too long to be read. Kinds of which there are none are left out.
    """
    cells: dict[tuple[str, str, int], list[float | None]] = {}
    for each, chance in zip(labelled, opinions(discriminator, labelled), strict=True):
        what = FALSE_REJECT if each.right else FALSE_ACCEPT
        series = NEAR_MISSES if each.edited else SOLVED
        cells.setdefault((what, series, each.example.size), []).append(chance)
    measured = []
    for (what, series, size), chances in sorted(cells.items()):
        read = [chance for chance in chances if chance is not None]
        accepted = sum(chance >= discriminator.threshold for chance in read)
        errors = accepted if what == FALSE_ACCEPT else len(read) - accepted
        broken = len(chances) - len(read)
        measured.append(Measured(STAGE, step, what, series, errors, len(read), size, broken))
    return measured
