from __future__ import annotations

import errno
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("trl", reason="the extra train is not installed")

import torch

from soundly.core.candidate import Found
from soundly.core.errors import CriticError, StoreError, UsageError
from soundly.training.events import Measured, Noted, Stepped
from soundly.training.grpo import reinforce, word_student
from soundly.training.model import Model, load_model
from soundly.training.reinforce_settings import ReinforceSettings
from soundly.training.vocabulary import Vocabulary

SETTINGS = ReinforceSettings(
    sizes=(1, 2),
    steps=4,
    prompts=2,
    group=4,
    learning_rate=1e-3,
    max_new_tokens=4,
    round_steps=2,
    kl=0.01,
)


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def run(taught):
    """Takes a run's steps with the model that was taught a little: its result and its events."""

    def run(family, folder, settings=SETTINGS, *, model=None, log=None, seed=3, held=2):
        events, rng = [], Random(5)
        result = reinforce(
            model or load_model(taught),
            settings,
            family=family,
            draw=family.example,
            held=[family.example(size, rng) for size in settings.sizes for _ in range(held)],
            folder=folder,
            log=log or events.append,
            seed=seed,
        )
        return result, events

    return run


@pytest.fixture(scope="module")
def finished(echo, run, tmp_path_factory):
    """A run that nothing interrupted: its folder, its model and its events. Only to be read."""
    folder = tmp_path_factory.mktemp("finished") / "run"
    return folder, *run(echo(), folder)


def steps_in(events):
    """What each step did, whenever it did it."""
    return [(e.step, e.loss, e.tokens, e.reward) for e in events if isinstance(e, Stepped)]


def same_weights(one, other):
    ours, theirs = one.network.state_dict(), other.network.state_dict()
    return all(torch.equal(ours[name], theirs[name]) for name in ours)


class Killed(BaseException):
    """What no part of the run expects, as little as it expects to be killed."""


def kill_at(monkeypatch, name: str, count: int):
    """The count-th time that a folder of this name is about to stand in its place, it ends."""
    rename, seen = Path.rename, []

    def killing(self, target):
        if Path(target).name == name:
            seen.append(target)
            if len(seen) == count:
                raise Killed
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", killing)


def test_an_interrupted_run_takes_the_same_steps(echo, run, finished, tmp_path, monkeypatch):
    """Killed while it writes a checkpoint and taken up again, a run ends as if nothing was."""
    folder, whole, events = finished
    assert [each[0] for each in steps_in(events)] == [1, 2, 3, 4]
    assert not same_weights(load_model(folder / "last"), load_model(folder / "start"))

    before = []
    with monkeypatch.context() as patched:
        kill_at(patched, "last", 3)
        with pytest.raises(Killed):
            run(echo(), tmp_path / "killed", log=before.append)
    assert steps_in(before) == steps_in(events)
    again, after = run(echo(), tmp_path / "killed")
    assert Noted("grpo", "taken up again after step 2") in after
    assert steps_in(after) == steps_in(events)[2:]
    assert same_weights(whole, again)
    last = load_model(tmp_path / "killed" / "last")
    assert same_weights(last, load_model(folder / "last"))


def test_a_finished_run_goes_further_when_asked(echo, run, finished, tmp_path):
    """Called again it takes no step; with more steps it takes the ones that are missing."""
    *_, events = finished
    run(echo(), tmp_path, replace(SETTINGS, steps=2))
    _, none = run(echo(), tmp_path, replace(SETTINGS, steps=2))
    _, more = run(echo(), tmp_path, replace(SETTINGS, steps=4))
    assert steps_in(none) == []
    assert steps_in(more) == steps_in(events)[2:]


def test_a_full_disk_is_named_and_costs_one_round(echo, run, finished, tmp_path, monkeypatch):
    """A checkpoint that cannot be written is a StoreError; the one before it still loads."""
    folder = tmp_path / "run"
    shutil.copytree(finished[0], folder)

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(StoreError, match=rf"{folder}/last.*No space left"):
        run(echo(), folder, replace(SETTINGS, steps=5))
    assert same_weights(load_model(folder / "last"), load_model(finished[0] / "last"))
    assert not [each for each in folder.iterdir() if each.name not in {"last", "best", "start"}]


def test_a_critic_that_breaks_on_everything_ends_the_run(echo, run, tmp_path):
    """Nothing is learnt from a broken judge, hour after hour: the run ends, and says why."""
    broken = echo(CriticError("the validator did not start"))
    lenient = partial(Found, ("ant",), "ant")
    object.__setattr__(broken, "read", lambda problem, text: lenient(text))
    events = []
    with pytest.raises(CriticError, match="up to step 2; the last time: the validator did not"):
        run(broken, tmp_path, log=events.append)
    assert load_model(tmp_path / "last").context == 24
    assert all(reward in {None, 0.0} for *_, reward in steps_in(events))


