"""What a store teaches: what the kernel accepts today, each problem once, none that is held out."""

import json
import sqlite3
from functools import partial
from itertools import count

import anyio
import pytest

from soundly.config.families import make_family
from soundly.core.certificate import certify
from soundly.core.completion import Message
from soundly.core.errors import StoreError, UnknownNameError
from soundly.core.outcome import Status
from soundly.core.problem import Problem
from soundly.core.splits import draw_from
from soundly.core.verdict import ACCEPT, Guarantee
from soundly.engine import solve
from soundly.families.planning.tower_builder import TowerBuilder
from soundly.generators.scripted import Scripted
from soundly.store import Store
from soundly.strategies.consult import consult
from soundly.strategies.refine import refine
from soundly.strategies.single import single
from soundly.testing import FakeCritic, FakeFamily
from soundly.testing.fake_family import PROBLEM, RIGHT, RIGHT_TOO, WRONG
from soundly.training.data import read_examples, write_examples
from soundly.training.outcome_file import chat_record, example_of, write_chats
from soundly.training.outcomes import LeftOut, Verified, verified_examples


def find_fake(name):
    return FakeFamily()


BUILDS = partial(consult, solver=TowerBuilder())


class Kept:
    """A store in a file, the sessions to fill it with, and its file to tamper with."""

    def __init__(self, path):
        self.path = path
        self.store = Store.open(path)
        self._numbers = count(1)

    def solve(self, problem=PROBLEM, *, texts=(RIGHT,), family=None, strategy=single, critic=None):
        """Runs a session into the store, and gives its outcome."""
        run = partial(
            solve,
            problem,
            family=family or FakeFamily(),
            strategy=strategy,
            generator=Scripted(texts),
            critic=critic,
            sinks=[self.store],
            session_id=f"s{next(self._numbers)}",
        )
        return anyio.run(run)

    def build(self, problem):
        """Solves a problem of Blocksworld without a model."""
        outcome = self.solve(problem, family=make_family("blocksworld"), strategy=BUILDS)
        assert outcome.status is Status.SOLVED

    def tamper(self, old, new):
        """Replaces a text in every record, and says in how many."""
        self.store.flush()
        with sqlite3.connect(self.path) as connection:
            done = connection.execute(
                "UPDATE records SET line = replace(line, ?, ?) WHERE instr(line, ?)",
                (old, new, old),
            )
        connection.close()
        return done.rowcount

    def exported(self, **options):
        """What comes out, verified or not."""
        return list(verified_examples(self.store, **({"find_family": find_fake} | options)))


@pytest.fixture
def kept(tmp_path):
    kept = Kept(tmp_path / "store.sqlite3")
    yield kept
    kept.store.close()


def inside(text):
    """A text as it stands in a JSON string."""
    return json.dumps(text)[1:-1]


def test_a_verified_outcome_is_handed_on_with_its_provenance(kept):
    """The prompt as it was asked, the answer as it was given, and whose it is."""
    outcome = kept.solve(texts=[f"Sure:\n{RIGHT}\nDone."])
    (found,) = kept.exported()
    record = chat_record(found)
    (asked, answered) = record["messages"]
    assert asked == {
        "role": "user",
        "content": outcome.trace[1].event.request.messages[0].content,
    }
    assert answered == {"role": "assistant", "content": f"Sure:\n{RIGHT}\nDone."}
    assert record["provenance"] == {
        "session_id": "s1",
        "date": outcome.trace[0].event.started_at,
        "model": "scripted",
        "strategy": "single",
        "found_by": "single",
        "soundly_version": outcome.trace[0].event.soundly_version,
        "family": "two-blocks",
        "problem": "a-on-b",
        "problem_sha256": PROBLEM.digest,
        "form_sha256": PROBLEM.digest,
        "certificate_sha256": outcome.certificate.sha256,
    }


def test_rejected_rounds_are_not_handed_on(kept):
    """Wrong answers and their critiques stand in the trace; the right one teaches alone."""
    kept.solve(texts=[WRONG[0], WRONG[1], RIGHT], strategy=refine)
    (found,) = kept.exported()
    assert [message["role"] for message in chat_record(found)["messages"]] == ["user", "assistant"]
    assert found.answer == RIGHT
    assert WRONG[1] not in found.prompt[0].content


