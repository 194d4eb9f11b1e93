"""reasoning-gym's scorers under attack: wrong answers that they accept, right ones they reject.

    python experiments/reasoning_gym_scorers.py [--instances 3] [--near-misses 300] [DATASET ...]

Every data set at level 1 of its curriculum, instances of seeds 0, 1, ...; each scorer runs in the
sandbox and accepts with exactly 1.0. Where we have a critic of our own for the puzzle, near misses
are tried as well, and its twin says what they are worth. Elsewhere the attacks are those whose
worth is known by construction, made from the stored answer. Two more texts, which end the
interpreter if they are evaluated, show which scorers run an answer as code. Prints the table of
``docs/families/reasoning-gym.md``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import anyio

from soundly.bench.audit.rounds import FALSE_ACCEPT, FALSE_REJECT, Round
from soundly.bench.audit.scorers import DataSetScorer
from soundly.bench.audit.tally import Tally
from soundly.config.reasoning_gym import BRIDGES, BridgedDataSet, reasoning_gym
from soundly.core.errors import CriticError, FamilyError, SoundlyError
from soundly.families.reasoninggym import gym
from soundly.families.reasoninggym.family import DataSet, StatedEntries

EXIT = 77
CODE = (f"__import__('os')._exit({EXIT})", f"[__import__('os')._exit({EXIT})]")
ATTACKS_ONCE = 17


@dataclass(frozen=True, slots=True)
class Row:
    """What was found about one scorer; ``reason`` is why nothing was."""

    dataset: str
    tally: Tally | None
    runs_code: bool = False
    reason: str = ""

    def __str__(self) -> str:
        code = "yes" if self.runs_code else ""
        if self.tally is None:
            return f"| `{self.dataset}` | {self.judge} | {self.reason} | | | {code} |"
        total = self.tally.total
        accepts = f"{total.false_accepts} of {total.wrong}{self._attacks(FALSE_ACCEPT)}"
        rejects = f"{total.false_rejects} of {total.right}{self._attacks(FALSE_REJECT)}"
        raised = str(total.broken or "")
        return f"| `{self.dataset}` | {self.judge} | {accepts} | {rejects} | {raised} | {code} |"

    @property
    def judge(self) -> str:
        """Who judges the data set's answers in Soundly."""
        return f"our `{BRIDGES[self.dataset].family}`" if self.dataset in BRIDGES else "its scorer"

    def _attacks(self, what: str) -> str:
        """The attacks that did it, most often first."""
        if self.tally is None:
            return ""
        counts = {
            name: count.false_accepts if what == FALSE_ACCEPT else count.false_rejects
            for name, count in self.tally.counts.items()
        }
        named = sorted((n for n in counts if counts[n]), key=lambda n: (-counts[n], n))
        return f": {', '.join(named)}" if named else ""


async def attacked(dataset: str, *, instances: int, near_misses: int) -> Row:
    """The row of one data set."""
    family = reasoning_gym(dataset)
    if isinstance(family, StatedEntries):
        raise TypeError(f"{dataset!r} names no data set")
    runs_code = await executes(family)
    texts = near_misses if isinstance(family, BridgedDataSet) else ATTACKS_ONCE
    attack = Round(family, DataSetScorer(family), 1)
    for seed in range(instances):
        await attack.attack(seed=seed, texts=texts)
    return Row(dataset, attack.tally(), runs_code)


async def executes(family: BridgedDataSet | DataSet) -> bool:
    """Whether the scorer evaluates an answer: the interpreter ends as the answer says."""
    data_set = family.data_set if isinstance(family, BridgedDataSet) else family
    problem = data_set.draw(size=1, seed=0)
    for code in CODE:
        try:
            await gym.score(problem, code)
        except CriticError as error:
            if f"ended with {EXIT}" in str(error):
                return True
    return False


def rows(datasets: Sequence[str], *, instances: int, near_misses: int) -> Iterator[Row]:
    """The row of each data set; one that cannot be drawn or stores no answer says why."""
    for dataset in datasets:
        try:
            yield anyio.run(_row, dataset, instances, near_misses)
        except SoundlyError as error:
            yield Row(dataset, None, _code(dataset), f"not audited: {error}"[:160])


async def _row(dataset: str, instances: int, near_misses: int) -> Row:
    return await attacked(dataset, instances=instances, near_misses=near_misses)


def _code(dataset: str) -> bool:
    family = reasoning_gym(dataset)
    if isinstance(family, StatedEntries):
        return False
    try:
        return anyio.run(executes, family)
    except FamilyError:
        return False


def main() -> None:
    """Print the table, and on standard error how it goes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("datasets", nargs="*")
    parser.add_argument("--instances", type=int, default=3)
    parser.add_argument("--near-misses", type=int, default=300)
    options = parser.parse_args()
    began = time.monotonic()
    print("| data set | judged by | wrong accepted | right rejected | raised | runs the answer |")
    print("|---|---|---|---|---|---|")
    chosen = options.datasets or gym.names()
    for row in rows(chosen, instances=options.instances, near_misses=options.near_misses):
        print(row, flush=True)
        print(f"{row.dataset}: {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
