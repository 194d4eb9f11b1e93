"""An audit of whole families, split over processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from multiprocessing import get_context

import anyio

from soundly.bench.audit.judges import CriticBehindFamily, TextJudge
from soundly.bench.audit.rounds import Round
from soundly.bench.audit.scorers import SCORER, DataSetScorer
from soundly.bench.audit.specimens import can_be_audited
from soundly.bench.audit.tally import Tally
from soundly.config import registry
from soundly.config.extras import ExtraMissingError
from soundly.config.families import make_family
from soundly.config.generators import open_model
from soundly.config.reasoning_gym import BridgedDataSet
from soundly.core.errors import UsageError
from soundly.critics.model_judge import ModelJudge
from soundly.families.reasoninggym.family import DataSet

TEXTS_AN_INSTANCE = 500
_SEEDS_APART = 1_000_003


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an audit that one process does: one family, some of its instances.

    ``judge`` is None for the family's own critic, or names a model that judges in its place, or is
    "reasoning-gym" for the scorer of the data set that the family draws from. A model that judges
    ``at_once`` is asked for its verdict alone.
    """

    family: str
    seeds: tuple[int, ...]
    texts_an_instance: int
    size: int | None = None
    judge: str | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part that was not done: ``reason`` names the package that is missing, and how to get it."""

    family: str
    reason: str


def auditable() -> tuple[str, ...]:
    """The registered families that bring all that an audit needs."""
    return tuple(n for n in registry.names("families") if can_be_audited(make_family(n)))


def parts(
    families: Sequence[str],
    *,
    texts: int,
    seed: int,
    size: int | None = None,
    judge: str | None = None,
    at_once: bool = False,
    texts_an_instance: int = TEXTS_AN_INSTANCE,
    instances_a_part: int = 8,
) -> list[Part]:
    """At least so many texts over all families together, cut into parts of a few instances each.

    Raises `UsageError` for a family that cannot be audited.
    """
    for name in families:
        if not can_be_audited(make_family(name)):
            known = ", ".join(auditable())
            raise UsageError(
                f"family {name!r} draws, solves or spoils no instances of its own, so its critic "
                f"cannot be audited; there are {known}"
            )
    each = -(-texts // len(families))
    instances = -(-each // texts_an_instance)
    seeds = tuple(seed * _SEEDS_APART + number for number in range(instances))
    some = [seeds[at : at + instances_a_part] for at in range(0, instances, instances_a_part)]
    return [
        Part(name, chosen, min(each, texts_an_instance), size, judge, at_once)
        for chosen in some
        for name in families
    ]


def audit(work: Sequence[Part], *, processes: int) -> Iterator[Tally | Skipped]:
    """The tally of each part as soon as it is done, in any order; whatever a part raises comes too.

    One process is this one. More are fresh interpreters, so that a crash of native code is an
    error here.
    """
    if processes == 1:
        yield from map(audit_part, work)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        pending = [pool.submit(audit_part, part) for part in work]
        try:
            for done in as_completed(pending):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def audit_part(part: Part) -> Tally | Skipped:
    """What was found in one part; it is skipped where its solver lacks a package."""
    try:
        return anyio.run(_audit_part, part)
    except ExtraMissingError as error:
        return Skipped(part.family, str(error))


async def _audit_part(part: Part) -> Tally:
    family = make_family(part.family)
    if part.judge is None:
        return await _attacked(part, CriticBehindFamily(family, family.critic))
    if part.judge == SCORER:
        return await _attacked(part, DataSetScorer(family))
    model = open_model(part.judge)
    try:
        critic = ModelJudge(family, at_once=part.at_once)
        return await _attacked(part, CriticBehindFamily(family, critic, model.generator.complete))
    finally:
        await model.aclose()


async def _attacked(part: Part, judge: TextJudge) -> Tally:
    family: object = make_family(part.family)
    size = part.size
    if size is None and isinstance(family, BridgedDataSet | DataSet):
        size = 1  # a level: what is small in one data set is large in another
    attacked = Round(make_family(part.family), judge, size)
    for seed in part.seeds:
        await attacked.attack(seed=seed, texts=part.texts_an_instance)
    return replace(attacked.tally(), family=part.family)
