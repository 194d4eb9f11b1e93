"""Small models and what they are trained on."""

import pytest

pytest.importorskip("torch", reason="torch is not installed: the extra train brings it")

import torch

from soundly.training.data import examples_of
from soundly.training.model import Model, new_model
from soundly.training.shape import Shape
from soundly.training.source import Source
from soundly.training.subject import Subject
from soundly.training.vocabulary import Vocabulary


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def blocks() -> Subject:
    return Subject.of("blocksworld")


@pytest.fixture(scope="session")
def examples():
    source = Source("blocksworld", 3, 4, 40, "blocksworld-towers:way=table")
    return [example for piece in examples_of(source) for example in piece]


@pytest.fixture
def model(blocks) -> Model:
    shape = Shape(layers=1, width=32, heads=2, inner=48, context=96)
    return new_model(shape, Vocabulary.of(blocks.notation), seed=1)
