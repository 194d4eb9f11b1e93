from __future__ import annotations

import json
import shutil
from dataclasses import replace
from functools import partial

import pytest

pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("peft", reason="the extra train is not installed")

import torch

from soundly.config.families import make_family
from soundly.config.strategies import make_solver
from soundly.core.completion import Message
from soundly.core.errors import CriticError, StoreError, UsageError
from soundly.core.family import PromptStyle
from soundly.generators.weights import smollm2_availability, smollm2_weights
from soundly.training.checkpoint_file import Checkpoint, open_checkpoint
from soundly.training.events import Noted, Stepped
from soundly.training.lessons import Lesson, lesson, solved_lessons
from soundly.training.lora import HELD_OUT, LoraSettings, fine_tune

SETTINGS = LoraSettings(steps=4, batch=4, learning_rate=1e-2, rank=4, alpha=8, round_steps=2)


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def tune(echo, chat_folder):
    """Fine-tunes the little chat model on echoes: the result and its events."""
    family = echo()
    problems = [family.draw(size=2, seed=seed) for seed in range(12)]
    lessons = [lesson(family, each, each.statement["names"]) for each in problems]

    def tune(folder, settings=SETTINGS, *, lessons=lessons, log=None, seed=1):
        events = []
        tuned = fine_tune(
            open_checkpoint(chat_folder),
            lessons[4:],
            lessons[:4],
            settings,
            folder=folder,
            log=log or events.append,
            seed=seed,
        )
        return tuned, events

    return tune


def losses(events, stage):
    return [(e.step, e.loss) for e in events if isinstance(e, Stepped) and e.stage == stage]


def same_weights(one: Checkpoint, other: Checkpoint) -> bool:
    ours, theirs = one.network.state_dict(), other.network.state_dict()
    return set(ours) == set(theirs) and all(torch.equal(ours[n], theirs[n]) for n in ours)


def test_held_out_loss_falls_and_the_merged_model_loads(tune, chat_folder, tmp_path):
    """What was learnt is in the weights of a folder like the one that came in."""
    tuned, events = tune(tmp_path, replace(SETTINGS, steps=60, round_steps=60))
    (first, before), (last, after) = losses(events, HELD_OUT)
    assert (first, last) == (0, 60)
    assert after < 0.9 * before
    assert same_weights(open_checkpoint(tmp_path / "merged"), tuned)
    start = open_checkpoint(chat_folder)
    assert {*tuned.network.state_dict()} == {*start.network.state_dict()}
    assert not same_weights(tuned, start)


def test_an_interrupted_run_takes_the_same_steps(tune, tmp_path):
    """Ended in the middle of a round and taken up again, it ends as if nothing was."""
    whole, events = tune(tmp_path / "whole")

    class Killed(BaseException):
        pass

    def killing(event):
        if isinstance(event, Stepped) and event.step == 3:
            raise Killed

    with pytest.raises(Killed):
        tune(tmp_path / "killed", log=killing)
    again, after = tune(tmp_path / "killed")
    assert Noted("lora", "taken up again after step 2") in after
    assert losses(after, "lora") == losses(events, "lora")[2:]
    assert same_weights(whole, again)
    with pytest.raises(UsageError, match="other settings: rank 4 there, 8 here; seed 1 there"):
        tune(tmp_path / "killed", replace(SETTINGS, rank=8), seed=2)


def test_a_full_disk_is_named(tune, tmp_path, monkeypatch):
    """A checkpoint that cannot be written is a StoreError with its folder."""

    def full(*args, **kwargs):
        raise RuntimeError("PytorchStreamWriter failed writing file")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(StoreError, match=rf"cannot write {tmp_path}/last: PytorchStream"):
        tune(tmp_path)
    assert not list(tmp_path.iterdir())


def test_only_the_answer_is_learnt(tune, tmp_path):
    """Lessons that are too long are left out and said; where none is left, that is an error."""
    with pytest.raises(UsageError, match=r"none of 8 lessons has 5 tokens or fewer; the shortest"):
        tune(tmp_path, replace(SETTINGS, max_tokens=5))
    long = Lesson((Message("user", "ant " * 40),), "ant")
    short = [Lesson((Message("user", "bee"),), "bee")] * 8
    _, events = tune(tmp_path, replace(SETTINGS, max_tokens=20), lessons=[*short, long])
    assert Noted("lora", "left out 1 lessons that are too long") in events


