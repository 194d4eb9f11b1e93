"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    """Both event loops."""
    return str(request.param)


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example problems that ship with the checkout."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def planbench() -> Path:
    """The real PlanBench data, or a skip that says where it is looked for."""
    named = os.environ.get("SOUNDLY_PLANBENCH")
    folder = Path(named) if named else ROOT.parent / "shared" / "data" / "planbench"
    if not folder.is_dir():
        pytest.skip(f"no PlanBench data at {folder}; set SOUNDLY_PLANBENCH to its folder")
    return folder
