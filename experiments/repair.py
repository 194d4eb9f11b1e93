"""What a planner keeps of the broken plans that PlanBench stores, and what becomes of them.

    python experiments/repair.py path/to/planbench --out DIR [--most 40] [--seed 0]

Of each set of problems and model, up to ``--most`` stored answers to plan generation (task 1) that
hold a plan and are not accepted are drawn and given to the strategy `repair` as the model's word,
once for each way of keeping steps. Beside them stands the planner's own plan for the problem. Each
repair is a session of its own: the repaired plan is judged and certified like any other.

``repairs.jsonl`` has a line for each repair, to which an interrupted run goes on; the tables have
exact intervals for shares (Clopper and Pearson) and bootstrap intervals over answers for means.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import fmean
from typing import get_args

import anyio

from soundly.bench.planbench.agreement import Compared
from soundly.bench.planbench.comparing import compared_answers
from soundly.bench.planbench.layout import Layout
from soundly.core.continuing import Keep, Repaired
from soundly.core.events import SolverStarted
from soundly.core.family import PromptStyle
from soundly.core.outcome import Outcome, Status
from soundly.core.solver import SolverFound
from soundly.engine import solve
from soundly.families.planning.family import PlanningFamily
from soundly.families.planning.pddl import parse_plan
from soundly.generators.scripted import Scripted
from soundly.solvers.kairos import Kairos
from soundly.statistics.intervals import Proportion
from soundly.strategies.repair import repair

_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Repair:
    """One broken plan, repaired or not; ``own`` is the length of the planner's own plan."""

    answer: str
    setting: str
    model: str
    keep: str
    accepted: bool
    offered: int
    kept: int
    added: int
    asked: int
    own: int

    @property
    def length(self) -> int:
        """The steps of the repaired plan."""
        return self.kept + self.added


def broken(folder: Path, most: int, seed: int) -> list[Compared]:
    """The answers that are repaired: the same ones for the same seed."""
    found: dict[tuple[str, ...], list[Compared]] = defaultdict(list)
    for each in compared_answers(Layout.of(folder), []):
        answer = each.answer
        plan_generation = answer.task.startswith("task_1") and not answer.unsolvable
        if plan_generation and each.plan and not each.accepted:
            found[_cell(answer.file)].append(each)
    rng = Random(seed)  # noqa: S311 - a sample, not a secret
    return [each for cell in found.values() for each in rng.sample(cell, min(most, len(cell)))]


def _cell(file: str) -> tuple[str, str]:
    """Set and model of a file of results."""
    *_, setting, model, _ = file.split("/")
    return setting, model


async def repaired(compared: Compared, keep: Keep, own: int) -> Repair:
    """The repair of one answer, as a session decides it."""
    answer = compared.answer
    outcome = await solve(
        answer.problem,
        family=PlanningFamily(phrases=answer.phrases),
        strategy=partial(repair, keep=keep, style=PromptStyle(examples=0)),
        generator=Scripted([answer.raw]),
    )
    return _row(compared, outcome, keep, own)


def _row(compared: Compared, outcome: Outcome, keep: Keep, own: int) -> Repair:
    events = [record.event for record in outcome.trace]
    mended = next((event for event in events if isinstance(event, Repaired)), None)
    setting, model = _cell(compared.answer.file)
    return Repair(
        answer=compared.answer.name,
        setting=setting,
        model=model,
        keep=keep,
        accepted=outcome.status is Status.SOLVED,
        offered=len(compared.plan or ()),
        kept=mended.kept if mended else 0,
        added=mended.added if mended else 0,
        asked=sum(isinstance(event, SolverStarted) for event in events),
        own=own,
    )


async def run(answers: Sequence[Compared], path: Path, processes: int) -> list[Repair]:
    """All repairs, those from an earlier run first; each is written as it is made."""
    done = [Repair(**json.loads(line)) for line in _lines(path)]
    known = {(each.answer, each.keep) for each in done}
    todo = iter([each for each in answers if (each.answer.name, "applicable") not in known])
    own: dict[str, int] = {}

    async def worker() -> None:
        for each in todo:
            problem = each.answer.problem
            if problem.digest not in own:
                found = await Kairos().solve(problem)
                own[problem.digest] = (
                    len(parse_plan(found.text)) if isinstance(found, SolverFound) else -1
                )
            for keep in get_args(Keep):
                if (each.answer.name, keep) not in known:
                    row = await repaired(each, keep, own[problem.digest])
                    done.append(row)
                    with path.open("a", encoding="utf-8") as out:
                        out.write(json.dumps(asdict(row)) + "\n")

    async with anyio.create_task_group() as group:
        for _ in range(processes):
            group.start_soon(worker)
    return done


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def mean(rows: Sequence[Repair], of: Callable[[Repair], float]) -> str:
    """The mean with a 95% bootstrap interval over answers."""
    values = [of(row) for row in rows]
    rng = Random(0)  # noqa: S311 - resampling, not a secret
    means = sorted(fmean(rng.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    low, high = means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES)]
    return f"{fmean(values):.2f} ({low:.2f} to {high:.2f})"


def table(rows: Iterable[Repair], by: Callable[[Repair], tuple[str, ...]]) -> str:
    """A line of Markdown for each cell."""
    cells: dict[tuple[str, ...], list[Repair]] = defaultdict(list)
    for row in rows:
        cells[by(row)].append(row)
    head = "| cell | broken plans | accepted | kept of the model's steps | share of the plan | "
    lines = [f"{head}longer than the planner's own by |", "|---|---|---|---|---|---|"]
    for cell, found in sorted(cells.items()):
        good = [row for row in found if row.accepted]
        low, high = Proportion(len(good), len(found)).interval()
        rate = f"{len(good) / len(found):.1%} ({low:.1%} to {high:.1%})"
        kept = mean(found, lambda row: row.kept / row.offered)
        measured = [row for row in good if row.own >= 0]
        whole = [row for row in good if row.length]
        share = mean(whole, lambda row: row.kept / row.length) if whole else "-"
        more = mean(measured, lambda row: row.length - row.own) if measured else "-"
        said = " | ".join((", ".join(cell), str(len(found)), rate, kept, share, more))
        lines.append(f"| {said} |")
    return "\n".join(lines)


def main() -> None:
    """Repair what is broken and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("planbench", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    answers = broken(options.planbench, options.most, options.seed)
    print(f"{len(answers)} broken plans", flush=True)
    rows = anyio.run(run, answers, options.out / "repairs.jsonl", options.processes)
    print(table(rows, lambda row: (row.keep,)))
    print(table(rows, lambda row: (row.setting, row.keep)))
    print(table(rows, lambda row: (row.setting, row.model, row.keep)))


if __name__ == "__main__":
    main()
