"""The picture of cost and coverage."""

from __future__ import annotations

import pytest

from soundly.bench.frontier import frontier_picture
from soundly.routing.evidence import MeanCost
from soundly.routing.kinds import Kind
from soundly.routing.line import Line, Station
from soundly.statistics.intervals import Proportion


def station(strategy, covered, tokens, *, dollars=0.0, kind=Kind.MODEL, on_front=False):
    coverage = Proportion(covered, 20)
    return Station(
        kind,
        "m",
        strategy,
        "5",
        coverage,
        coverage.interval(),
        None if tokens is None else MeanCost(dollars, tokens, tokens / 100),
        0,
        ("sound",),
        on_front,
    )


def line_of(*stations, unit="tokens"):
    return Line("blocksworld", "5", unit, stations)


def layers(picture):
    """The layers, each with its values, which Vega-Lite keeps apart."""
    drawn = picture.chart.to_dict()
    return [each | {"values": drawn["datasets"][each["data"]["name"]]} for each in drawn["layer"]]


def values(layer):
    return layer["values"]


def test_what_costs_nothing_stands_left_of_all_that_costs():
    picture = frontier_picture(line_of(station("free", 20, 0.0), station("dear", 10, 350.0)))
    marks = next(each for each in layers(picture) if each["mark"]["type"] == "point")
    places = {each["name"]: each["at"] for each in values(marks)}
    assert places == {"m · free": 10.0, "m · dear": 350.0}
    scale = marks["encoding"]["x"]["scale"]
    assert (scale["type"], scale["domain"]) == ("log", [10.0, 1000.0])
    assert "? '0' :" in marks["encoding"]["x"]["axis"]["labelExpr"]


def test_the_front_is_a_line_of_steps_to_the_right_end():
    picture = frontier_picture(
        line_of(
            station("cheap", 10, 20.0, on_front=True),
            station("beaten", 5, 50.0),
            station("dear", 20, 100.0, on_front=True),
        )
    )
    curve = next(each for each in layers(picture) if each["mark"]["type"] == "line")
    assert [(each["at"], each["rate"]) for each in values(curve)] == [
        (20.0, 0.5),
        (100.0, 1.0),
        (100.0, 1.0),
    ]


def test_names_at_one_place_stand_together():
    picture = frontier_picture(line_of(station("a", 20, 0.0), station("b", 20, 0.0)))
    names = [each for each in layers(picture) if each["mark"].get("type") == "text"][-1]
    assert [each["name"] for each in values(names)] == ["m · a, m · b"]


@pytest.mark.parametrize("unit", ["dollars", "seconds"])
def test_each_unit_can_be_drawn(unit):
    found = line_of(station("a", 20, 3.0, dollars=0.002, on_front=True), unit=unit)
    assert frontier_picture(found).svg().startswith("<svg")


def test_nothing_that_has_a_cost_is_no_picture():
    assert frontier_picture(line_of(station("a", 0, None))) is None


def test_names_that_would_cover_each_other_stand_on_lines_of_their_own():
    line = line_of(
        station("a long strategy", 10, 100), station("another", 10, 104), station("last", 19, 100)
    )
    names = [each for each in layers(frontier_picture(line)) if each["mark"].get("type") == "text"]
    heights = {each["name"]: each["said_at"] for each in values(names[-1])}
    assert heights["m · a long strategy"] == 0.5
    assert heights["m · another"] < 0.5 - 10 / 320
    assert heights["m · last"] == 0.95
