"""A recipe carried out: data, training, figures, export, all in one folder and resumable.

A run's folder holds ``recipe.toml``, ``events.jsonl``, the data of every model as JSON Lines, the
state of every training, and at the end ``model.gguf`` and ``model/`` (safetensors).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from soundly.core.errors import StoreError, UsageError
from soundly.generators.trained_on import TrainedOn
from soundly.training.baselines import LegalSteps, NearestCopy, TeacherItself
from soundly.training.checkpoints import whole, write_whole
from soundly.training.data import examples_of, read_examples, write_examples
from soundly.training.events import FILE, Event, EventLog, Measured, Noted
from soundly.training.example import Example
from soundly.training.notes import DATA, trained
from soundly.training.recipe import Recipe, Variant, read_recipe
from soundly.training.reinforcing import Reinforcing, reinforced_model
from soundly.training.source import Source
from soundly.training.subject import Subject

RECIPE, MODEL, GGUF = "recipe.toml", "model", "model.gguf"
PLAIN, REINFORCED = Variant("model"), Variant("reinforced")


def run_recipe(
    recipe_path: Path,
    *,
    folder: Path,
    resume: bool = False,
    on_event: Callable[[Event], None] = lambda _: None,
    processes: int = 2,
) -> None:
    """Carry out a recipe in a folder; ``on_event`` hears what the folder's events file gets.

    Taken up again, it goes on behind the last whole step; parts that are done are not repeated.
    Raises `UsageError` for a recipe or a folder that cannot be used, `StoreError` where something
    cannot be written, and `KeyboardInterrupt` once everything is kept.
    """
    recipe = read_recipe(recipe_path)
    _prepare(recipe_path, folder, resume=resume)
    kept = EventLog(folder)

    def log(event: Event) -> None:
        kept.add(event)
        on_event(event)

    _Run(recipe, folder, log, resume=resume, processes=processes).carry_out()


def _prepare(recipe_path: Path, folder: Path, *, resume: bool) -> None:
    begun = (folder / FILE).exists()
    if begun and not resume:
        raise UsageError(f"{folder} holds a run: take it up with --resume, or name another folder")
    if resume and not begun:
        raise UsageError(f"{folder} holds no run to take up")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = recipe_path.read_bytes()
        if begun and (folder / RECIPE).read_bytes() != text:
            raise UsageError(f"{folder} was begun with another recipe than {recipe_path}")
        (folder / RECIPE).write_bytes(text)
    except OSError as error:
        raise StoreError(f"cannot write {folder}: {error.strerror or error}") from error


class _Run:
    def __init__(
        self,
        recipe: Recipe,
        folder: Path,
        log: Callable[[Event], None],
        *,
        resume: bool,
        processes: int,
    ) -> None:
        self._recipe = recipe
        self._folder = folder
        self._log = log
        self._resume = resume
        self._processes = processes
        self._began = time.monotonic()

    def carry_out(self) -> None:
        """Everything, in order."""
        recipe = self._recipe
        variants = recipe.variants or (PLAIN,)
        excluded = self._excluded()
        for variant in variants:
            sources = [variant.of(source) if recipe.variants else source for source in recipe.data]
            mixture = self._data(variant, sources, excluded)
            if variant is variants[0]:
                self._baselines(mixture)
            self._train(variant, sources, mixture)
        if recipe.reinforcing is not None:
            self._reinforce(recipe.reinforcing, excluded)
        self._export(REINFORCED if recipe.reinforcing is not None else variants[0])

    def _excluded(self) -> set[str]:
        from soundly.training.evaluation import excluded_forms  # noqa: PLC0415 - brings torch

        asked = set(excluded_forms(self._recipe.evaluation))
        return asked | set(self._recipe.excluded)

    def _data(
        self, variant: Variant, sources: Sequence[Source], excluded: set[str]
    ) -> list[tuple[float, list[Example]]]:
        """The examples of every source, drawn or read again; and what is worth knowing of them."""
        mixture: list[tuple[float, list[Example]]] = []
        for place, source in enumerate(sources, start=1):
            path = self._folder / f"data-{_file_name(variant.name)}-{place}.jsonl"
            if not path.exists():
                found = examples_of(source, excluded=excluded, processes=self._processes)
                aside = path.with_suffix(".writing")
                digest = write_examples((each for piece in found for each in piece), aside)
                aside.rename(path)
                seconds = time.monotonic() - self._began
                self._log(
                    Noted(
                        DATA,
                        f"{variant.name}, {source.family}: SHA-256 {digest[:16]}, "
                        f"drawn by {seconds:.0f} s",
                    )
                )
                self._log(trained(source.smallest, source.largest))
            examples = list(read_examples(path))
            if strange := {each.form for each in examples} & excluded:
                raise StoreError(f"{path} holds {len(strange)} problems that are to be asked")
            self._log(Noted(DATA, f"{variant.name}, {source.family}: {len(examples)} examples"))
            mixture.append((source.share, examples))
        return mixture

    def _baselines(self, mixture: list[tuple[float, list[Example]]]) -> None:
        from soundly.training.evaluation import evaluate_baselines  # noqa: PLC0415

        if self._logged("baseline"):
            return
        examples = [example for _, some in mixture for example in some]
        teacher = self._recipe.data[0].teacher
        baselines = (LegalSteps(), NearestCopy(examples), TeacherItself(teacher))
        few = replace(self._recipe.evaluation, rounds=1)
        evaluate_baselines(baselines, few, log=self._log, seed=self._recipe.seed)

    def _logged(self, stage: str) -> bool:
        from soundly.training.events import read_events  # noqa: PLC0415

        return any(isinstance(e, Measured) and e.stage == stage for e in read_events(self._folder))

    def _train(
        self,
        variant: Variant,
        sources: Sequence[Source],
        mixture: list[tuple[float, list[Example]]],
    ) -> None:
        from soundly.training.batches import Mixture  # noqa: PLC0415 - all of these bring torch
        from soundly.training.evaluation import evaluate  # noqa: PLC0415
        from soundly.training.model import Model, new_model, save_model  # noqa: PLC0415
        from soundly.training.supervised import supervise  # noqa: PLC0415
        from soundly.training.traces.kinds import tracing  # noqa: PLC0415
        from soundly.training.vocabulary import Vocabulary  # noqa: PLC0415

        recipe, done = self._recipe, self._folder / f"{MODEL}-{_file_name(variant.name)}"
        if whole(done):
            return
        notation = Subject.of(sources[0].family).notation
        vocabulary = Vocabulary.of(notation, more=tracing(sources[0].trace).words)
        model = new_model(recipe.model, vocabulary, seed=recipe.seed)
        series = variant.name if recipe.variants else None
        stage = f"sft {variant.name}" if recipe.variants else "sft"
        self._log(Noted(stage, f"{model.parameters} parameters, {len(vocabulary)} words"))

        def measure(now: Model, step: int) -> None:
            evaluate(
                now, recipe.evaluation, stage=stage, step=step, series=series,
                trace=sources[0].trace, log=self._log, seed=recipe.seed,
            )  # fmt: skip

        supervise(
            model,
            Mixture(mixture),
            recipe.supervised,
            room=notation.room,
            folder=self._folder / f"state-{_file_name(variant.name)}",
            log=self._log,
            evaluate=measure,
            seed=recipe.seed,
            resume=self._resume,
            stage=stage,
        )
        write_whole(done, lambda aside: save_model(model, aside))
        shutil.rmtree(self._folder / f"state-{_file_name(variant.name)}", ignore_errors=True)

    def _reinforce(self, wanted: Reinforcing, excluded: set[str]) -> None:
        from soundly.training.evaluation import evaluate  # noqa: PLC0415 - all of these bring torch
        from soundly.training.model import load_model, save_model  # noqa: PLC0415
        from soundly.training.reinforcement import STAGE  # noqa: PLC0415

        recipe, done = self._recipe, self._folder / f"{MODEL}-{REINFORCED.name}"
        if whole(done):
            return
        steps = self._folder / f"state-{REINFORCED.name}"
        model = reinforced_model(
            load_model(self._folder / f"{MODEL}-{PLAIN.name}"),
            wanted,
            excluded=excluded,
            folder=steps,
            log=self._log,
            seed=recipe.seed,
        )
        evaluate(
            model, recipe.evaluation, stage=STAGE, step=wanted.settings.steps,
            log=self._log, seed=recipe.seed,
        )  # fmt: skip
        # Its folder stays: the last checkpoint beside the best one shows what all the steps did.
        write_whole(done, lambda aside: save_model(model, aside))

    def _export(self, variant: Variant) -> None:
        from soundly.training.export import write_gguf  # noqa: PLC0415
        from soundly.training.model import load_model  # noqa: PLC0415

        model = load_model(self._folder / f"{MODEL}-{_file_name(variant.name)}")
        sources = tuple((each.family, each.smallest, each.largest) for each in self._recipe.data)
        about = str(TrainedOn(self._recipe.name, sources, self._recipe.seed))
        aside = self._folder / f"{GGUF}.writing"
        write_gguf(model, aside, name=self._recipe.name, about=about)
        aside.rename(self._folder / GGUF)
        seconds = time.monotonic() - self._began
        self._log(Noted("export", f"{GGUF} written after {seconds:.0f} s of this run"))


def _file_name(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)
