"""The file of answers: what was written is read, and nothing else is taken for it."""

import pytest

from soundly.bench.boundary.answers import Answer, AnswerFile
from soundly.core.errors import StoreError, UsageError

SYSTEM = {"family": "blocksworld", "model": "a-model"}
ANSWERS = (Answer(3, 0, "right"), Answer(4, 0, "broken"), Answer(3, 1, "wrong"))


@pytest.fixture
def path(tmp_path):
    file = AnswerFile(tmp_path / "answers.jsonl", SYSTEM)
    assert file.read() == ()
    for answer in ANSWERS:
        file.add(answer)
    return tmp_path / "answers.jsonl"


def test_answers_come_back_in_their_order(path):
    assert AnswerFile(path, SYSTEM).read() == ANSWERS


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_line_that_was_cut_off_is_forgotten_and_written_over(path, cut):
    path.write_bytes(path.read_bytes()[:-cut])
    file = AnswerFile(path, SYSTEM)
    assert file.read() == ANSWERS[:2]
    file.add(ANSWERS[2])
    assert AnswerFile(path, SYSTEM).read() == ANSWERS


def test_the_file_of_another_system_is_refused(path):
    with pytest.raises(UsageError, match="answers of model 'a-model', not of 'another'"):
        AnswerFile(path, {**SYSTEM, "model": "another"}).read()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 5: not JSON"),
        ("[]", "line 5: wanted an object"),
        ('{"size": 3, "seed": 1}', "line 5: 'said' is missing"),
        ('{"size": 3, "seed": 1, "said": "maybe"}', "line 5: said is 'maybe'"),
        ('{"size": "3", "seed": 1, "said": "right"}', "line 5: size and seed are whole"),
    ],
)
def test_a_line_that_is_no_answer_is_named(path, line, said):
    with path.open("a") as file:
        file.write(line + "\n")
    with pytest.raises(UsageError, match=said):
        AnswerFile(path, SYSTEM).read()


def test_a_file_that_is_no_text_is_refused(path):
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        AnswerFile(path, SYSTEM).read()


def refused(*_, **__):
    raise PermissionError(13, "Permission denied")


def test_a_folder_that_cannot_be_written_is_named_before_and_while_answers_come(
    tmp_path, monkeypatch
):
    file = AnswerFile(tmp_path / "answers.jsonl", SYSTEM)
    monkeypatch.setattr("pathlib.Path.open", refused)
    with pytest.raises(UsageError, match=r"answers\.jsonl: cannot be written: Permission denied"):
        file.require_writable()
    with pytest.raises(StoreError, match=r"answers\.jsonl: cannot be written: Permission denied"):
        file.add(ANSWERS[0])


def test_a_line_that_was_cut_off_in_a_file_that_cannot_be_written_is_told(path, monkeypatch):
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setattr("pathlib.Path.write_text", refused)
    with pytest.raises(UsageError, match="cannot be written: Permission denied"):
        AnswerFile(path, SYSTEM).read()


def test_trying_whether_a_file_can_be_written_leaves_it_as_it_was(path, tmp_path):
    before = path.read_text()
    AnswerFile(path, SYSTEM).require_writable()
    AnswerFile(tmp_path / "new.jsonl", SYSTEM).require_writable()
    assert path.read_text() == before
    assert not (tmp_path / "new.jsonl").exists()
