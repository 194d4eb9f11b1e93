"""`soundly frontier`, and `soundly solve --route`: what a store has shown."""

from __future__ import annotations

import json

import pytest

from soundly.core.events import RouteChosen
from soundly.store import Store


def solve(run, *more, seeds=range(3)):
    for seed in seeds:
        run("solve", "--family", "blocksworld", "--size", 3, "--seed", seed, *more)


def test_the_line_is_shown_from_general_to_special(run, script):
    solve(run, "--strategy", "blocksworld-towers")
    solve(run, "--strategy", "single", "--model", script("no plan"))
    ran = run("frontier", "blocksworld")
    assert ran.code == 0
    assert ran.out.index("single") < ran.out.index("blocksworld-towers")
    assert "3/3" in ran.out
    assert "0/3" in ran.out
    assert "sound and complete" in ran.out


def test_on_a_short_line_names_and_numbers_stand_whole(run, monkeypatch):
    solve(run, "--strategy", "blocksworld-towers")
    monkeypatch.setenv("COLUMNS", "40")
    said = run("frontier", "blocksworld").out
    assert "● blocksworld-towers\n  covered: 3/3 · 95%: 29.2% to 100.0%" in said
    assert "…" not in said


def test_the_line_as_json_holds_the_numbers(run):
    solve(run, "--strategy", "blocksworld-towers")
    document = json.loads(run("frontier", "blocksworld", "--json", "--prefer", "seconds").out)
    (station,) = document["stations"]
    assert (station["kind"], station["covered"], station["sessions"]) == ("solver", 3, 3)
    assert (station["model"], station["on_front"], document["unit"]) == (None, True, "seconds")
    assert station["at_least"] == pytest.approx(0.025 ** (1 / 3))
    assert set(station["cost"]) == {"dollars", "tokens", "seconds"}


@pytest.mark.parametrize(("name", "begins"), [("line.svg", b"<svg"), ("line.PNG", b"\x89PNG")])
def test_the_curve_is_drawn(run, tmp_path, name, begins):
    solve(run, "--strategy", "blocksworld-towers")
    ran = run("frontier", "blocksworld", "--out", name)
    assert ran.code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["blocksworld", "--sizes", "5-3"], "sizes is '5-3', wanted one as in 5, or a span"),
        (["blocksworld", "--sizes", "big"], "sizes is 'big'"),
        (["blocksworld", "--out", "line.jpg"], "wanted a name that ends in .svg or .png"),
        (["blocksworld", "--sizes", "7"], "no session of family blocksworld of size 7"),
        (["coloring"], "no session of family coloring: soundly solve --family coloring"),
        (["blocksword"], "did you mean blocksworld"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_line(run, arguments, said):
    solve(run, "--strategy", "blocksworld-towers", seeds=[0])
    ran = run("frontier", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_a_route_is_taken_told_and_kept(run, tmp_path):
    solve(run, "--strategy", "blocksworld-towers", seeds=range(25))
    ran = run(
        *("solve", "--family", "blocksworld", "--size", 3, "--seed", 99),
        *("--route", "--coverage", 0.5),
    )
    assert ran.code == 0
    assert "blocksworld-towers covered 25 of 25 sessions of size 3" in ran.out.replace("\n ", "")
    with Store.open(tmp_path / "store.sqlite3") as store:
        (newest,) = store.sessions(limit=1)
        (route,) = [
            record.event
            for record in store.trace(newest.session_id)
            if isinstance(record.event, RouteChosen)
        ]
        assert (newest.strategy, newest.model, newest.size) == ("blocksworld-towers", None, 3)
        assert (route.fell_back, route.strategy) == (False, "blocksworld-towers")
        shown = run("trace", newest.session_id)
    assert "route: blocksworld-towers covered 25 of 25" in shown.out


def test_without_a_record_the_default_cascade_runs_and_says_so(run):
    ran = run("solve", "--family", "blocksworld", "--size", 3, "--route")
    assert ran.code == 0
    assert "promises no coverage" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--coverage", "0.9"], "--coverage is about a route: give --route too"),
        (["--prefer", "tokens"], "--prefer is about a route"),
        (["--route", "--strategy", "single"], "--route chooses the strategy, and single is given"),
        (["--route", "--coverage", "1.5"], "coverage is 1.5, wanted a number between 0 and 1"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run, options, said):
    ran = run("solve", "--family", "blocksworld", "--size", 3, *options)
    assert ran.code == 2
    assert said in ran.err