def test_a_solvers_answer_is_put_to_the_problem_as_its_family_asks_it(kept):
    """Nobody was asked, so the family words the question."""
    problem = draw_from(make_family("blocksworld"), "train", size=3, seed=0)
    kept.build(problem)
    (found,) = kept.exported(find_family=make_family)
    assert found.prompt[-1].role == "user"
    assert found.answer == found.candidate.canonical
    assert found.found_by == "blocksworld-towers"


def test_what_no_sound_critic_accepted_is_not_handed_on(kept):
    """It did not end solved, and a listing that says so is not believed."""
    kept.solve(critic=FakeCritic(ACCEPT, Guarantee.NONE))
    assert kept.exported() == []
    with sqlite3.connect(kept.path) as connection:
        connection.execute("UPDATE sessions SET status = 'solved'")
    connection.close()
    (left,) = kept.exported()
    assert left == LeftOut("s1", "its trace ends unsolved", unverified=True)


def test_a_changed_certificate_is_not_handed_on(kept):
    """Changed without a new seal it cannot be read; the session is named."""
    kept.solve()
    assert kept.tamper(inside(inside("(stack a b)")), inside(inside("(stack b a)")))
    (left,) = kept.exported()
    assert isinstance(left, LeftOut)
    assert left.unverified
    assert left.session_id == "s1"
    assert "was changed" in left.reason


@pytest.mark.parametrize("plan", [[WRONG[0]], ["(stack a b)", "(pick-up a)"]])
def test_a_certificate_that_is_sealed_anew_is_not_handed_on(kept, plan):
    """The seal holds, and the kernel refuses what stands under it."""
    outcome = kept.solve()
    forged = certify(PROBLEM, claim="solved", kind="pddl-plan", evidence={"plan": plan})
    kept.tamper(inside(outcome.certificate.to_line()), inside(forged.to_line()))
    kept.tamper(outcome.certificate.sha256, forged.sha256)
    (left,) = kept.exported()
    assert left.unverified
    assert left.reason.startswith("the kernel refuses it:")


def test_another_problems_certificate_is_not_handed_on(kept):
    """It holds, and proves nothing here."""
    outcome = kept.solve()
    text = PROBLEM.statement["problem"].replace("a-on-b", "another")
    other = Problem(PROBLEM.family, "other", dict(PROBLEM.statement) | {"problem": text})
    steps = RIGHT.splitlines()
    proof = certify(other, claim="solved", kind="pddl-plan", evidence={"plan": steps})
    kept.tamper(inside(outcome.certificate.to_line()), inside(proof.to_line()))
    kept.tamper(outcome.certificate.sha256, proof.sha256)
    (left,) = kept.exported()
    assert left.reason == "the kernel refuses it: it is about another problem than the one to solve"


@pytest.mark.parametrize("other", [WRONG[0], RIGHT_TOO])
def test_an_answer_beside_anothers_certificate_is_not_handed_on(kept, other):
    """Wrong, or right and certified by nobody: only what the certificate holds is believed."""
    kept.solve()
    assert kept.tamper(f'"text":"{inside(RIGHT)}"', f'"text":"{inside(other)}"') == 1
    (found,) = kept.exported()
    assert found.answer == RIGHT
    kept.tamper(f'"canonical":"{inside(RIGHT)}"', f'"canonical":"{inside(other)}"')
    (left,) = kept.exported()
    assert left == LeftOut(
        "s1", "no answer in its trace is the one that was certified", unverified=True
    )


def test_a_problem_is_handed_on_once_whatever_its_names(kept):
    """With its oldest answer."""
    family = make_family("blocksworld")
    problem = draw_from(family, "train", size=3, seed=0)
    text = problem.statement["problem"]
    for old, new in (("a", "x"), ("b", "a"), ("x", "b")):
        for behind in (" ", ")"):
            text = text.replace(f" {old}{behind}", f" {new}{behind}")
    renamed = Problem(problem.family, "renamed", dict(problem.statement) | {"problem": text})
    assert renamed.digest != problem.digest
    for each in (problem, renamed, problem):
        kept.build(each)
    found = kept.exported(find_family=make_family)
    assert [type(each) for each in found] == [Verified, LeftOut, LeftOut]
    assert found[0].session_id == "s1"
    assert {each.reason for each in found[1:]} == {"its problem came before"}
    assert not any(each.unverified for each in found[1:])