def test_only_right_answers_are_taught(echo):
    """An answer that the critic does not accept makes no lesson, whoever gave it."""
    family = echo()
    problem = family.draw(size=2, seed=1)
    with pytest.raises(UsageError, match="no right answer"):
        lesson(family, problem, "ant ant")
    broken = echo(CriticError("it did not start"))
    with pytest.raises(CriticError, match="could not be judged: it did not start"):
        lesson(broken, problem, problem.statement["names"])


@pytest.mark.parametrize(
    "change", [{"steps": 0}, {"batch": 0}, {"rank": 0}, {"learning_rate": 0.0}, {"max_tokens": 0}]
)
def test_settings_check_themselves(change):
    with pytest.raises(ValueError, match="wanted"):
        replace(SETTINGS, **change)


@pytest.mark.parametrize(
    "make", [partial(Lesson, (), "a"), partial(Lesson, (Message("user", "q"),), " ")]
)
def test_a_lesson_checks_itself(make):
    with pytest.raises(ValueError, match="a lesson's"):
        make()


def broken_folder(chat_folder, tmp_path, name, change):
    folder = tmp_path / "folder"
    shutil.copytree(chat_folder, folder)
    if change is None:
        (folder / name).unlink()
    else:
        change(folder / name)
    return folder


def rewritten(changes, path):
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("chat_template.jinja", None, "no chat template"),
        ("tokenizer.json", None, "its tokenizer cannot be read"),
        ("model.safetensors", None, "its weights cannot be read"),
        ("model.safetensors", lambda p: p.write_bytes(b"torn"), "its weights cannot be read"),
        ("config.json", partial(rewritten, {"model_type": "novel"}), "cannot be read"),
        ("config.json", partial(rewritten, {"vocab_size": 20}), "its weights cannot be read"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_one_line(chat_folder, tmp_path, name, change, said):
    """What is missing or belongs to another model is said, and no traceback is needed for it."""
    folder = broken_folder(chat_folder, tmp_path, name, change)
    with pytest.raises(UsageError, match=said) as caught:
        open_checkpoint(folder)
    assert "\n" not in str(caught.value)


def test_a_path_without_a_checkpoint_is_one_line(tmp_path):
    """Nothing is looked for elsewhere, least of all on the net."""
    with pytest.raises(UsageError, match="no checkpoint at"):
        open_checkpoint(tmp_path / "nothing")
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    with pytest.raises(UsageError, match="is no checkpoint"):
        open_checkpoint(text)
    torn = tmp_path / "torn.gguf"
    torn.write_bytes(b"GGUF torn")
    with pytest.raises(UsageError, match=r"torn\.gguf: its tokenizer cannot be read"):
        open_checkpoint(torn)


@pytest.mark.slow
@pytest.mark.skipif(smollm2_availability().reason != "", reason="the weights are not installed")
def test_a_few_steps_lower_the_loss_of_smollm2(tmp_path):
    """From its GGUF, on the family's prompts, and back again as a Hugging Face folder."""
    family, solver = make_family("blocksworld"), make_solver("kairos", "")
    problems = [family.draw(size=3, seed=seed) for seed in range(8)]
    style = PromptStyle("formal", examples=0)
    lessons = solved_lessons(family, problems, solver, style=style)
    events = []
    tuned = fine_tune(
        open_checkpoint(smollm2_weights()),
        lessons[2:],
        lessons[:2],
        LoraSettings(steps=6, batch=1, learning_rate=1e-3, round_steps=3),
        folder=tmp_path,
        log=events.append,
        seed=1,
    )
    held = [loss for _, loss in losses(events, HELD_OUT)]
    assert held[-1] < 0.8 * held[0], held
    assert (tmp_path / "merged" / "model.safetensors").is_file()
    prompt = tuned.prompt(lessons[0].messages)
    answer = tuned.network.generate(torch.tensor([prompt]), max_new_tokens=4, do_sample=False)
    assert answer.shape[1] > len(prompt)
