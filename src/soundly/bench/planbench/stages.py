"""Stored answers as the stages of a cascade: one model under one prompt, on the same instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from anyio.from_thread import start_blocking_portal

from soundly.bench.planbench.cost import Cost, cost_of
from soundly.bench.planbench.judged import Judged
from soundly.bench.planbench.layout import Layout
from soundly.bench.planbench.oddity import Oddity
from soundly.bench.planbench.price_list import ENGINES
from soundly.bench.planbench.walk import Entry, entries_in, judged_in
from soundly.core.errors import UnknownNameError, UsageError

LEAST_SHARE: Final = 0.9
"""A stage is used where it answered at least this share of a domain's instances."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One answer: whether our critic accepts it, what it cost, and its steps; None without any."""

    accepted: bool
    cost: Cost
    plan: tuple[str, ...] | None
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, order=True)
class Stage:
    """A model under one prompt."""

    model: str
    prompt: str

    @property
    def name(self) -> str:
        """As it is shown, such as ``gpt-4_chat · zero-shot``."""
        return f"{self.model} · {self.prompt}"


@dataclass(frozen=True, slots=True)
class Shared:
    """Stages, the instances that all of them answered, and why the other stages are none."""

    stages: tuple[Stage, ...]
    instances: tuple[str, ...]
    left_out: Mapping[Stage, str]


@dataclass(slots=True)
class StageTable:
    """What every stage did with the instances of one domain, by the names of these.

    Where a stage answered an instance twice, its first answer counts. ``unpriced`` says of
    stages without a price that they have none.
    """

    root: str
    set: str
    trials: dict[Stage, dict[str, Trial]] = field(default_factory=dict)
    unpriced: dict[Stage, str] = field(default_factory=dict)

    def has(self, model: str) -> bool:
        """Whether a stage is of this model, or has this name."""
        return any(model in (stage.model, stage.name) for stage in self.trials)

    def shared(self) -> Shared:
        """The stages that answered nearly all instances, and what they have in common."""
        known = {instance for trials in self.trials.values() for instance in trials}
        known_to_all = set(known)
        left_out = dict(sorted(self.unpriced.items()))
        stages: list[Stage] = []
        for stage, trials in sorted(self.trials.items()):
            if len(trials) < LEAST_SHARE * len(known):
                left_out.setdefault(stage, f"answered {len(trials)} of {len(known)} instances")
            elif twin := next((each for each in stages if self._same(stage, each)), None):
                left_out[stage] = f"holds the answers of {twin.prompt} once more"
            else:
                # a few of its answers may be without a price
                left_out.pop(stage, None)
                stages.append(stage)
                known_to_all &= trials.keys()
        return Shared(tuple(stages), tuple(sorted(known_to_all)), left_out)

    def _same(self, stage: Stage, other: Stage) -> bool:
        """Whether two files of a model hold the same texts, nearly all of them: stored twice."""
        trials, others = self.trials[stage], self.trials[other]
        equal = sum(each in others and others[each].text == trials[each].text for each in trials)
        return stage.model == other.model and equal >= LEAST_SHARE * len(trials)


def stage_tables(
    folder: Path,
    oddities: list[Oddity],
    *,
    sets: Sequence[str] = (),
    without: Sequence[str] = (),
    on_file: Callable[[str], None] = lambda _: None,
) -> list[StageTable]:
    """The stages of every domain in which plans are asked for, or of the ``sets`` named.

    Models named in ``without`` are left out. Raises `UsageError` where the folder is no PlanBench
    or holds no such answer, and `UnknownNameError` for a set or a model that it does not have.
    """
    tables: dict[tuple[str, str], StageTable] = {}
    models: set[str] = set()
    with start_blocking_portal() as portal:
        layout = Layout.of(folder)
        for entry in entries_in(layout, oddities, wanted=_is_stage, on_file=on_file):
            place = entry.place
            models.add(place.model)
            if entry.setting.unsolvable or place.model in without:
                continue
            table = tables.setdefault((place.root, place.set), StageTable(place.root, place.set))
            if not sets or place.set in sets:
                _add(table, entry, judged_in(entry, portal, oddities))
    _require_known("set", sets, {table.set for table in tables.values()})
    _require_known("stored model", without, models)
    found = [table for table in tables.values() if table.trials]
    if not found:
        raise UsageError(f"{folder} holds no answer with a price to a task that asks for a plan")
    return found


def sets_with_stages(
    folder: Path,
    *,
    sets: Sequence[str] = (),
    without: Sequence[str] = (),
    against: str | None = None,
) -> list[str]:
    """The domains with files of two stages or more whose prices are listed; no file is read.

    Where some of them have files of ``against``, these alone. A guess from names, for what is to
    be refused before answers are judged: a stage may still turn out to be none. Raises
    `UsageError` where the folder is no PlanBench.
    """
    found: dict[tuple[str, str], set[Stage]] = {}
    for root in Layout.of(folder).roots:
        for name in root.sets():
            for path in root.results(name) if not sets or name in sets else ():
                model, task = path.parent.name, path.stem
                if _is_stage(task) and model in ENGINES and model not in without:
                    stage = Stage(model, _prompt(task))
                    found.setdefault((root.name, name), set()).add(stage)
    many = {
        place: stages
        for place, stages in found.items()
        if len(stages) > 1 and "unsolvable" not in place[1]
    }
    with_it = {
        name
        for (_, name), stages in many.items()
        if any(against in (stage.model, stage.name) for stage in stages)
    }
    return sorted(with_it or {name for _, name in many})


def _is_stage(task: str) -> bool:
    """One prompt and one answer about the instance itself."""
    return task.startswith("task_1") and "backprompting" not in task


def _add(table: StageTable, entry: Entry, answers: Sequence[Judged]) -> None:
    stage = Stage(entry.place.model, _prompt(entry.place.task))
    for judged in answers:
        cost = cost_of(judged.said, stage.model)
        if cost is None:
            table.unpriced[stage] = "no price of its time is known"
            continue
        plan = None if judged.answer is None else tuple(judged.answer)
        trial = Trial(judged.ruling == "accept", cost, plan, judged.said.text)
        table.trials.setdefault(stage, {}).setdefault(judged.problem.name, trial)


def _prompt(task: str) -> str:
    """The prompt in words: ``task_1_plan_generation_zero_shot_pddl`` is ``zero-shot pddl``."""
    said = task.removeprefix("task_1_").replace("plan_generation", "").strip("_")
    shots, rest = ("zero-shot", said.replace("zero_shot", "")) if "zero" in said else ("", said)
    words = [shots or "one-shot", *rest.replace("__", "_").strip("_").split("_")]
    return " ".join(word for word in words if word)


def _require_known(kind: str, asked: Sequence[str], known: set[str]) -> None:
    for name in asked:
        if name not in known:
            raise UnknownNameError(kind, name, sorted(known))
