"""Where examples come from, and what never becomes one."""

import json

import pytest

from soundly.core.errors import SolverError, StoreError, UsageError
from soundly.core.splits import is_held_out
from soundly.training.data import examples_of, read_examples, write_examples
from soundly.training.dataset import as_dataset
from soundly.training.source import Source
from soundly.training.subject import Subject, form_of

SOURCE = Source("blocksworld", 3, 5, 40, "blocksworld-towers")


def drawn(source=SOURCE, **more):
    return [example for piece in examples_of(source, **more) for example in piece]


def test_the_same_source_gives_the_same_examples():
    """In one process and in two, in the same order."""
    assert drawn() == drawn(processes=2)


def test_no_form_comes_twice_and_none_is_held_out():
    """Renamed problems are one problem, and one in five is never trained on."""
    subject = Subject.of("blocksworld")
    examples = drawn()
    forms = [example.form for example in examples]
    assert len(set(forms)) == len(forms) > 30
    for example in examples:
        problem = subject.draw(example.size, example.seed)
        assert form_of(subject.notation.state(problem)) == example.form
        assert not subject.is_held_out(problem)
        assert not is_held_out(example.form)


def test_what_is_excluded_by_form_never_comes():
    """Whatever seed or family brings it."""
    forms = {example.form for example in drawn()[:20]}
    assert not forms & {example.form for example in drawn(excluded=forms)}


def test_every_answer_is_one_that_the_critic_accepts():
    """A teacher that errs is a broken part, not a lesson."""
    subject = Subject.of("blocksworld")
    for example in drawn()[:20]:
        problem = subject.draw(example.size, example.seed)
        text = subject.notation.state(problem).spelt(("plan", *example.answer, "end"))

        async def judged(problem=problem, text=text):
            return await subject.judged(problem, text)

        import anyio

        _, verdict = anyio.run(judged)
        assert verdict is not None
        assert verdict.accepted


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        (Source("zebra", 3, 3, 1, "zebra-sat"), UsageError, "zebra has no notation"),
        (Source("blocksworld", 3, 3, 1, "glucose"), SolverError, "glucose has no solution"),
        (Source("blocksworld", 3, 3, 1, "nobody"), UsageError, "nobody"),
        (Source("nothing", 3, 3, 1, "kairos"), UsageError, "nothing"),
        (Source("logistics", 1, 1, 1, "kairos"), UsageError, "not Blocksworld"),
        (Source("blocksworld", 1, 1, 1, "kairos"), UsageError, "size is 1"),
    ],
)
def test_what_cannot_be_learnt_is_said_at_once(source, error, said):
    """Before any work, in one line."""
    with pytest.raises(error, match=said):
        drawn(source)


def test_traces_are_written_down_and_can_be_exchanged():
    """Swapped thoughts are of other problems with as many blocks; answers stay."""
    plain = drawn(Source("blocksworld", 4, 4, 40, "blocksworld-towers", trace="progression"))
    exchanged = drawn(
        Source("blocksworld", 4, 4, 40, "blocksworld-towers", trace="progression", swapped=True)
    )
    assert [e.answer for e in plain] == [e.answer for e in exchanged]
    assert all(e.thought for e in plain)
    assert sorted(e.thought for e in plain) == sorted(e.thought for e in exchanged)
    assert all(a.thought != b.thought for a, b in zip(plain, exchanged, strict=True))


def test_examples_survive_their_file(tmp_path):
    """Byte for byte the same file for the same examples, and the digest tells others apart."""
    examples = drawn()
    one = write_examples(examples, tmp_path / "one.jsonl")
    assert list(read_examples(tmp_path / "one.jsonl")) == examples
    assert write_examples(examples, tmp_path / "two.jsonl") == one
    assert write_examples(examples[1:], tmp_path / "three.jsonl") != one


def test_a_file_of_something_else_is_refused(tmp_path):
    """With the line that is no example."""
    path = tmp_path / "data.jsonl"
    write_examples(drawn()[:1], path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"family": "blocksworld"}\n')
    with pytest.raises(UsageError, match="line 2"):
        list(read_examples(path))
    with pytest.raises(StoreError, match="cannot write"):
        write_examples([], tmp_path / "nowhere" / "data.jsonl")


@pytest.mark.parametrize(
    "wrong",
    [
        {"smallest": 0}, {"smallest": 4, "largest": 3}, {"instances": 0}, {"share": 0.0},
        {"swapped": True}, {"most_words": 0},
    ],
)  # fmt: skip
def test_a_source_checks_itself(wrong):
    """Each of these says nothing that could be drawn."""
    right = {"family": "x", "smallest": 3, "largest": 4, "instances": 5, "teacher": "y"}
    with pytest.raises(ValueError, match=r"wanted|swapped"):
        Source(**(right | wrong))


@pytest.mark.parametrize(
    ("family", "size", "trace"),
    [("countdown", 3, "none"), ("countdown", 3, "depth-first"), ("sokoban", 1, "best-first")],
)
def test_a_search_can_be_the_teacher(family, size, trace):
    """Its solutions are judged too; what the notation cannot say is passed over."""
    source = Source(family, size, size, 12, "search", trace=trace, most_words=900)
    examples = drawn(source)
    assert 0 < len(examples) <= 12
    assert all(bool(example.thought) == (trace != "none") for example in examples)


def test_a_teacher_that_errs_later_is_not_passed_over(monkeypatch):
    """Only what the notation cannot say is left out; a teacher's refusal ends the run."""
    asked = []

    async def errs(self, problem, teacher):
        asked.append(problem)
        if len(asked) > 3:
            raise UsageError("the teacher refuses")
        return await solved(self, problem, teacher)

    solved = Subject.solved
    monkeypatch.setattr(Subject, "solved", errs)
    with pytest.raises(UsageError, match="the teacher refuses"):
        drawn()


def test_examples_are_a_data_set_with_the_columns_of_the_file(tmp_path):
    """What Hugging Face's library reads from the file is what it is given."""
    pytest.importorskip("datasets", reason="needs the extra train")
    examples = drawn()[:4]
    path = tmp_path / "data.jsonl"
    write_examples(examples, path)
    rows = as_dataset(examples).to_list()
    assert rows == [json.loads(line) for line in path.read_text().splitlines()]
    with pytest.raises(UsageError, match="no example came"):
        as_dataset([])
