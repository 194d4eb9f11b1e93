"""The table of critique: equal budgets, resumable, and no broken session counts as wrong."""

import argparse
import importlib
import json
from pathlib import Path
from random import Random

import anyio
import pytest

from soundly.core.errors import GeneratorError, UsageError
from soundly.generators.scripted import ScriptedBy

pytest.importorskip("scipy", reason="intervals need scipy")

EXPERIMENTS = Path(__file__).parents[2] / "experiments"


@pytest.fixture(scope="module")
def experiment():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXPERIMENTS))
        yield importlib.import_module("critique_table")


class Judging(ScriptedBy):
    """A new wrong answer to each request, and always the same verdict when it is asked for one."""

    def __init__(self, verdict="RIGHT"):
        self.asked = 0
        self.verdict = verdict
        super().__init__(self._reply)

    def _reply(self, request):
        self.asked += 1
        judging = "PROPOSED ANSWER" in request.messages[-1].content
        if judging:
            return f"VERDICT: {self.verdict}"
        return f"[ANSWER]\n1 + {Random(request.seed).randrange(10**9)}"


@pytest.fixture
def measured(experiment, tmp_path, monkeypatch):
    """Runs the command with a model in the place of the named one; gives what ran."""

    def run(model, **options):
        opened = argparse.Namespace(generator=model, aclose=anyio.lowlevel.checkpoint)
        monkeypatch.setattr(experiment, "open_model", lambda name: opened)
        defaults = {"model": "m", "problems": ["game24@4"], "out": tmp_path, "count": 2}
        rest = {"calls": 4, "seed": 0, "row": None, "extra": [], "verifier": None}
        return anyio.run(experiment.run_all, argparse.Namespace(**{**defaults, **rest, **options}))

    return run


@pytest.mark.parametrize(("verdict", "calls"), [("RIGHT", 2), ("WRONG", 4)])
def test_no_row_spends_more_than_its_column_allows(experiment, measured, verdict, calls):
    """In calls and in tokens, the judge's included; a judge that never accepts uses all of it."""
    found = measured(Judging(verdict))
    assert {cell.row for cell, _ in found} == set(experiment.ROWS)
    for cell, ran in found:
        spent = ran.calls if cell.column == experiment.CALLS else ran.tokens
        assert spent <= cell.limit
    used = [(cell.row, cell.column, ran.calls) for cell, ran in found]
    assert used.count(("sampling", experiment.CALLS, 4)) == 2
    assert used.count(("self-critique", experiment.CALLS, calls)) == 2


def test_equal_tokens_let_plain_sampling_make_as_many_calls_as_equal_calls(experiment, measured):
    """Where each call uses what the first one did; a longer prompt has to make fewer."""
    found = measured(Judging("WRONG"))
    calls = {(cell.row, cell.column): ran.calls for cell, ran in found}
    assert calls["sampling", experiment.TOKENS] == calls["sampling", experiment.CALLS] == 4
    assert calls["sound critique", experiment.TOKENS] < 4


def test_the_same_command_again_asks_nothing(measured):
    """All sessions stand in the file."""
    model = Judging()
    first = measured(model)
    asked = model.asked
    assert measured(model) == first
    assert model.asked == asked


def test_a_line_that_a_kill_cut_off_is_run_again_and_no_other(measured, tmp_path):
    """The rest of the file stays as it is."""
    first = measured(Judging())
    path = tmp_path / "outcomes.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]) + lines[-1][:40])
    again = measured(Judging())
    assert [ran.status for _, ran in again] == [ran.status for _, ran in first]
    now = path.read_text().splitlines(keepends=True)
    assert now[:-1] == lines[:-1]
    assert json.loads(now[-1])["cell"] == json.loads(lines[-1])["cell"]


def test_a_session_that_broke_is_left_out_of_the_rates_and_run_anew(experiment, measured):
    """A model that is gone is no wrong answer."""
    gone = ScriptedBy(lambda request: GeneratorError("gone"))
    rows = ["single=single"]
    broken = measured(gone, row=rows)
    assert {ran.status for _, ran in broken} == {experiment.BROKEN}
    assert "| single | 2 broken | | | 2 broken | | |" in "\n".join(experiment.table(broken))
    whole = measured(Judging(), row=rows)
    assert {ran.status for _, ran in whole} == {"unsolved"}
    assert "0/2 = 0.0% (0.0% to 84.2%)" in "\n".join(experiment.table(whole))


def test_options_go_to_every_row_and_rows_can_be_named(measured):
    """Behind the row's own."""
    found = measured(Judging(), row=["a=single", "b=vote:n={n}"], extra=["temperature=0.3"])
    assert [cell.strategy for cell, _ in found[:4]] == [
        "single:temperature=0.3",
        "single:temperature=0.3",
        "vote:n=4,temperature=0.3",
        "vote:n=16,temperature=0.3",
    ]


@pytest.mark.parametrize("group", ["game24", "@4", "game24@four"])
def test_problems_that_are_misspelled_are_refused_in_one_line(measured, group):
    with pytest.raises(UsageError, match="wanted FAMILY@SIZE"):
        measured(Judging(), problems=[group])
