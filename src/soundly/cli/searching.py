"""Searches a boundary, shows it while it is found, and says what it cannot say yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio

from soundly.bench.boundary.aim import Aim
from soundly.bench.boundary.answers import Answer, AnswerFile
from soundly.bench.boundary.asking import Instances, System, obfuscated
from soundly.bench.boundary.finding import Finding
from soundly.bench.boundary.search import Limits, Search, find_boundary
from soundly.cli.asked_model import asked_model, closing
from soundly.cli.display.asking import asking_lines, say_interrupted
from soundly.cli.display.boundary import BoundaryDisplay
from soundly.cli.display.console import open_console
from soundly.cli.exits import Exit
from soundly.cli.searched_sizes import MOST_SIZES, parse_sizes
from soundly.config.budget import parse_budget
from soundly.config.families import make_family
from soundly.config.generators import OpenModel
from soundly.config.strategies import parse_strategy
from soundly.core.codec import to_json
from soundly.core.errors import UsageError
from soundly.core.events import Sink
from soundly.core.family import Draws
from soundly.core.spend import Budget

_TIMES_TRAINED = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose boundary is searched."""

    family: str
    model: str | None
    strategy: str
    obfuscation: str | None
    held_out: bool
    seed: int

    def document(self) -> dict[str, str]:
        """What the file of answers says of whom it is."""
        return {
            "family": obfuscated(self.family, self.obfuscation),
            "model": self.model or "",
            "strategy": self.strategy,
            "instances": "held-out" if self.held_out else "drawn",
            "seed": str(self.seed),
        }


@dataclass(frozen=True, slots=True)
class _Work:
    """A search that can begin: everything that could be refused has been looked at."""

    asked: Asked
    aim: Aim
    sizes: tuple[int, ...]
    limits: Limits
    budget: Budget
    file: AnswerFile | None
    known: tuple[Answer, ...]


def search_boundary(
    asked: Asked,
    *,
    probability: float,
    confidence: float,
    sizes: str | None,
    limit: int,
    at_once: int,
    budget: str,
    out: Path | None,
    store: str | None,
    as_json: bool,
) -> Exit:
    """Search, show and keep; everything that can be refused is refused before the first call."""
    try:
        aim, limits = Aim(probability, confidence), Limits(answers=limit, at_once=at_once)
    except ValueError as error:
        raise UsageError(str(error)) from error
    named = obfuscated(asked.family, asked.obfuscation)
    family = make_family(named)
    if not isinstance(family, Draws):
        raise UsageError(f"family {named} draws no instances of its own, so it has no boundary")
    parse_strategy(asked.strategy, family)
    searched = parse_sizes(sizes) if sizes else _usual(family)
    file = None if out is None else AnswerFile(out, asked.document())
    known = () if file is None else file.read()
    work = _Work(asked, aim, searched, limits, parse_budget(budget), file, known)
    with asked_model(asked.model, store=store, file=file) as (model, sinks):
        return _run(work, _system(work, model, sinks), model, as_json=as_json)


def _run(work: _Work, system: System, model: OpenModel | None, *, as_json: bool) -> Exit:
    console = open_console()
    asked = work.asked
    display = BoundaryDisplay(console, asked.document(), work.aim, work.sizes)
    kept, interrupted = list(work.known), False
    shown = console.is_terminal and not as_json
    lines = None if shown else asking_lines(asked.model, asked.strategy)

    def seen(answer: Answer, finding: Finding) -> None:
        kept.append(answer)
        if work.file is not None:
            work.file.add(answer)
        display.show(finding)
        if lines is not None:
            lines.answered()

    try:
        with display if shown else nullcontext():
            finding = anyio.run(_search, work, system, model, seen)
    except KeyboardInterrupt:
        finding, interrupted = _so_far(work, kept), True
    if as_json:
        print(json.dumps(_document(work, finding, system)))
    else:
        display.report(finding, system.spent, system.reasons)
    if interrupted:
        say_interrupted(None if work.file is None else work.file.path)
        return Exit.INTERRUPTED
    return Exit.PART_BROKE if finding.ending == "broken" else Exit.OK


def _system(work: _Work, model: OpenModel | None, sinks: list[Sink]) -> System:
    asked = work.asked
    return System(
        Instances(obfuscated(asked.family, asked.obfuscation), asked.seed, asked.held_out),
        model=None if model is None else model.generator,
        strategy=asked.strategy,
        budget=work.budget,
        at_once=work.limits.at_once,
        sinks=sinks,
    )


async def _search(
    work: _Work,
    system: System,
    model: OpenModel | None,
    seen: Callable[[Answer, Finding], None],
) -> Finding:
    async with closing(model):
        return await find_boundary(
            system.ask, work.sizes, work.aim, limits=work.limits, known=work.known, seen=seen
        )


def _so_far(work: _Work, kept: Iterable[Answer]) -> Finding:
    """What the answers say of a search that was stopped from outside."""
    search = Search(work.sizes, work.aim)
    for answer in kept:
        search.learn(answer)
    return search.finding("interrupted")


def _usual(family: Draws) -> tuple[int, ...]:
    dial = family.dial
    return tuple(range(dial.smallest, min(_TIMES_TRAINED * dial.trained, MOST_SIZES) + 1))


def _document(work: _Work, finding: Finding, system: System) -> dict[str, Any]:
    return {
        **work.asked.document(),
        "probability": work.aim.probability,
        "confidence": work.aim.confidence,
        "at_least": finding.at_least,
        "below": finding.below,
        "ending": finding.ending,
        "answers": finding.answers,
        "more_to_hold": finding.more_to_hold,
        "more_to_fail": finding.more_to_fail,
        "rises": [[each.smaller, each.larger] for each in finding.rises],
        "sizes": [
            {
                "size": each.size,
                "right": each.tally.right,
                "wrong": each.tally.wrong,
                "broken": each.tally.broken,
                "low": each.low,
                "high": each.high,
            }
            for each in finding.sizes
        ],
        "reasons": dict(system.reasons),
        "spend": to_json(system.spent),
    }