def test_a_held_out_problem_is_never_handed_on(kept):
    """By what it is, by its size, or because it was named."""
    family = make_family("blocksworld")
    trained = family.dial.trained
    kept.build(draw_from(family, "held-out", size=4, seed=0))
    kept.build(draw_from(family, "beyond", size=trained + 1, seed=0))
    named = draw_from(family, "train", size=4, seed=0)
    kept.build(named)
    left = kept.exported(find_family=make_family, held_out={named.digest})
    assert [type(each) for each in left] == [LeftOut] * 3
    assert all("held out" in each.reason for each in left)
    (*_, verified) = kept.exported(find_family=make_family)
    assert verified.problem == named
    assert isinstance(kept.exported(find_family=make_family, held_out={verified.form})[-1], LeftOut)


def test_a_family_that_is_not_installed_is_named(kept):
    """Its answers may be right; nobody here can read them."""

    def unknown(name):
        raise UnknownNameError("family", name, ["blocksworld"])

    kept.solve()
    (left,) = kept.exported(find_family=unknown)
    assert "two-blocks" in left.reason
    assert not left.unverified


def test_the_same_store_gives_the_same_file(kept, tmp_path):
    """To the byte, whose SHA-256 tells data sets apart; who was left out is told."""
    kept.solve()
    kept.solve()
    first, second = (
        write_chats(verified_examples(kept.store, find_family=find_fake), tmp_path / name)
        for name in ("a.jsonl", "b.jsonl")
    )
    assert first.sha256 == second.sha256
    assert (first.examples, [each.session_id for each in first.left_out]) == (1, ["s2"])
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    (line,) = (tmp_path / "a.jsonl").read_text().splitlines()
    assert json.loads(line)["messages"][-1]["content"] == RIGHT


def test_another_answer_gives_another_hash(kept, tmp_path):
    """Were it the same, two data sets would pass for one."""
    kept.solve()
    (found,) = kept.exported()
    other = Verified(**{name: getattr(found, name) for name in found.__slots__} | {"answer": "x"})
    hashes = {write_chats([each], tmp_path / "a.jsonl").sha256 for each in (found, other)}
    assert len(hashes) == 2


def test_a_file_is_there_whole_or_not_at_all(kept, tmp_path):
    """What stood there stays when the writing fails half-way, and nothing is left beside it."""
    kept.solve()
    (found,) = kept.exported()
    path = tmp_path / "chats.jsonl"
    path.write_text("old")

    def breaks():
        yield found
        raise StoreError("gone")

    with pytest.raises(StoreError, match="gone"):
        write_chats(breaks(), path)
    assert path.read_text() == "old"
    assert {each.name for each in tmp_path.glob("chats*")} == {"chats.jsonl"}
    with pytest.raises(StoreError, match="cannot write"):
        write_chats([found], tmp_path / "nowhere" / "chats.jsonl")


def test_a_drawn_problem_is_an_example_in_words(kept, tmp_path):
    """With the size and seed that draw it again; it reads back from a file of examples."""
    family = make_family("blocksworld")
    problem = family.draw(size=4, seed=11)
    kept.build(problem)
    (found,) = kept.exported(find_family=make_family)
    assert isinstance(found, Verified)
    example = example_of(found)
    assert family.draw(size=example.size, seed=example.seed) == problem
    assert example.statement == family.notation.state(problem).words
    assert example.answer == family.notation.solution(problem, found.candidate.solution)
    write_examples([example], tmp_path / "words.jsonl")
    assert list(read_examples(tmp_path / "words.jsonl")) == [example]


def test_what_has_no_words_is_no_example(kept):
    """A family without a notation, and a problem that its family did not draw."""
    kept.solve()
    (found,) = kept.exported()
    assert example_of(found, find_family=find_fake) is None
    drawn = make_family("blocksworld").draw(size=4, seed=11)
    for name in ("mine", "blocksworld-4-12", "blocksworld-0-11"):
        stated = Problem("blocksworld", name, drawn.statement)
        other = Verified(
            **{each: getattr(found, each) for each in found.__slots__} | {"problem": stated}
        )
        assert example_of(other) is None


def test_the_answer_is_the_last_message(kept):
    """Whatever stands before it was asked, never answered."""
    kept.solve()
    (found,) = kept.exported()
    assert Message("user", found.prompt[0].content) == found.prompt[0]
    assert chat_record(found)["messages"][-1]["role"] == "assistant"
