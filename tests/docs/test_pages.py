"""Every Python example on every page runs and prints what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_examples import CodeExample, EvalExample, find_examples

from soundly.generators import smollm2

ROOT = Path(__file__).parents[2]
PAGES = ["README.md", "docs", "CONTRIBUTING.md"]


@pytest.mark.parametrize("example", list(find_examples(*(ROOT / page for page in PAGES))), ids=str)
def test_page_examples_run(
    example: CodeExample, eval_example: EvalExample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An example that a reader copies works."""
    if example.prefix.strip() not in ("python", "py"):
        pytest.skip("not Python")
    if 'model="smollm2"' in example.source and not smollm2.availability().usable:
        pytest.skip(f"the embedded model is not usable: {smollm2.availability().reason}")
    monkeypatch.chdir(ROOT)
    eval_example.set_config(line_length=100, quotes="double")
    if "#>" in example.source:
        eval_example.run_print_check(example)
    else:
        eval_example.run(example)
