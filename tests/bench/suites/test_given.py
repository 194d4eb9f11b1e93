"""Suites over PDDL files: nothing is drawn, and known is only what is stated or certified."""

from __future__ import annotations

import pickle
from functools import partial

import anyio
import pytest

from soundly.bench.report.comparison import compare
from soundly.bench.report.systems import by_system
from soundly.bench.runs.folder import read_run
from soundly.bench.runs.running import run_suite
from soundly.bench.suites.asked import problem_of
from soundly.bench.suites.cell import Cell
from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.file import read_suite
from soundly.bench.suites.given import Given
from soundly.config.families import draw, draw_unsolvable
from soundly.core.codec import from_json, to_json
from soundly.core.errors import UsageError
from soundly.core.events import SessionStarted
from soundly.store import Store

GRID = {
    "domain": '"logistics/domain.pddl"',
    "problems": '["logistics/*.pddl"]',
    "strategies": '["kairos", "h2"]',
}


@pytest.fixture
def folder(tmp_path):
    """Three problems of logistics, the last one without a solution, and their domain."""
    place = tmp_path / "logistics"
    place.mkdir()
    drawn = [draw("logistics", size=2, seed=seed) for seed in (0, 1)]
    drawn.append(draw_unsolvable("logistics", size=3, seed=1))
    (place / "domain.pddl").write_text(drawn[0].statement["domain"])
    for number, problem in enumerate(drawn):
        (place / f"p{number}.pddl").write_text(problem.statement["problem"])
    return tmp_path


@pytest.fixture
def suite(folder):
    """Writes a suite over the files and reads it; a value of None leaves a key out."""

    def read(**changes):
        lines = [f"{key} = {value}" for key, value in (GRID | changes).items() if value is not None]
        path = folder / "suite.toml"
        path.write_text("\n".join(["[[grid]]", *lines]))
        return read_suite(path)

    return read


def test_each_file_but_the_domains_is_a_problem_and_its_size_is_its_objects(suite, folder):
    cells = cells_of(suite(strategies='["kairos"]'))
    names = ["logistics/p0.pddl", "logistics/p1.pddl", "logistics/p2.pddl"]
    assert [cell.given.name for cell in cells] == names
    for cell in cells:
        problem = problem_of(cell)
        assert problem.statement["problem"] == (folder / cell.given.name).read_text()
        assert problem.family == cell.family == "planning"
        objects = problem.statement["problem"].partition("(:objects")[2].partition(")")[0]
        typed = objects.replace("\n", " ").split()
        assert cell.size == len([word for word in typed if word != "-"]) - typed.count("-")
        assert cell.solvable is None


def test_a_file_that_two_patterns_name_comes_once_and_whole_paths_are_patterns_too(suite, folder):
    patterns = f'["logistics/p1.pddl", "logistics/p*.pddl", "{folder}/logistics/p?.pddl"]'
    cells = cells_of(suite(problems=patterns, strategies='["kairos"]'))
    names = [f"logistics/p{number}.pddl" for number in (1, 0, 2)]
    assert [cell.given.name for cell in cells] == names


def test_the_domains_file_is_told_however_it_is_written(suite, folder):
    for domain in ("logistics/../logistics/domain.pddl", f"{folder}/logistics/domain.pddl"):
        cells = cells_of(suite(domain=f'"{domain}"', strategies='["kairos"]'))
        assert len(cells) == 3
    again = suite(problems='["logistics/p0.pddl", "logistics/../logistics/p0.pddl"]')
    assert len(cells_of(again)) == 2


def test_the_text_decides_which_problem_it_is(suite, folder):
    before = cells_of(suite(strategies='["kairos"]'))
    path = folder / "logistics" / "p0.pddl"
    path.write_text(path.read_text() + "\n; changed\n")
    after = cells_of(suite(strategies='["kairos"]'))
    assert before[0].id != after[0].id
    assert [cell.id for cell in before[1:]] == [cell.id for cell in after[1:]]


