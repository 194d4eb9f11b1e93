"""Supervised training: what is learnt from, what is kept, and what a kill costs."""

import json
import signal
from dataclasses import replace
from itertools import islice

import pytest
import torch

from soundly.core.errors import StoreError, UsageError
from soundly.training import supervised
from soundly.training.batches import UNASKED, Mixture
from soundly.training.events import Noted, Stepped
from soundly.training.model import load_model, new_model, save_model
from soundly.training.shape import Shape
from soundly.training.supervised import supervise
from soundly.training.supervised_settings import SupervisedSettings
from soundly.training.vocabulary import Vocabulary

SETTINGS = SupervisedSettings(
    tokens=12_000,
    batch_tokens=300,
    evaluate_every_tokens=6_000,
    compiled=False,
    precision="float32",
)


def train(model, examples, folder, *, settings=SETTINGS, resume=False, log=None, evaluate=None):
    events = [] if log is None else log
    supervise(
        model,
        Mixture([(1.0, examples)]),
        settings,
        room=26,
        folder=folder,
        log=events.append,
        evaluate=evaluate or (lambda model, step: None),
        seed=5,
        resume=resume,
    )
    return events


def weights(model):
    return torch.cat([each.detach().flatten() for each in model.network.parameters()])


def small(blocks):
    shape = Shape(layers=1, width=32, heads=2, inner=48, context=96)
    return new_model(shape, Vocabulary.of(blocks.notation), seed=1)


def test_the_loss_falls(model, examples, tmp_path):
    """A third of what is not known is learnt within seconds."""
    settings = replace(SETTINGS, tokens=60_000)
    events = train(model, examples, tmp_path / "state", settings=settings)
    losses = [event.loss for event in events if isinstance(event, Stepped)]
    assert losses[-1] < 0.67 * losses[0]


def test_a_run_that_is_taken_up_again_ends_as_if_nothing_had_happened(blocks, examples, tmp_path):
    """Bit for bit the same weights, whether or not it was killed in between."""
    whole = small(blocks)
    train(whole, examples, tmp_path / "whole")
    killed, seen = small(blocks), []

    def kill(event):
        seen.append(event)
        if len([e for e in seen if isinstance(e, Stepped)]) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        supervise(
            killed, Mixture([(1.0, examples)]), SETTINGS, room=26, folder=tmp_path / "state",
            log=kill, evaluate=lambda model, step: None, seed=5,
        )  # fmt: skip
    again = small(blocks)
    events = train(again, examples, tmp_path / "state", resume=True)
    assert any(isinstance(e, Noted) and "taken up" in e.text for e in events)
    assert torch.equal(weights(again), weights(whole))


def test_ctrl_c_keeps_the_state_first(model, examples, tmp_path):
    """The step under way is finished and kept, then the run ends."""
    events = []

    def log(event):
        events.append(event)
        if len(events) == 1:
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            supervise(
                model, Mixture([(1.0, examples)]), SETTINGS, room=26, folder=tmp_path / "state",
                log=log, evaluate=lambda model, step: None, seed=5,
            )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)
    state = json.loads((tmp_path / "state" / "state.json").read_text())
    assert state["step"] == events[0].step
    assert torch.equal(weights(load_model(tmp_path / "state")), weights(model))


def test_a_checkpoint_of_another_vocabulary_is_refused(model, blocks, examples, tmp_path):
    """And so is one whose file was cut off."""
    other = new_model(
        Shape(layers=1, width=32, heads=2, inner=48, context=96),
        Vocabulary.of(blocks.notation, more=("thought",)),
        seed=1,
    )
    train(other, examples, tmp_path / "state", settings=SupervisedSettings(
        tokens=300, batch_tokens=300, compiled=False, precision="float32"))  # fmt: skip
    with pytest.raises(UsageError, match="another vocabulary"):
        train(model, examples, tmp_path / "state", resume=True)
    save_model(model, tmp_path / "state")
    (tmp_path / "state" / "state.json").write_text("{")
    with pytest.raises(UsageError, match="no checkpoint of this recipe"):
        train(model, examples, tmp_path / "state", resume=True)


