"""The recorder: records in order to every sink, and a sink that breaks ends the session aloud."""

import pytest

from soundly.core.errors import StoreError, StrategyError
from soundly.core.events import PartStarted, SessionEnded
from soundly.core.spend import Spend
from soundly.engine.recorder import Recorder
from soundly.testing import BrokenSink, MemorySink

END = SessionEnded("broken", "why", None, None, None, Spend())


def test_records_are_numbered_from_nought_and_timed_from_the_start():
    """Sequence and seconds say when a record was written, whatever the clock's own zero."""
    ticks = iter([100.0, 100.5, 101.0])
    recorder = Recorder("s", sinks=[], clock=lambda: next(ticks))
    recorder.add(PartStarted("a"))
    recorder.add(PartStarted("b"))
    assert [(r.sequence, r.seconds) for r in recorder.trace] == [(0, 0.5), (1, 1.0)]


@pytest.mark.parametrize("error", [StoreError("disk full"), OSError("disk full")])
def test_a_broken_sink_leaves_no_gap_in_the_others(error):
    """Whichever side of the broken one they stand on, the others get every record."""
    before, after = MemorySink(), MemorySink()
    broken = BrokenSink(takes=1, error=error)
    recorder = Recorder("s", sinks=[before, broken, after], clock=lambda: 0.0)
    recorder.add(PartStarted("a"))
    with pytest.raises(StoreError, match="disk full"):
        recorder.add(PartStarted("b"))
    recorder.add(PartStarted("c"))
    assert before.trace == after.trace == recorder.trace
    assert broken.refused == 1


def test_a_strangers_exception_in_a_sink_is_the_sinks():
    """The message names the sink, and the cause is kept."""
    error = OSError("disk full")
    recorder = Recorder("s", sinks=[BrokenSink(takes=0, error=error)], clock=lambda: 0.0)
    with pytest.raises(StoreError, match="BrokenSink broke: OSError: disk full") as caught:
        recorder.add(PartStarted("a"))
    assert caught.value.__cause__ is error


def test_closing_hides_no_failure_behind_a_broken_sink():
    """What sinks raise at the end is returned, since something else is being raised already."""
    recorder = Recorder("s", sinks=[BrokenSink(takes=0, error=OSError("gone"))], clock=lambda: 0.0)
    (failure,) = recorder.close(PartStarted("a"), END)
    assert "gone" in str(failure)
    assert len(recorder.trace) == 2


def test_a_session_ends_once():
    """After the end nothing is written, however the end itself went wrong."""
    recorder = Recorder("s", sinks=[], clock=lambda: 0.0)
    recorder.close(END)
    assert recorder.close(PartStarted("late"), END) == []
    assert [r.event for r in recorder.trace] == [END]


def test_nothing_follows_the_end():
    """Whoever still holds an ended session is told, and no sink sees a record behind the end."""
    sink = MemorySink()
    recorder = Recorder("s", sinks=[sink], clock=lambda: 0.0)
    recorder.add(END)
    with pytest.raises(StrategyError, match="has ended"):
        recorder.add(PartStarted("late"))
    assert [r.event for r in recorder.trace] == [r.event for r in sink.trace] == [END]