def test_texts_travel_to_other_processes_and_stand_in_no_results(suite):
    cell = cells_of(suite())[0]
    there = pickle.loads(pickle.dumps(cell))
    assert problem_of(there) == problem_of(cell)
    back = from_json(Cell, to_json(cell))
    assert back == cell
    assert back.id == cell.id
    assert back.given.problem == ""
    problem_of.cache_clear()
    with pytest.raises(UsageError, match=r"logistics/p0\.pddl is not here"):
        problem_of(back)


def test_a_run_over_files_says_what_it_proved_and_nothing_of_what_nobody_stated(suite, folder):
    (folder / "says.jsonl").write_text('"There is no plan."\n')
    asked = suite(models=f'["scripted:{folder}/says.jsonl"]', strategies='["single", "kairos"]')
    run = folder / "run"
    anyio.run(partial(run_suite, asked, run))
    results = read_run(run).results
    ends = {(each.cell.given.name[-7:], each.cell.strategy): each for each in results}
    assert ends["p0.pddl", "kairos"].right is True
    assert ends["p2.pddl", "kairos"].right is not False
    claims = [each for each in results if each.cell.strategy == "single"]
    assert [each.answer for each in claims] == ["claim"] * 3
    assert [each.right for each in claims] == [None] * 3
    with Store.open(run / "store.sqlite3", create=False) as store:
        begun = store.trace(results[0].session_id)[0].event
    assert isinstance(begun, SessionStarted)
    assert begun.problem.statement["domain"] == (folder / "logistics" / "domain.pddl").read_text()
    again = anyio.run(partial(run_suite, asked, run, resume=True))
    assert again.progress.earlier == 6


def test_samples_of_one_problem_are_about_one_instance(suite):
    cells = cells_of(suite(strategies='["kairos"]', seeds="[0, 1]"))
    assert len(cells) == len({cell.id for cell in cells}) == 6
    assert len({cell.instance for cell in cells}) == 3


def test_samples_of_one_problem_are_paired_by_their_seeds(suite, folder):
    asked = suite(strategies='["kairos", "h2"]', seeds="[0, 1]")
    anyio.run(partial(run_suite, asked, folder / "run"))
    first, second = by_system(read_run(folder / "run").results).items()
    assert compare(first, second).overall.counts.instances == 6


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"domain": None}, "grid 1: domain is missing"),
        ({"problems": None}, "grid 1: problems is missing"),
        ({"problems": "[]"}, "problems is empty, so the grid has no cell"),
        ({"problems": '["l*/q*.pddl"]'}, r"problems: 'l\*/q\*.pddl' names no file, looked for in"),
        ({"problems": '["a**"]'}, r"problems: 'a\*\*' names no file, looked for in"),
        ({"domain": '"domain.pddl"'}, "cannot read .*domain.pddl: No such file"),
        ({"domain": '"logistics/p0.pddl"'}, r"domain.pddl with domain .*p0.pddl: domain, line 1"),
        ({"problems": '["suite.toml"]'}, "suite.toml with domain .*: problem, line 1"),
        ({"sizes": "[3]"}, "sizes is for what is drawn, and files were named"),
        ({"share": '"unseen"'}, "share is for what is drawn, and files were named"),
        ({"obfuscations": '["mystery"]'}, "obfuscations is for what is drawn"),
        ({"solvability": '["solvable", "unsolvable"]'}, "solvability has two values, wanted the"),
    ],
)
def test_a_mistake_about_files_is_one_line(suite, changes, wanted):
    with pytest.raises(UsageError, match=wanted) as caught:
        suite(**changes)
    assert "\n" not in str(caught.value)


def test_what_is_drawn_has_a_label_and_what_is_given_its_own_size():
    given = Given("p", "0" * 64, 4)
    with pytest.raises(ValueError, match="what is drawn is one or the other"):
        Cell(family="blocksworld", size=3, seed=0, strategy="single", solvable=None)
    with pytest.raises(ValueError, match="problem p has size 4 and is drawn by nobody"):
        Cell(family="planning", size=3, seed=0, strategy="single", given=given)