def test_a_full_disk_ends_the_run_and_keeps_the_last_state(model, examples, tmp_path, monkeypatch):
    """The error names the folder; the state before can be taken up."""
    kept = []
    write = supervised.write_whole

    def full(folder, filled):
        if len(kept) == 2:
            raise StoreError(f"cannot write {folder}: No space left on device")
        write(folder, filled)
        kept.append(weights(model).clone())

    monkeypatch.setattr(supervised, "write_whole", full)
    with pytest.raises(StoreError, match="No space left"):
        train(model, examples, tmp_path / "state")
    assert torch.equal(weights(load_model(tmp_path / "state")), kept[1])


def test_evaluation_comes_every_so_often_and_at_the_end(model, examples, tmp_path):
    """By tokens, so that it does not depend on the machine."""
    steps = []
    train(model, examples, tmp_path / "state", evaluate=lambda model, step: steps.append(step))
    assert len(steps) == 2


def test_nothing_is_learnt_of_problems_or_padding(blocks, examples):
    """Targets are the words of answers and the end, and every row has them all."""
    vocabulary = Vocabulary.of(blocks.notation)
    pools = Mixture([(1.0, examples)]).pools(
        vocabulary, room=26, batch_tokens=400, context=96, seed=2
    )
    for batch in next(pools):
        assert batch.tokens.numel() <= 400 or batch.tokens.shape[0] == 1
        for tokens, targets in zip(batch.tokens.tolist(), batch.targets.tolist(), strict=True):
            row = vocabulary.decode([token for token in tokens if token])
            answer = row[row.index("plan") :]
            asked = vocabulary.decode([target for target in targets if target != UNASKED])
            assert asked == answer
            assert row[-1] == "end"


def test_the_order_of_batches_is_the_seeds_alone(blocks, examples):
    """And a pool can be had without those before it."""
    vocabulary = Vocabulary.of(blocks.notation)
    mixture = Mixture([(1.0, examples), (3.0, examples[:9])])
    options = {"room": 26, "batch_tokens": 400, "context": 96, "seed": 2}
    first = list(islice(mixture.pools(vocabulary, **options), 3))
    again = next(mixture.pools(vocabulary, **options, first=2))
    assert all(torch.equal(a.tokens, b.tokens) for a, b in zip(first[2], again, strict=True))
    other = next(mixture.pools(vocabulary, **(options | {"seed": 3})))
    assert not torch.equal(other[0].tokens, first[0][0].tokens)


def test_what_does_not_fit_is_said(blocks, examples):
    """A context too short names the example."""
    pools = Mixture([(1.0, examples)]).pools(
        Vocabulary.of(blocks.notation), room=26, batch_tokens=400, context=12, seed=2
    )
    with pytest.raises(UsageError, match=r"tokens came, and the model's context is 12"):
        next(pools)
    with pytest.raises(UsageError, match="source 2 has no examples"):
        Mixture([(1.0, examples), (1.0, [])])


@pytest.mark.parametrize(
    "wrong",
    [{"tokens": 0}, {"learning_rate": 0.0}, {"clip": 0.0}, {"weight_decay": -1.0},
     {"warmup": 0.6, "cooldown": 0.6}, {"precision": "bf8"}, {"embedding_rate": float("nan")}],
)  # fmt: skip
def test_settings_check_themselves(wrong):
    """Each of these would train nothing, or for ever."""
    with pytest.raises(ValueError, match=r".+"):
        SupervisedSettings(**wrong)


def test_rates_rise_hold_and_fall_to_nothing():
    """From nothing to the whole, and back."""
    settings = SupervisedSettings(tokens=100, warmup=0.1, cooldown=0.5)
    assert [settings.schedule(t) for t in (0, 5, 10, 50, 75, 100, 120)] == pytest.approx(
        [0, 0.5, 1, 1, 0.5, 0, 0]
    )
