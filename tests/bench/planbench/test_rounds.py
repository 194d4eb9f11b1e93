"""The rounds curve: answers of a conversation, judged again in their order."""

from __future__ import annotations

import pytest

from soundly.bench.planbench.rounds import Conversation, RoundsCurve, rounds_curves
from soundly.core.errors import UsageError

pytest.importorskip("yaml", reason="PlanBench's settings are YAML; PyYAML is not installed")
pytest.importorskip("scipy", reason="intervals need scipy")

RIGHT = "press the red lamp\npass on from the red lamp to the blue lamp\n[PLAN END]"
TASK = "task_1_plan_generation_backprompting"


@pytest.fixture
def talk(wrong):
    """A conversation whose answers are right or wrong as the letters say."""

    def make(letters, *, correct=True):
        messages = []
        for letter in letters:
            messages.append({"role": "user", "content": "Light both lamps."})
            content = RIGHT if letter == "r" else wrong
            messages.append({"role": "assistant", "content": content})
        return {"instance_id": 1, "messages": messages, "correct": correct}

    return make


def curve(bench, *talks):
    bench.result(*talks, task=TASK)
    (found,) = rounds_curves(bench.folder, [])
    return found


def test_what_is_solved_stays_solved_and_counts_of_all_conversations(bench, talk):
    talks = [talk("r"), talk("wr"), talk("ww", correct=False), talk("wwww", correct=False)]
    found = curve(bench, *talks)
    assert [found.solved_by(number).count for number in range(1, 5)] == [1, 2, 2, 2]
    assert found.solved_by(4).of == 4
    assert [found.open_at(number) for number in range(1, 5)] == [4, 3, 1, 1]


def test_the_first_answer_that_we_accept_solves_it_whatever_was_said_afterwards(bench, talk):
    found = curve(bench, talk("wrw", correct=False))
    assert found.conversations == (Conversation(3, 2, False),)


def test_a_conversation_that_stopped_as_solved_without_an_accepted_answer_is_told(bench, talk):
    document = curve(bench, talk("ww", correct=True), talk("r")).document()
    assert (document["stopped_unsolved"], document["labelled_solved"]) == (1, 2)
    assert document["rounds"][1]["solved"] == 1


def test_the_curve_for_programs_counts_who_was_asked_and_bounds_what_was_solved(bench, talk):
    document = curve(bench, talk("r"), talk("wr"), talk("ww", correct=False)).document()
    counts = [(each["asked"], each["solved"], each["of"]) for each in document["rounds"]]
    assert counts == [(3, 1, 3), (2, 2, 3)]
    assert (document["labelled_solved"], document["stopped_unsolved"]) == (2, 0)
    for each in document["rounds"]:
        assert each["at_least"] < each["solved"] / each["of"] < each["at_most"]


def test_a_conversation_without_a_label_was_not_stopped_as_solved():
    assert not Conversation(2, None, None).stopped_unsolved
    assert not Conversation(2, None, False).stopped_unsolved
    assert Conversation(2, None, True).stopped_unsolved
    assert not Conversation(2, 1, True).stopped_unsolved


def test_a_conversation_without_its_instance_is_named_and_the_others_count(bench, talk):
    bench.result(talk("r"), talk("r") | {"instance_id": 77}, task=TASK)
    oddities = []
    (found,) = rounds_curves(bench.folder, oddities)
    assert len(found.conversations) == 1
    assert [(each.entry, each.field, each.skipped) for each in oddities] == [(1, "instance_id", 1)]


def test_a_folder_without_conversations_is_refused(bench, entry):
    bench.result(entry())
    with pytest.raises(UsageError, match="holds no conversation"):
        rounds_curves(bench.folder, [])


@pytest.mark.parametrize(("answers", "solved_at"), [(0, None), (1, 2), (3, 0)])
def test_a_conversation_that_cannot_be_is_refused(answers, solved_at):
    with pytest.raises(ValueError, match="solved at"):
        Conversation(answers, solved_at, None)


def test_a_curve_needs_a_conversation():
    with pytest.raises(ValueError, match="no conversation"):
        RoundsCurve("lamps", "model", TASK, ())


def test_a_picture_of_the_curve_shows_every_model(bench, talk):
    pytest.importorskip("vl_convert", reason="pictures need vl-convert-python")
    from soundly.bench.planbench.rounds_picture import rounds_picture

    bench.result(talk("wr"), task=TASK, model="another")
    bench.result(talk("r"), task=TASK)
    svg = rounds_picture(rounds_curves(bench.folder, [])).svg()
    assert "lamps · another" in svg
    assert "lamps · model-1" in svg


def test_back_prompting_helped_on_the_real_conversations(planbench):
    for found in rounds_curves(planbench, []):
        low, _ = found.solved_by(found.rounds).interval()
        _, high = found.solved_by(1).interval()
        assert low > high
