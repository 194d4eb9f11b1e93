"""Every kind of trace keeps the same laws, on every space."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soundly.core.errors import UnknownNameError
from soundly.core.notation import END, PLAN
from soundly.training.traces import KINDS, tracing
from soundly.training.traces.carried_out import carried_out
from soundly.training.vocabulary import Vocabulary

PLENTY = 5_000


@pytest.fixture(params=KINDS)
def kind(request):
    return tracing(request.param)


def test_what_is_written_is_a_run_that_ends_in_its_solution(kind, space):
    for seed in range(4):
        written = kind.write(space, seed=seed, most_words=PLENTY)
        judgement = kind.judge(space, written.trace, written.solution)
        assert judgement.critique is None
        assert judgement.ends_in_solution


def test_the_solution_leads_from_the_start_to_a_goal(kind, space):
    written = kind.write(space, seed=1, most_words=PLENTY)
    done = carried_out(space, written.solution)
    assert done.unread is None
    assert space.estimate(done.state) == 0


def test_a_seed_is_a_run(kind, space):
    first, again = (kind.write(space, seed=7, most_words=PLENTY) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("name", ["best-first", "depth-first"])
def test_seeds_break_ties_in_different_ways(name, graph):
    ring = graph({"a": ("b", "c", "d", "e"), "b": ("z",), "e": ("z",)}, z=0)
    runs = {tracing(name).write(ring, seed=seed, most_words=99) for seed in range(30)}
    assert len(runs) > 4
    assert all(tracing(name).judge(ring, run.trace, run.solution).ends_in_solution for run in runs)


def test_a_trace_has_at_most_as_many_words_as_it_may(kind, space):
    written = kind.write(space, seed=1, most_words=PLENTY)
    length = len(written.trace)
    assert kind.write(space, seed=1, most_words=length) == written
    if length:
        assert kind.write(space, seed=1, most_words=length - 1) is None


def test_a_space_without_a_goal_has_no_trace(kind, graph):
    assert kind.write(graph({"a": ("b", "c"), "c": ("a",)}), seed=1, most_words=PLENTY) is None


def test_a_vocabulary_with_the_kinds_own_words_says_all_of_it(kind, drawn):
    family, problem = drawn
    vocabulary = Vocabulary.of(family.notation, more=kind.words)
    written = kind.write(family.notation.space(problem), seed=1, most_words=PLENTY)
    text = (*family.notation.state(problem).words, *written.trace, PLAN, *written.solution, END)
    assert vocabulary.decode(vocabulary.encode(text)) == text


def test_the_kinds_own_words_are_no_words_of_the_notation(kind, drawn):
    """Traces are cut at them."""
    assert not {*kind.words} & {*drawn[0].notation.vocabulary, PLAN, END}


@pytest.mark.parametrize("name", [name for name in KINDS if name != "none"])
def test_a_run_beside_another_solution_does_not_end_in_it(name, space):
    kind = tracing(name)
    written = kind.write(space, seed=1, most_words=PLENTY)
    for solution in ((), written.solution[:-1], (*written.solution, *written.solution)):
        judgement = kind.judge(space, written.trace, solution)
        assert judgement.valid
        assert not judgement.ends_in_solution


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_words_are_judged(kind, drawn, data):
    """Words without sense, also behind the beginning of a run: a judgement, and never an error."""
    family, problem = drawn
    space = family.notation.space(problem)
    words = [*KINDS["best-first"].words[:4], *kind.words[-3:], *family.notation.vocabulary[:12]]
    noise = st.lists(st.sampled_from([*words, PLAN, "", "nonsense", "c-1"]), max_size=12)
    written = kind.write(space, seed=1, most_words=PLENTY)
    begun = data.draw(st.integers(0, len(written.trace)))
    trace = (*written.trace[:begun], *data.draw(noise))
    judgement = kind.judge(space, trace, tuple(data.draw(noise)))
    if judgement.critique is not None:
        assert 1 <= judgement.critique.step <= len(trace) + 1
        assert not judgement.ends_in_solution
    else:
        assert trace == written.trace


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(UnknownNameError, match="best-first"):
        tracing("best_first")
