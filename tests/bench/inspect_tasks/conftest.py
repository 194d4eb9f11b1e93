"""Inspect evaluated in a temporary folder, without network or display."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog
from inspect_ai.model import Model, ModelOutput, ModelUsage, get_model

LEFT_OPEN = "ignore:Unclosed <MemoryObject:ResourceWarning"
"""Inspect 0.3.285 leaves the streams of its sample events open (hooks/_hooks.py)."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Only where evaluations run are Inspect's own unclosed streams no failure."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name == "test_eval.py":
            item.add_marker(pytest.mark.filterwarnings(LEFT_OPEN))


@pytest.fixture
def says() -> Callable[..., Model]:
    """A model that says what it is told to, in turn; the last of it again and again."""

    def model(*texts: str, **usage: int) -> Model:
        left = list(texts)

        def answer(*asked: Any) -> ModelOutput:
            text = left.pop(0) if len(left) > 1 else left[0]
            output = ModelOutput.from_content("mockllm/model", text)
            # Without a usage Inspect's mock counts tokens with a tokenizer from the network.
            output.usage = ModelUsage(
                **(usage or {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15})
            )
            return output

        return get_model("mockllm/model", custom_outputs=answer, memoize=False)

    return model


@pytest.fixture(scope="module")
def collected() -> Iterator[None]:
    """What evaluations leave is collected before any other test runs."""
    yield
    gc.collect()


@pytest.fixture(params=["asyncio"])
def evaluate(
    collected: None, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., EvalLog]:
    """One evaluation, and its log as Inspect wrote it."""
    monkeypatch.setenv("INSPECT_ASYNC_BACKEND", request.param)
    monkeypatch.chdir(tmp_path)

    def run(task: Task | str, model: Model, **options: Any) -> EvalLog:
        [log] = inspect_eval(
            task, model=model, log_dir=str(tmp_path / "logs"), display="none", **options
        )
        return log

    return run
