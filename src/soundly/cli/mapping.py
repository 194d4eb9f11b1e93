"""Maps how rugged success is, and shows it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio

from soundly.bench.boundary.answers import AnswerFile, Said
from soundly.bench.boundary.asking import Instances, System, obfuscated
from soundly.bench.boundary.fractal_map import Answered, Plan, SizeMap, map_size
from soundly.bench.boundary.giving_up import BROKEN_IN_A_ROW, GivingUp
from soundly.bench.boundary.keeping import keeping, remembered, remembering
from soundly.bench.boundary.neighbours import NEIGHBOURS
from soundly.cli.asked_model import asked_model, closing
from soundly.cli.display.asking import asking_lines, say_interrupted
from soundly.cli.display.fractal import show_map
from soundly.cli.exits import Exit
from soundly.cli.searched_sizes import parse_sizes
from soundly.config.budget import parse_budget
from soundly.config.families import make_family
from soundly.config.generators import OpenModel
from soundly.config.strategies import parse_strategy
from soundly.core.codec import to_json
from soundly.core.errors import UnknownNameError, UsageError
from soundly.core.problem import Problem
from soundly.statistics.bootstrap import Estimate

_INTERRUPTED = "interrupted: this is what was found so far"
_GAVE_UP = f"stopped: {BROKEN_IN_A_ROW} sessions broke one after the other"


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
    with asked_model(mapped.model, store=store, file=file) as (model, sinks):
        system = System(
            drawn,
            model=None if model is None else model.generator,
            strategy=mapped.strategy,
            budget=limits,
            sinks=sinks,
        )
        return _run(work, system, model, as_json=as_json)


def _run(work: _Work, system: System, model: OpenModel | None, *, as_json: bool) -> Exit:
    asking = GivingUp(system.answer)
    said: dict[int, dict[int, Said]] = {}
    interrupted = False
    try:
        maps = anyio.run(_asked, work, asking, model, said)
    except KeyboardInterrupt:
        interrupted = True
        maps = anyio.run(_maps, work, {size: remembered(found) for size, found in said.items()})
    if as_json:
        ending = {"interrupted": interrupted, "gave_up": asking.gave_up}
        print(json.dumps({**_whole(work, maps, system), **ending}))
    else:
        why = _INTERRUPTED if interrupted else _GAVE_UP if asking.gave_up else None
        show_map(maps, _title(work), system.spent, reasons=system.reasons, partial=why)
    if interrupted:
        say_interrupted(None if work.file is None else work.file.path)
        return Exit.INTERRUPTED
    return Exit.PART_BROKE if asking.gave_up else Exit.OK


def _title(work: _Work) -> str:
    mapped = work.mapped
    name = " · ".join(filter(None, (work.drawn.family, mapped.model, mapped.strategy)))
    return f"{name} · neighbours {mapped.neighbours}"


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


async def _asked(
    work: _Work, asking: GivingUp, model: OpenModel | None, said: dict[int, dict[int, Said]]
) -> list[SizeMap]:
    """Asks for all sizes; what is answered stands in ``said`` by size and seed as it comes."""
    lines = asking_lines(work.mapped.model, work.mapped.strategy)

    async def answer(problem: Problem, seed: int) -> Said | None:
        found = await asking.answer(problem, seed)
        lines.answered()
        return found

    async with closing(model):
        maps: list[SizeMap] = []
        for size in work.sizes:
            kept = answer if work.file is None else keeping(answer, work.file, size=size)
            answered = remembering(kept, said.setdefault(size, {}))
            maps += await _maps(work, {size: answered})
        return maps


async def _maps(work: _Work, answered: Mapping[int, Answered]) -> list[SizeMap]:
    return [
        await map_size(
            answers,
            work.drawn.draw,
            NEIGHBOURS[work.mapped.neighbours],
            size=size,
            plan=work.plan,
            confidence=work.confidence,
            seed=work.drawn.seed,
        )
        for size, answers in answered.items()
    ]


def _whole(work: _Work, maps: list[SizeMap], system: System) -> dict[str, Any]:
    return {
        "family": work.drawn.family,
        "model": work.mapped.model or "",
        "strategy": work.mapped.strategy,
        "neighbours": work.mapped.neighbours,
        "confidence": work.confidence,
        "sizes": [_document(each) for each in maps],
        "reasons": dict(system.reasons),
        "spend": to_json(system.spent),
    }


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
