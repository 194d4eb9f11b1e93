"""A model by name is wrapped as it needs, and closed when the caller is done."""

from __future__ import annotations

from contextlib import aclosing
from pathlib import Path

import pytest

import soundly
from soundly.config import generators
from soundly.config.generators import open_model
from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import UnknownNameError
from soundly.core.spend import Quote

pytestmark = pytest.mark.anyio

REQUEST = Request((Message("user", "go"),), temperature=0.0)


class Closable:
    """A model that knows whether it was closed, and an identity beyond its name."""

    name = "closable"
    identity = "weights-1"

    def __init__(self) -> None:
        self.asked = 0
        self.closed = 0

    def quote(self, request: Request) -> Quote:
        return Quote(1, request.max_output_tokens)

    async def complete(self, request: Request) -> Completion:
        self.asked += 1
        return Completion(f"answer {self.asked}", self.name)

    async def aclose(self) -> None:
        self.closed += 1


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Closable:
    made = Closable()
    monkeypatch.setattr(generators, "make_generator", lambda _: made)
    return made


async def test_it_is_closed_once_at_the_end(model: Closable) -> None:
    """The block's end closes the model, also through its wrappers."""
    async with aclosing(open_model("closable", record=None)) as opened:
        assert (await opened.generator.complete(REQUEST)).text == "answer 1"
        assert model.closed == 0
    assert model.closed == 1


async def test_the_cache_knows_the_model_by_its_identity(model: Closable, tmp_path: Path) -> None:
    """Two models of one name and other weights do not share answers."""
    for identity, asked in (("weights-1", 1), ("weights-1", 1), ("weights-2", 2)):
        model.identity = identity
        async with aclosing(open_model("closable", cache=tmp_path / "cache")) as opened:
            await opened.generator.complete(REQUEST)
        assert model.asked == asked


async def test_a_recording_can_be_replayed(
    model: Closable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ``record`` wrote, ``recorded:`` reads."""
    file = tmp_path / "run.jsonl"
    async with aclosing(open_model("closable", record=file)) as opened:
        await opened.generator.complete(REQUEST)
    monkeypatch.undo()
    async with aclosing(open_model(f"recorded:{file}?mode=strict")) as opened:
        assert (await opened.generator.complete(REQUEST)).text == "answer 1"


async def test_an_unknown_model_names_the_nearest() -> None:
    """A slip in a model's name is met with the right one."""
    with pytest.raises(UnknownNameError, match="smollm2"):
        open_model("smolm2")


async def test_solve_closes_a_model_that_it_was_given_by_name(
    model: Closable, examples: Path
) -> None:
    """The public function leaves nothing open."""
    folder = examples / "blocksworld"
    problem = soundly.load(folder / "domain.pddl", folder / "four-blocks.pddl")
    await soundly.solve(problem, model="closable", strategy="single")
    assert (model.asked, model.closed) == (1, 1)