def test_the_best_model_is_kept(echo, run, taught, tmp_path, monkeypatch):
    """What comes back is the model with the highest held-out reward, the first of equals."""
    from soundly.training import reinforcement
    from soundly.training.judging import Counts
    from soundly.training.student import Measurement

    rewards = iter([1, 4, 2])
    monkeypatch.setattr(
        reinforcement,
        "measured",
        lambda student, max_new_tokens: Measurement({1: Counts(next(rewards), 5)}, 9),
    )
    model = load_model(taught)
    best, _ = run(echo(), tmp_path, model=model)
    assert same_weights(best, load_model(tmp_path / "best"))
    assert not same_weights(best, load_model(tmp_path / "start"))
    assert not same_weights(best, model)


def test_the_events_say_what_could_not_be_read(finished):
    """Held-out answers are counted by size, before the first step and after every round."""
    *_, events = finished
    valid = [e for e in events if isinstance(e, Measured) and e.what == "valid"]
    assert [(e.step, e.size, e.of) for e in valid] == [
        (step, size, 2) for step in (0, 2, 4) for size in (1, 2)
    ]
    sampled = [e for e in events if isinstance(e, Measured) and e.series == "sampled"]
    assert [(e.step, e.what, e.of) for e in sampled] == [(2, "readable", 16), (4, "readable", 16)]


def test_time_that_is_over_ends_the_run_after_a_round(echo, run, tmp_path):
    """The time given is looked at between rounds, and counts over interruptions."""
    _, events = run(echo(), tmp_path, replace(SETTINGS, max_seconds=1e-6))
    assert [each[0] for each in steps_in(events)] == [1, 2]
    assert Noted("grpo", "stopped at step 2: its time is over") in events


@pytest.mark.parametrize("change", [{"learning_rate": 1e-4}, {"sizes": (1,)}, {"group": 8}])
def test_a_run_is_not_taken_up_with_other_settings(echo, run, finished, change):
    """It would be a run that nobody can repeat."""
    folder, *_ = finished
    with pytest.raises(UsageError, match=f"begun with other settings: {next(iter(change))}"):
        run(echo(), folder, replace(SETTINGS, **change))
    with pytest.raises(UsageError, match="seed 3 there, 4 here"):
        run(echo(), folder, seed=4)


def test_names_are_numbered_anew_for_each_prompt(echo, taught):
    """No number comes to mean more than another."""
    family = echo()
    student = word_student(
        load_model(taught), SETTINGS, family=family, draw=family.example, held=[]
    )
    rng = Random(0)
    prompts = {student.row(2, rng)["prompt"] for _ in range(40)}
    assert len(prompts) > 15
    assert all(prompt.startswith("<begin> say #") for prompt in prompts)


def test_what_does_not_fit_is_said_before_training(echo, run, taught, tmp_path):
    """A model of another notation, and problems that leave no room for an answer."""
    family = echo()
    model = load_model(taught)
    stranger = Model(model.network, Vocabulary("other", model.vocabulary.words))
    with pytest.raises(UsageError, match="the model reads other"):
        run(family, tmp_path, model=stranger)
    with pytest.raises(UsageError, match="context of 24"):
        run(family, tmp_path, replace(SETTINGS, max_new_tokens=22))


@pytest.mark.slow
def test_the_reward_rises(echo, run, tmp_path):
    """Rewarded for what is right, a model does it more often, also where it never learnt."""
    settings = ReinforceSettings(
        sizes=(1,),
        steps=240,
        prompts=8,
        group=8,
        learning_rate=2e-3,
        max_new_tokens=4,
        round_steps=20,
    )
    _, events = run(echo(), tmp_path, settings, held=30)
    rewards = [e.reward for e in events if isinstance(e, Stepped)]
    assert sum(rewards[-20:]) > 2 * sum(rewards[:20])
    right = [e.right for e in events if isinstance(e, Measured) and e.what == "valid"]
    assert max(right) > right[0] + 8


@pytest.mark.slow
def test_a_killed_process_leaves_whole_checkpoints(echo, run, finished, taught, tmp_path):
    """kill -9 in the middle of a round: the run goes on from the checkpoint before it."""
    _, whole, events = finished
    child = Path(__file__).with_name("killed_child.py")
    ended = subprocess.run([sys.executable, child, taught, tmp_path / "run"], check=False)
    assert ended.returncode == -signal.SIGKILL
    again, after = run(echo(), tmp_path / "run")
    assert steps_in(after) == steps_in(events)[2:]
    assert same_weights(whole, again)
