"""What Inspect finds of ours."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

pytest.importorskip("inspect_ai", reason="needs the extra `inspect`")

from soundly.bench.inspect_tasks import plugin
from soundly.config import registry
from soundly.core.errors import UsageError


def test_the_entry_point_is_this_module() -> None:
    [entry] = entry_points(group="inspect_ai", name="soundly")
    assert entry.load() is plugin


def test_every_registered_family_is_a_task() -> None:
    assert tuple(plugin.TASKS) == registry.names("families")


def test_a_family_that_draws_nothing_says_so() -> None:
    with pytest.raises(UsageError, match="draws no instances"):
        plugin.TASKS["planning"]()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"language": "latin"}, "language is 'latin'"),
        ({"examples": -1}, "examples is -1"),
        ({"thoughts": "maybe"}, "thoughts 'maybe'"),
        ({"procedure": "magic"}, "procedure"),
    ],
)
def test_a_style_that_does_not_exist_is_refused(options: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        plugin.TASKS["game24"](instances=1, **options)


def test_soundly_does_not_import_inspect() -> None:
    code = "import soundly, soundly.cli.main, sys; sys.exit('inspect_ai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
