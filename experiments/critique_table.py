"""What is critique worth? One sample, many samples, a sound critic, and the model as its own.

    python experiments/critique_table.py --model MODEL --problems blocksworld@4 game24@4 --out DIR

The shape of table 1 of Stechly et al., arXiv:2402.08115, with any model: a row a strategy, a column
a way of being equal. *Equal calls*: each session may make ``--calls`` of them, a judge's included.
*Equal tokens*: each may use, problem by problem, what lets plain sampling make that many calls like
its first one. Every budget is the ledger's, so none is ever exceeded; an answer counts when the
session ends SOLVED, with a certificate that the kernel re-checked. Self-critique's answer is judged
once, at its end. 95% intervals are Clopper and Pearson's.

DIR/outcomes.jsonl has a line a session. The same command again runs what is missing, so it can be
stopped at any time; sessions that a broken part ended are run anew, and never count as wrong.
DIR/table.md is the table. Problems are held out from training where their family can tell.

Other rows: ``--row "vote=vote:n={n}"``, as often as wanted, in place of the four; ``{n}`` is the
most rounds or samples that the column allows. ``--with temperature=0.7`` goes to every row. A model
that writes no prose cannot criticise itself in words, so the row is left out, unless ``--verifier
DIR`` puts a learned verifier in its place. Nor does it read critiques, so its sound critique is
sampling. Needs the extra `bench`, and `train` for models and verifiers of our own.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path

import anyio

from soundly.config.families import make_family
from soundly.config.generators import open_model
from soundly.config.strategies import parse_strategy
from soundly.core.codec import from_json
from soundly.core.completion import Generator
from soundly.core.errors import PartError, UsageError
from soundly.core.events import CallHeld, CallSettled, TraceRecord
from soundly.core.family import Draws, Family
from soundly.core.notation import Notated
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.core.session import Strategy
from soundly.core.spend import Budget
from soundly.core.splits import Split, Splits, draw_from
from soundly.critics.learned import LearnedCritic
from soundly.engine import solve
from soundly.statistics.intervals import Proportion
from soundly.strategies.self_critique import self_critique

CALLS, TOKENS = "equal calls", "equal tokens"
SELF = "self-critique"
ROWS = {
    "single": "single",
    "sampling": "best-of:n={n},concurrency=1",
    "sound critique": "refine:rounds={n}",
    SELF: "self-critique:rounds={n}",
}
BROKEN = "broken"
_CAP = 4
"""In the column of equal tokens a row may make so many times the calls, if they are short."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One session to run: a strategy for a problem, under one way of being equal."""

    model: str
    problems: str
    index: int
    row: str
    strategy: str
    column: str
    limit: int
    seed: int


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of it. ``first`` is what its first call used and could have used, in tokens."""

    status: str
    calls: int
    tokens: int
    seconds: float
    first: tuple[int, int]


class Outcomes:
    """The file of sessions that ran, one a line; a line that a kill cut off is dropped."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ran: dict[Cell, Ran] = {}
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        whole = text[: text.rfind("\n") + 1]
        for line in whole.splitlines():
            entry = json.loads(line)
            self._ran[from_json(Cell, entry["cell"])] = from_json(Ran, entry["ran"])
        if whole != text:
            path.write_text(whole, encoding="utf-8")

    def find(self, cell: Cell) -> Ran | None:
        """What became of a session; None where it did not run, or a part broke."""
        ran = self._ran.get(cell)
        return None if ran is None or ran.status == BROKEN else ran

    def add(self, cell: Cell, ran: Ran) -> None:
        """Write a line."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"cell": asdict(cell), "ran": asdict(ran)}) + "\n")
        self._ran[cell] = ran


@dataclass(frozen=True, slots=True)
class Bench:
    """One command: which rows, which model, how much each may spend."""

    rows: Mapping[str, str]
    calls: int
    seed: int
    model: str
    generator: Generator
    outcomes: Outcomes
    verifier: Path | None

    async def measure(self, group: str, count: int) -> list[tuple[Cell, Ran]]:
        """Every row in both columns on the problems of one group, but for rows that are refused."""
        name, _, size = group.rpartition("@")
        if not (name and size.isdigit()):
            raise UsageError(f"problems: got {group!r}, wanted FAMILY@SIZE, as in blocksworld@4")
        family = make_family(name)
        refused: set[str] = set()
        found: list[tuple[Cell, Ran]] = []
        for index, problem in enumerate(problems_of(family, int(size), count)):
            seed = self.seed * 1_000_003 + index
            once = Cell(self.model, group, index, "", "single", CALLS, 1, seed)
            first = (await self.run(once, family, problem)).first
            for cell in self.cells(once, first):
                if cell.row in refused:
                    continue
                try:
                    found.append((cell, await self.run(cell, family, problem)))
                except UsageError as error:
                    print(f"{cell.row} on {group}: not run: {error}", flush=True)
                    refused.add(cell.row)
        return found

    def cells(self, once: Cell, first: tuple[int, int]) -> Iterator[Cell]:
        """The sessions of every row and column, given what one plain call used and could have."""
        used, bound = first
        limits = {CALLS: self.calls, TOKENS: (self.calls - 1) * used + bound}
        for (row, text), (column, limit) in product(self.rows.items(), limits.items()):
            most = self.calls if column == CALLS else self.calls * _CAP
            spelled = text.replace("{n}", str(most))
            yield replace(once, row=row, strategy=spelled, column=column, limit=limit)

    async def run(self, cell: Cell, family: Family, problem: Problem) -> Ran:
        """Run it, unless it ran before."""
        if (before := self.outcomes.find(cell)) is not None:
            return before
        limit = {"calls": cell.limit} if cell.column == CALLS else {"tokens": cell.limit}
        began = time.perf_counter()
        try:
            outcome = await solve(
                problem,
                family=family,
                strategy=self.strategy(cell, family),
                generator=self.generator,
                budget=Budget(**limit),
                seed=cell.seed,
            )
            status, spend, trace = outcome.status.value, outcome.spend, outcome.trace
        except PartError as error:
            if error.record is None:
                raise
            print(f"{cell.row} on {cell.problems} {cell.index}: {error}", flush=True)
            status, spend, trace = BROKEN, error.record.spend, error.record.trace
        seconds = round(time.perf_counter() - began, 3)
        ran = Ran(status, spend.calls, spend.tokens, seconds, first_call(trace))
        self.outcomes.add(cell, ran)
        return ran

    def strategy(self, cell: Cell, family: Family) -> Strategy:
        """The strategy that the row spells, with the learned verifier as judge where one is."""
        strategy = parse_strategy(cell.strategy, family)
        if self.verifier is None or not isinstance(strategy, partial):
            return strategy
        if strategy.func is not self_critique:
            return strategy
        from soundly.training.verifier.scoring import LearnedScore  # noqa: PLC0415 - needs torch

        score = LearnedScore.load(family, self.verifier)
        judge = LearnedCritic(score, accept_from=score.threshold)
        return partial(self_critique, **strategy.keywords, judge=judge)


def problems_of(family: Family, size: int, count: int) -> Iterator[Problem]:
    """Held-out instances where the family can tell, else those of the first seeds."""
    if isinstance(family, Notated) and family.notation is not None:
        from soundly.training.evaluation import held_out_problems  # noqa: PLC0415 - needs torch

        yield from held_out_problems(family.name, size, count)
        return
    for seed in range(count):
        if isinstance(family, Splits):
            split: Split = "held-out" if size <= family.dial.trained else "beyond"
            yield draw_from(family, split, size=size, seed=seed)
        elif isinstance(family, Draws):
            yield family.draw(size=size, seed=seed)
        else:
            raise UsageError(f"family {family.name} draws no problems")


def first_call(trace: Sequence[TraceRecord]) -> tuple[int, int]:
    """Tokens used by the first call and its bound; the bound twice where it did not settle."""
    events = [record.event for record in trace]
    bound = next((event.quote.tokens for event in events if isinstance(event, CallHeld)), 0)
    used = (e.spend.tokens for e in events if isinstance(e, CallSettled) and e.call == 1)
    return next(used, bound), bound


def table(found: Sequence[tuple[Cell, Ran]]) -> Iterator[str]:
    """A Markdown table for each group of problems, and one for all of them."""
    groups = list(dict.fromkeys(cell.problems for cell, _ in found))
    for group in (*groups, None) if len(groups) > 1 else groups:
        some = [(cell, ran) for cell, ran in found if group in (None, cell.problems)]
        of = len({(cell.problems, cell.index) for cell, _ in some})
        yield f"\n{group or 'all'}, {of} problems\n"
        yield f"| | {CALLS} | calls | tokens | {TOKENS} | calls | tokens |"
        yield "|---|---|---:|---:|---|---:|---:|"
        for row in dict.fromkeys(cell.row for cell, _ in some):
            columns = [
                entry([ran for cell, ran in some if (cell.row, cell.column) == (row, column)])
                for column in (CALLS, TOKENS)
            ]
            yield f"| {row} | {' | '.join(columns)} |"


def entry(ran: Sequence[Ran]) -> str:
    """Solved with its interval, mean calls and tokens; broken sessions are named and left out."""
    whole = [each for each in ran if each.status != BROKEN]
    if not whole:
        return f"{len(ran)} broken | |"
    solved = Proportion(sum(each.status == Status.SOLVED.value for each in whole), len(whole))
    low, high = solved.interval()
    said = f"{solved.count}/{solved.of} = {solved.count / solved.of:.1%} ({low:.1%} to {high:.1%})"
    if len(whole) < len(ran):
        said += f", {len(ran) - len(whole)} broken"
    calls = sum(each.calls for each in whole) / len(whole)
    tokens = sum(each.tokens for each in whole) / len(whole)
    return f"{said} | {calls:.1f} | {tokens:,.0f}"


async def run_all(options: argparse.Namespace) -> list[tuple[Cell, Ran]]:
    """Every group, one after the other."""
    rows = dict(row.split("=", 1) for row in options.row) if options.row else ROWS
    for more in options.extra:
        rows = {n: f"{text}{',' if ':' in text else ':'}{more}" for n, text in rows.items()}
    options.out.mkdir(parents=True, exist_ok=True)
    outcomes = Outcomes(options.out / "outcomes.jsonl")
    found: list[tuple[Cell, Ran]] = []
    async with aclosing(open_model(options.model)) as opened:
        bench = Bench(
            rows=rows,
            calls=options.calls,
            seed=options.seed,
            model=options.model,
            generator=opened.generator,
            outcomes=outcomes,
            verifier=options.verifier,
        )
        for group in options.problems:
            found += await bench.measure(group, options.count)
            print(f"{group}: done", flush=True)
    return found


def main() -> None:
    """Read the options, run what is missing, write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="See the head of the file for the rest."
    )
    parser.add_argument("--model", required=True)
    parser.add_argument("--problems", nargs="+", required=True, metavar="FAMILY@SIZE")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--calls", type=int, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--row", action="append", metavar="NAME=STRATEGY")
    parser.add_argument("--with", dest="extra", nargs="+", default=[], metavar="OPTION=VALUE")
    parser.add_argument("--verifier", type=Path)
    options = parser.parse_args()
    try:
        found = anyio.run(run_all, options)
    except UsageError as error:
        parser.error(str(error))
    lines = "\n".join(table(found)) + "\n"
    (options.out / "table.md").write_text(lines, encoding="utf-8")
    print(lines)


if __name__ == "__main__":
    main()
