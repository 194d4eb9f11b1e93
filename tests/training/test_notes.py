"""What a note says in words is read again as it was meant."""

from hypothesis import given
from hypothesis import strategies as st

from soundly.training.events import Noted
from soundly.training.notes import planned, planned_seconds, trained, trained_sizes


@given(st.integers(0, 10**7))
def test_a_plan_in_seconds_is_read_again(seconds):
    assert planned_seconds(planned("sft", seconds)) == seconds


def test_a_plan_keeps_a_tenth_of_a_second():
    assert planned("sft", 2.5).text == "planned: 2.5 seconds"
    assert planned_seconds(planned("sft", 2.5)) == 2.5


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_the_sizes_trained_on_are_read_again(smallest, largest):
    assert trained_sizes(trained(smallest, largest)) == (smallest, largest)


def test_any_other_note_plans_nothing_and_names_no_sizes():
    for text in ("planned: soon", "planned: 3 seconds, more or less", "trained sizes 3 to", ""):
        assert planned_seconds(Noted("sft", text)) is None
        assert trained_sizes(Noted("data", text)) is None


def test_sizes_count_only_as_a_note_on_the_data():
    assert trained_sizes(Noted("sft", "trained sizes 3 to 8")) is None
