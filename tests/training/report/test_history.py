"""What the events of a run add up to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soundly.training.events import Measured, Noted, Stepped
from soundly.training.notes import trained
from soundly.training.report.history import Stage, history


def stepped(step, *, stage="sft", loss=1.0):
    return Stepped(stage, step, loss, step * 10, float(step), 1e-3)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60))
def test_steps_taken_again_replace_the_ones_that_were_lost(numbers):
    events = [stepped(step, loss=float(order)) for order, step in enumerate(numbers)]
    (stage,) = history(events).stages
    kept = [each.step for each in stage.steps]
    assert kept == sorted(set(kept))
    for each in stage.steps:
        after = numbers[int(each.loss) + 1 :]
        assert all(later > each.step for later in after)


def test_a_stage_with_steps_in_disorder_is_none():
    with pytest.raises(ValueError, match="later than the last"):
        Stage("sft", (stepped(2), stepped(1)))
    with pytest.raises(ValueError, match="one step or more"):
        Stage("sft", ())


def test_a_series_counts_as_it_was_measured_last_and_all_of_it_at_one_step():
    early = [Measured("sft", 10, "valid", "a", 1, 9, size) for size in (3, 4, 5)]
    late = [Measured("sft", 20, "valid", "a", 2, 9, size) for size in (4, 3)]
    (figure,) = history([*early, *late]).figures
    assert [(each.step, each.size) for each in figure.last] == [(20, 3), (20, 4)]
    assert [(each.step, each.size) for each in figure.earlier] == [(10, 3), (10, 4), (10, 5)]


def test_what_is_measured_again_at_the_same_step_replaces_the_first():
    twice = [Measured("sft", 10, "valid", "a", right, 9) for right in (1, 8)]
    (figure,) = history(twice).figures
    assert [each.right for each in figure.last] == [8]
    assert not figure.earlier


def test_series_of_the_same_name_are_told_apart_by_their_stage():
    one, two, other = (
        Measured("sft", 1, "valid", "a", 1, 2),
        Measured("grpo", 1, "valid", "a", 1, 2),
        Measured("grpo", 1, "valid", "b", 1, 2),
    )
    (figure,) = history([one, two, other]).figures
    assert [figure.label(each) for each in figure.last] == ["a (sft)", "a (grpo)", "b"]


def test_the_sizes_trained_on_reach_from_the_least_to_the_greatest_said():
    assert history([trained(4, 6), Noted("data", "words"), trained(3, 5)]).trained == (3, 6)
    assert history([Noted("data", "words")]).trained is None
