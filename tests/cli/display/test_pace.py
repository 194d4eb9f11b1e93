"""How long a training run still takes, as far as it said what it plans."""

from soundly.cli.display.pace import Pace
from soundly.training.events import Noted, Stepped
from soundly.training.notes import planned


def step(stage, number, *, tokens=0, seconds=0.0):
    return Stepped(stage, number, 1.0, tokens, seconds, 1e-3)


def test_time_left_counts_this_stage_and_those_to_come():
    pace = Pace()
    assert all(pace.note(planned(stage, 100)) for stage in ("sft", "grpo"))
    assert pace.seconds_left is None
    pace.step(step("sft", 1, seconds=30))
    assert pace.seconds_left == 170
    pace.step(step("grpo", 1, seconds=10))
    assert pace.seconds_left == 90
    pace.step(step("grpo", 2, seconds=130))
    assert pace.seconds_left == 0


def test_a_stage_without_a_plan_has_no_time_left():
    pace = Pace()
    assert not pace.note(Noted("sft", "device: cpu"))
    pace.note(planned("grpo", 100))
    pace.step(step("sft", 1))
    assert pace.seconds_left is None


def test_the_speed_is_that_of_the_last_steps():
    pace = Pace()
    assert pace.tokens_per_second is None
    pace.step(step("sft", 1, tokens=100, seconds=10))
    assert pace.tokens_per_second == 10
    for number in range(2, 60):
        pace.step(step("sft", number, tokens=100 * number, seconds=9 + number))
    assert pace.tokens_per_second == 100


def test_the_speed_begins_anew_with_a_stage_and_where_a_run_went_back():
    pace = Pace()
    pace.step(step("sft", 1, tokens=1000, seconds=1))
    pace.step(step("grpo", 1, tokens=10, seconds=1))
    assert pace.tokens_per_second == 10
    pace.step(step("grpo", 2, tokens=50, seconds=2))
    pace.step(step("grpo", 1, tokens=10, seconds=0))
    assert pace.tokens_per_second is None
