from __future__ import annotations

from random import Random

import pytest

pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("trl", reason="the extra train is not installed")

import torch

from soundly.core.family import PromptStyle
from soundly.training.checkpoint_file import open_checkpoint
from soundly.training.events import Measured, Stepped
from soundly.training.grpo_chat import chat_student, reinforce_chat
from soundly.training.reinforce_settings import ReinforceSettings

SETTINGS = ReinforceSettings(
    sizes=(1,), steps=2, prompts=2, group=8, learning_rate=1e-3, max_new_tokens=3, round_steps=1
)


@pytest.fixture(autouse=True)
def one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def draw(family):
    return lambda size, rng: family.draw(size=size, seed=rng.getrandbits(20))


def test_a_chat_model_learns_from_its_familys_prompts(echo, chat_folder, tmp_path):
    """Prompts go through the chat template, answers through the family's own reader."""
    family, events = echo(), []
    best = reinforce_chat(
        open_checkpoint(chat_folder),
        SETTINGS,
        family=family,
        draw=draw(family),
        held=[(1, family.draw(size=1, seed=seed)) for seed in range(3)],
        folder=tmp_path,
        log=events.append,
        seed=1,
    )
    assert [e.step for e in events if isinstance(e, Stepped)] == [1, 2]
    assert all(e.of == 3 for e in events if isinstance(e, Measured) and e.series == "held-out")
    assert best.tokenizer.chat_template
    assert open_checkpoint(tmp_path / "last").network.config.vocab_size == 18


def test_a_prompt_is_the_familys_own(echo, chat_folder):
    """A row has the family's messages and all that names its problem."""
    family = echo()
    student = chat_student(open_checkpoint(chat_folder), family=family, draw=draw(family), held=[])
    row = student.row(2, Random(1))
    problem = family.draw(size=2, seed=Random(1).getrandbits(20))
    (message,) = family.render(problem, PromptStyle())
    assert row["prompt"] == [{"role": "user", "content": message.content}]
    assert (row["size"], row["family"]) == (2, "echo")
