"""What one page needs and the others do not."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

PAGE = "use-with-inspect.md"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The page on Inspect needs Inspect, which leaves streams of its own open (0.3.285)."""
    for item in items:
        if PAGE in item.name:
            item.add_marker(pytest.mark.filterwarnings("ignore:Unclosed <MemoryObject"))
            if find_spec("inspect_ai") is None:
                item.add_marker(pytest.mark.skip(reason="needs the extra `inspect`"))


@pytest.fixture(autouse=True)
def collected(request: pytest.FixtureRequest) -> Iterator[None]:
    """What Inspect leaves open is collected before any other test runs."""
    yield
    if PAGE in request.node.name:
        gc.collect()
