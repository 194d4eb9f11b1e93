"""Maps how rugged success is, and shows it."""

from __future__ import annotations

import json
import math
from contextlib import AsyncExitStack, ExitStack, aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
from rich.table import Table
from rich.text import Text

from soundly.bench.boundary.answers import AnswerFile
from soundly.bench.boundary.asking import Instances, System, obfuscated
from soundly.bench.boundary.fractal_map import Answered, Plan, SizeMap, map_size
from soundly.bench.boundary.keeping import keeping
from soundly.bench.boundary.neighbours import NEIGHBOURS
from soundly.cli.amounts import bill, plural
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.searched_sizes import parse_sizes
from soundly.cli.visible import one_line
from soundly.config.budget import parse_budget
from soundly.config.families import make_family
from soundly.config.generators import open_model
from soundly.config.strategies import parse_strategy
from soundly.core.codec import to_json
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.events import Sink
from soundly.core.spend import Budget, Spend
from soundly.statistics.bootstrap import Estimate
from soundly.store import Store


@dataclass(frozen=True, slots=True)
class Mapped:
    """Whose map is drawn."""

    family: str
    model: str | None
    strategy: str
    neighbours: str
    obfuscation: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class _Work:
    """A map that can begin: everything that could be refused has been looked at."""

    mapped: Mapped
    drawn: Instances
    sizes: tuple[int, ...]
    plan: Plan
    confidence: float
    file: AnswerFile | None


def map_success(
    mapped: Mapped,
    *,
    sizes: str,
    plan: tuple[int, int, int],
    confidence: float,
    budget: str,
    out: Path | None,
    store: str | None,
    as_json: bool,
) -> Exit:
    """Ask, show, keep; everything that can be refused is refused before the first call."""
    if mapped.neighbours not in NEIGHBOURS:
        raise UnknownNameError("kind of neighbours", mapped.neighbours, NEIGHBOURS)
    if not 0 < confidence < 1:
        raise UsageError(f"confidence is {confidence}, wanted a number between 0 and 1")
    try:
        wanted = Plan(*plan)
    except ValueError as error:
        raise UsageError(str(error)) from error
    named = obfuscated(mapped.family, mapped.obfuscation)
    parse_strategy(mapped.strategy, make_family(named))
    file = None if out is None else AnswerFile(out, _identity(mapped, named, wanted))
    if file is not None:
        file.read()
    drawn = Instances(named, mapped.seed)
    work = _Work(mapped, drawn, parse_sizes(sizes), wanted, confidence, file)
    limits = parse_budget(budget)
    with ExitStack() as stack:
        sinks: list[Sink] = [stack.enter_context(Store.open(store))] if store else []
        maps, spent = anyio.run(_map, work, limits, sinks)
    if as_json:
        print(json.dumps(_whole(work, maps, spent)))
    else:
        name = " · ".join(filter(None, (named, mapped.model, mapped.strategy)))
        _print(maps, f"{name} · neighbours {mapped.neighbours}", spent)
    return Exit.OK


def _identity(mapped: Mapped, named: str, plan: Plan) -> dict[str, str]:
    """What the file of answers says of whom it is: all that decides which seed asks what."""
    around = f"{plan.around} {mapped.neighbours} of each, {plan.samples} samples"
    return {
        "family": named,
        "model": mapped.model or "",
        "strategy": mapped.strategy,
        "instances": f"drawn, {around}",
        "seed": str(mapped.seed),
    }


async def _map(work: _Work, budget: Budget, sinks: list[Sink]) -> tuple[list[SizeMap], Spend]:
    async with AsyncExitStack() as stack:
        opened = None if work.mapped.model is None else open_model(work.mapped.model)
        if opened is not None:
            await stack.enter_async_context(aclosing(opened))
        system = System(
            work.drawn,
            model=None if opened is None else opened.generator,
            strategy=work.mapped.strategy,
            budget=budget,
            sinks=sinks,
        )
        found: list[SizeMap] = []
        for size in work.sizes:
            answered: Answered = system.answer
            if work.file is not None:
                answered = keeping(answered, work.file, size=size)
            found.append(
                await map_size(
                    answered,
                    work.drawn.draw,
                    NEIGHBOURS[work.mapped.neighbours],
                    size=size,
                    plan=work.plan,
                    confidence=work.confidence,
                    seed=work.drawn.seed,
                )
            )
        return found, system.spent


def _whole(work: _Work, maps: list[SizeMap], spent: Spend) -> dict[str, Any]:
    return {
        "family": work.drawn.family,
        "model": work.mapped.model or "",
        "strategy": work.mapped.strategy,
        "neighbours": work.mapped.neighbours,
        "confidence": work.confidence,
        "sizes": [_document(each) for each in maps],
        "spend": to_json(spent),
    }


def _print(maps: list[SizeMap], name: str, spent: Spend) -> None:
    console = open_console()
    console.print(Text(one_line(name), "bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="label")
    for title in ("size", "right", "local", "strangers", "share"):
        table.add_column(title, justify="right", no_wrap=True)
    for each in maps:
        right, found = each.tally.accuracy, each.ruggedness
        cells = [str(each.size), f"{right.count}/{right.of}"]
        if found is not None:
            cells += [_numbers(part) for part in (found.local, found.strangers, found.share)]
        table.add_row(*cells)
    console.print(table)
    broken = sum(each.tally.broken for each in maps)
    if left_out := sum(each.left_out for each in maps):
        console.print(Text(f"{plural(left_out, 'instance')} left out; {broken} broke", "spent"))
    answers = sum(each.tally.settled + each.tally.broken for each in maps)
    console.print(Text(f"{plural(answers, 'answer')} · {bill(spent)}", "quiet"))


def _numbers(estimate: Estimate) -> str:
    if estimate.value is None:
        return "-"
    value, low, high = map(_number, (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low} to {high})"


def _number(value: float) -> str:
    """Two places, and no sign before a zero."""
    return f"{round(value, 2) + 0.0:.2f}".replace("inf", "∞")


def _document(each: SizeMap) -> dict[str, Any]:
    found = each.ruggedness
    return {
        "size": each.size,
        "right": each.tally.right,
        "wrong": each.tally.wrong,
        "broken": each.tally.broken,
        "left_out": each.left_out,
        "clusters": 0 if found is None else found.clusters,
        "local": None if found is None else _json(found.local),
        "strangers": None if found is None else _json(found.strangers),
        "share": None if found is None else _json(found.share),
    }


def _json(estimate: Estimate) -> dict[str, float | None]:
    """JSON has no infinity: an end that nothing bounds is null."""
    low, high = (end if math.isfinite(end) else None for end in (estimate.low, estimate.high))
    return {"value": estimate.value, "low": low, "high": high}
