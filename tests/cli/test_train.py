"""`soundly train RECIPE` and `soundly train report RUN`."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from types import SimpleNamespace

import pytest

from soundly.cli.exits import Exit
from soundly.config.families import make_family
from soundly.core.errors import UsageError
from soundly.core.splits import draw_from
from soundly.training.events import FILE, EventLog, Measured, Noted, Stepped


def drawn_seed(split):
    """A seed of a Blocksworld instance of four blocks in this split, as its name says."""
    return draw_from(make_family("blocksworld"), split, size=4, seed=0).name.rpartition("-")[2]


@pytest.fixture
def runner(monkeypatch):
    """A runner in place of the real one; it logs what it is given, and ends as it is told."""
    given = SimpleNamespace(events=[], failure=None, calls=[])

    def run_recipe(recipe, *, folder, resume, on_event):
        given.calls.append((str(recipe), str(folder), resume))
        for event in given.events:
            folder.mkdir(parents=True, exist_ok=True)
            EventLog(folder).add(event)
            on_event(event)
        if given.failure is not None:
            raise given.failure

    module = SimpleNamespace(run_recipe=run_recipe)
    monkeypatch.setitem(sys.modules, "soundly.training.run", module)
    monkeypatch.delitem(sys.modules, "soundly.cli.training", raising=False)
    yield given
    sys.modules.pop("soundly.cli.training", None)


@pytest.mark.parametrize(
    ("words", "called"),
    [
        (["a/tiny.toml"], ("a/tiny.toml", "out/train/tiny", False)),
        (["run", "a/tiny.toml"], ("a/tiny.toml", "out/train/tiny", False)),
        (["a/tiny.toml", "--out", "r", "--resume"], ("a/tiny.toml", "r", True)),
        (["--resume", "--out", "r", "a/tiny.toml"], ("a/tiny.toml", "r", True)),
        (["run", "report"], ("report", "out/train/report", False)),
        (["./report"], ("report", "out/train/report", False)),
    ],
)
def test_the_word_run_may_be_left_out(run, runner, words, called):
    assert run("train", *words).code == Exit.OK
    assert runner.calls == [called]


def test_a_run_says_what_is_noted_measured_and_reached(run, runner):
    runner.events = [
        Noted("sft", "planned: 60 seconds"),
        Noted("data", "812 problems"),
        Stepped("sft", 1, 2.5, 8_000, 1.0, 1e-3),
        Stepped("sft", 9, 0.25, 16_000, 2.0, 1e-3),
        Measured("sft", 9, "valid", "greedy", 188, 200, size=5, broken=1),
        Stepped("grpo", 1, 0.01, 100, 1.0, 1e-5, reward=0.625),
    ]
    ran = run("train", "tiny.toml", "--out", "a-run")
    assert ran.code == Exit.OK
    for line in (
        "data  812 problems",
        "sft  59.0 s left · step 1 · loss 2.5 · 8,000 tokens/s",
        "sft  valid, greedy, size 5: 188 of 200 (94.0%); 1 more broke a critic",
        "sft  ended after 2.0 s: step 9 · loss 0.25 · 8,000 tokens/s",
        "grpo  step 1 · loss 0.01 · reward 0.625 · 100 tokens/s",
        "trained: a-run",
        "see how it went: soundly train report a-run",
    ):
        assert line in ran.out.splitlines()
    assert not ran.err


def test_an_interrupt_says_in_one_line_how_to_go_on(run, runner):
    runner.events = [Noted("data", "812 problems")]
    runner.failure = KeyboardInterrupt()
    ran = run("train", "my recipes/tiny.toml")
    assert ran.code == Exit.INTERRUPTED
    (line,) = ran.err.splitlines()
    said, command = line.split("; go on with: ")
    assert said == "soundly: interrupted"

    runner.failure = None
    assert run(*shlex.split(command)[1:]).code == Exit.OK
    assert runner.calls[-1] == ("my recipes/tiny.toml", "out/train/tiny", True)


def test_an_interrupt_before_anything_was_done_leaves_nothing_to_go_on_with(run, runner):
    runner.failure = KeyboardInterrupt()
    ran = run("train", "tiny.toml")
    assert ran.code == Exit.INTERRUPTED
    assert ran.err == "soundly: interrupted\n"


def test_what_the_runner_refuses_is_one_line(run, runner):
    runner.failure = UsageError("unknown key 'layres'")
    ran = run("train", "tiny.toml")
    assert ran.code == Exit.USAGE
    assert ran.err == "soundly: error: unknown key 'layres'\n"


def test_train_alone_says_what_it_takes(run):
    ran = run("train")
    assert ran.code == Exit.USAGE
    assert "RECIPE | COMMAND" in ran.out
    assert run("train", "--help").code == Exit.OK


def test_a_report_names_its_page(run, tmp_path):
    pytest.importorskip("altair", reason="needs the extra bench")
    EventLog(tmp_path).add(Measured("sft", 9, "valid", "greedy", 188, 200, size=5))
    ran = run("train", "report", tmp_path)
    assert ran.code == Exit.OK
    assert ran.out.splitlines()[0] == str(tmp_path / "report" / "index.html")
    assert "1 picture beside it" in ran.out
    assert (tmp_path / "report" / "report.md").exists()

    assert run("train", "report", tmp_path, "--out", tmp_path / "elsewhere").code == Exit.OK
    assert (tmp_path / "elsewhere" / "valid-by-size.png").exists()


def test_verified_answers_of_the_store_become_chats(run, tmp_path):
    """The solved session is written, the one without an answer is not, and reasons are counted."""
    pytest.importorskip("pysat", reason="needs the extra sat")
    ask = ("solve", "--family", "blocksworld", "--size", "4", "--strategy", "blocksworld-towers")
    seeds = [drawn_seed(split) for split in ("train", "held-out")]
    for seed in seeds:
        assert run(*ask, "--seed", seed).code == Exit.OK
    ran = run("train", "outcomes", "chats.jsonl")
    assert ran.code == Exit.OK
    assert ran.out.startswith("chats.jsonl: 1 example, SHA-256 ")
    assert "kept back, 1: its problem is held out by what it is" in ran.out
    (line,) = (tmp_path / "chats.jsonl").read_text().splitlines()
    chat = json.loads(line)
    assert [each["role"] for each in chat["messages"]][-1] == "assistant"
    assert chat["provenance"]["found_by"] == "blocksworld-towers"


def test_outcomes_need_a_store_that_is_there(run):
    ran = run("train", "outcomes", "chats.jsonl")
    assert ran.code != Exit.OK
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_events_is_a_usage_error(run, tmp_path, there):
    folder = tmp_path / "empty"
    if there:
        folder.mkdir()
    ran = run("train", "report", folder)
    assert ran.code == Exit.USAGE
    (line,) = ran.err.splitlines()
    assert line.startswith(f"soundly: error: cannot read {folder / FILE}: ")


def test_what_draws_is_not_imported_for_help():
    code = (
        "import sys; from soundly.cli.main import main; main(['train', '--help']); "
        "print(*{'altair', 'torch', 'scipy', 'rich.progress'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stderr.strip()
