"""Runs that are killed, shared and stopped: nothing that is done is run twice or lost."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import anyio
import pytest

from soundly.bench.runs.folder import RESULTS, STORE, read_run
from soundly.bench.runs.running import run_suite
from soundly.bench.runs.works import past_of
from soundly.bench.suites.cells import cells_of
from soundly.bench.suites.file import read_suite
from soundly.core.errors import UsageError
from soundly.core.spend import Budget
from soundly.store import Store

CHILD = Path(__file__).with_name("children.py")


def child(suite, folder, store, calls=None):
    command = [sys.executable, str(CHILD), str(suite), str(folder), str(store)]
    if calls is not None:
        command.append(str(calls))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run(suite, folder, **options):
    return anyio.run(partial(run_suite, read_suite(suite), folder, **options))


def await_results(folder, wanted, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        path = folder / RESULTS
        if path.exists() and len(path.read_text().splitlines()) >= wanted:
            return
        time.sleep(0.01)
    pytest.fail(f"{folder} has no {wanted} results after {seconds} s")


def test_after_kill_9_the_rest_is_run_and_nothing_that_was_done_again(
    tmp_path, write_suite, ends, script, address
):
    model = script("no answer")
    suite = write_suite("kairos", "single", models=(model,), seeds="0-59")
    folder, store = tmp_path / "run", address
    killed = child(suite, folder, store)
    await_results(folder, 10)
    killed.kill()
    killed.communicate()
    before = read_run(folder).results
    assert 10 <= len(before) < 120
    end = run(suite, folder, store=store, resume=True)
    assert (end.stopped, end.progress.done) == (None, 120)
    assert end.progress.earlier >= len(before)
    after = read_run(folder)
    assert after.finished
    assert set(before) <= set(after.results)
    assert set(ends(store).values()) == {1}
    assert sorted(ends(store)) == sorted(cell.id for cell in cells_of(read_suite(suite)))


def test_two_processes_on_one_store_share_the_cells(tmp_path, write_suite, ends, address):
    suite, store = write_suite("kairos", seeds="0-39"), address
    both = [child(suite, tmp_path / name, store) for name in ("first", "second")]
    assert [each.communicate(timeout=120)[0].split()[1] for each in both] == ["40", "40"]
    assert set(ends(store).values()) == {1}
    assert len(ends(store)) == 40
    first, second = (read_run(tmp_path / name).results for name in ("first", "second"))
    assert set(first) == set(second)


def test_a_result_line_that_was_half_written_is_written_again(tmp_path, write_suite):
    suite, folder = write_suite("kairos", seeds="0-4"), tmp_path / "run"
    run(suite, folder)
    path = folder / RESULTS
    path.write_text(path.read_text()[:-40])
    assert read_run(folder).torn
    assert len(read_run(folder).results) == 4
    end = run(suite, folder, resume=True)
    assert end.progress.earlier == 5
    assert len(read_run(folder).results) == 5


def test_results_come_back_from_the_store_alone(tmp_path, write_suite):
    suite, folder = write_suite("kairos", seeds="0-4"), tmp_path / "run"
    run(suite, folder)
    written = read_run(folder).results
    (folder / RESULTS).unlink()
    run(suite, folder, resume=True)
    assert set(read_run(folder).results) == set(written)


def test_a_budget_in_calls_stops_the_run_and_a_larger_one_goes_on(
    tmp_path, write_suite, script, ends
):
    model = script("no answer", "no answer")
    suite = write_suite("best-of:n=2", models=(model,), before="[budget]\ncalls = 2\n")
    folder = tmp_path / "run"
    end = run(suite, folder, budget=Budget(calls=7))
    assert end.stopped == "budget"
    assert end.progress.spent.calls == 6
    assert end.progress.done == 3
    end = run(suite, folder, budget=Budget(calls=100), resume=True)
    assert (end.stopped, end.progress.done, end.progress.spent.calls) == (None, 10, 20)
    assert set(ends(folder / STORE).values()) == {1}


def test_a_budget_that_nothing_bounds_for_one_session_is_refused(tmp_path, write_suite, script):
    suite = write_suite("tree-of-thoughts", models=(script("?"),))
    with pytest.raises(UsageError, match=r"give the suite a \[budget\] with tokens"):
        run(suite, tmp_path / "run", budget=Budget(tokens=100))


def test_the_time_of_a_run_ends_it_and_sessions_that_were_open_are_run_again(
    tmp_path, write_suite, ends
):
    suite, folder = write_suite("kairos", seeds="0-199"), tmp_path / "run"
    end = run(suite, folder, budget=Budget(seconds=1.5), concurrency=4)
    assert end.stopped == "seconds"
    assert end.progress.done < 200
    with Store.open(folder / STORE) as store:
        cut = [past for past in past_of(store, cells_of(read_suite(suite))) if past.sessions]
    assert any(past.done is None for past in cut)
    again = run(suite, folder, resume=True, budget=Budget(seconds=0.5))
    assert again.progress.earlier == end.progress.done
    assert set(ends(folder / STORE).values()) == {1}


def test_a_folder_goes_on_only_when_asked_and_only_with_the_same_suite(tmp_path, write_suite):
    folder = tmp_path / "run"
    run(write_suite("kairos", seeds="0-1"), folder)
    with pytest.raises(UsageError, match="holds a run already: go on with it by --resume"):
        run(write_suite("kairos", seeds="0-1"), folder)
    with pytest.raises(UsageError, match="holds a run with another suite"):
        run(write_suite("kairos", seeds="0-2"), folder, resume=True)


def test_a_suite_that_grew_runs_only_its_new_cells_on_the_same_store(tmp_path, write_suite):
    store = str(tmp_path / "store.sqlite3")
    run(write_suite("kairos", seeds="0-4"), tmp_path / "small", store=store)
    end = run(write_suite("kairos", seeds="0-6"), tmp_path / "large", store=store)
    assert (end.progress.earlier, end.progress.done) == (5, 7)


def test_a_folder_that_another_process_runs_is_refused(tmp_path, write_suite):
    suite, folder = write_suite("kairos", seeds="0-199"), tmp_path / "run"
    running = child(suite, folder, folder / STORE)
    await_results(folder, 1)
    with pytest.raises(UsageError, match="another process runs"):
        run(suite, folder, store=str(folder / STORE), resume=True)
    running.kill()
    running.communicate()
    end = run(suite, folder, store=str(folder / STORE), resume=True, budget=Budget(seconds=0.5))
    assert end.progress.earlier >= 1


def test_processes_that_share_a_store_share_the_budget(tmp_path, write_suite, script, address):
    model = script("no answer", "no answer")
    suite = write_suite(
        "best-of:n=2", models=(model,), seeds="0-59", before="[budget]\ncalls = 2\n"
    )
    both = [child(suite, tmp_path / name, address, 31) for name in ("first", "second")]
    for each in both:
        assert each.communicate(timeout=120)[0].split()[-1] == "budget"
    with Store.open(address) as store:
        assert sum(session.spent.calls for session in store.sessions(limit=None)) == 30


def test_what_a_killed_process_set_aside_is_free_again(tmp_path, write_suite, script, address):
    model = script("no answer", "no answer")
    suite = write_suite(
        "best-of:n=2", models=(model,), seeds="0-59", before="[budget]\ncalls = 2\n"
    )
    killed = child(suite, tmp_path / "run", address, 120)
    await_results(tmp_path / "run", 10)
    killed.kill()
    killed.communicate()
    end = run(suite, tmp_path / "run", store=address, resume=True, budget=Budget(calls=120))
    # what was open in memory when it was killed had cost nothing and was run again
    assert (end.stopped, end.progress.done) == (None, 60)
