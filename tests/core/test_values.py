"""Values check themselves: each invariant is broken here once."""

import math
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from soundly.core.candidate import Candidate
from soundly.core.certificate import Certificate, read_certificate
from soundly.core.completion import Completion, Message, Request
from soundly.core.errors import BudgetExhausted, ProblemError, SoundlyError, UnknownNameError
from soundly.core.events import SessionStarted, certified
from soundly.core.family import PromptStyle
from soundly.core.moment import is_utc_text, utc_text
from soundly.core.outcome import Outcome, Status
from soundly.core.problem import Problem
from soundly.core.session import Attempt
from soundly.core.spend import Budget, Quote, Spend, Usage
from soundly.core.verdict import ACCEPT, Critique, Decision, Guarantee, Verdict, reject, unknown
from soundly.testing.fake_family import PROBLEM, PROOF_OF_IMPOSSIBLE, RIGHT, FakeFamily

HELLO = (Message("user", "hello"),)
WHY = Critique("why", "because")
CANDIDATE = Candidate(tuple(RIGHT.splitlines()), RIGHT, "tests")
SOLVED = FakeFamily().certify(PROBLEM, CANDIDATE)


EVIDENCE = certified("p", SOLVED)


def started(session_id="s", started_at="2026-01-31T12:00:00.000000+00:00"):
    return SessionStarted(
        session_id, PROBLEM, "single", None, "critic", (), Budget(), 0, "0", started_at
    )


def outcome(status, candidate=None, certificate=None):
    return Outcome(status, "s", Spend(), (), "reason", candidate, certificate)


BROKEN = {
    "a role of its own": lambda: Message("robot", "hello"),
    "nothing to complete": lambda: Request(()),
    "no room for an answer": lambda: Request(HELLO, max_output_tokens=0),
    "temperature below nought": lambda: Request(HELLO, temperature=-0.1),
    "temperature that is no number": lambda: Request(HELLO, temperature=math.nan),
    "top_p of nought": lambda: Request(HELLO, top_p=0.0),
    "top_p above one": lambda: Request(HELLO, top_p=1.1),
    "a finish that nobody knows": lambda: Completion("", "m", finish_reason="tired"),
    "a completion that pays back": lambda: Completion("", "m", dollars=-1.0),
    "a price that is no number": lambda: Completion("", "m", dollars=math.nan),
    "a token that cannot be": lambda: Completion("", "m", logprobs=(-0.5, -math.inf)),
    "tokens below nought": lambda: Usage(input_tokens=-1),
    "half a token": lambda: Usage(output_tokens=0.5),
    "a token that is a yes": lambda: Usage(input_tokens=True),
    "a count in words": lambda: Usage(cached_tokens="3"),
    "an answer that is no text": lambda: Completion(None, "m"),
    "a usage that is none": lambda: Completion("", "m", usage=None),
    "a price in words": lambda: Completion("", "m", dollars="1"),
    "a quote of half a token": lambda: Quote(1, 0.5),
    "a quote in a list": lambda: Quote(0, 0, []),
    "a quote that is a yes": lambda: Quote(0, 0, True),
    "a spend of half a call": lambda: Spend(calls=1.0),
    "a spend that is a no": lambda: Spend(seconds=False),
    "an attempt with a list for a number": lambda: Attempt([], None, None, ()),
    "an attempt that is a yes": lambda: Attempt(True, None, None, ()),
    "an attempt before the first": lambda: Attempt(0, None, None, ()),
    "an attempt with a text for a candidate": lambda: Attempt(1, RIGHT, None, ()),
    "an attempt with a yes for a verdict": lambda: Attempt(1, None, True, ()),
    "more reasoning than output": lambda: Usage(output_tokens=1, reasoning_tokens=2),
    "more cached than input": lambda: Usage(input_tokens=1, cached_tokens=2),
    "a quote below nought": lambda: Quote(-1, 0),
    "a quote that pays back": lambda: Quote(0, 0, -0.1),
    "a quote that is no number": lambda: Quote(0, 0, math.nan),
    "a spend below nought": lambda: Spend(calls=-1),
    "a spend that pays back": lambda: Spend(dollars=-0.1),
    "a spend that is no number": lambda: Spend(dollars=math.nan),
    "an endless spend": lambda: Spend(seconds=math.inf),
    "calls below nought": lambda: Budget(calls=-1),
    "an endless limit": lambda: Budget(seconds=math.inf),
    "a limit that is no number": lambda: Budget(dollars=math.nan),
    "fewer than no examples": lambda: PromptStyle(examples=-1),
    "a critique without a code": lambda: Critique("", "because"),
    "a critique without a message": lambda: Critique("why", ""),
    "a step before the first": lambda: Critique("why", "because", step=0),
    "a rejection without a reason": lambda: Verdict(Decision.REJECT),
    "an acceptance with a reason": lambda: Verdict(Decision.ACCEPT, (WHY,)),
    "a problem of no family": lambda: Problem("", "name", {"a": "b"}),
    "a problem without a name": lambda: Problem("family", "", {"a": "b"}),
    "a problem that states nothing": lambda: Problem("family", "name", {}),
    "a session without a name": lambda: started(""),
    "a session named like a path": lambda: started("../s"),
    "a session named on two lines": lambda: started("s\n"),
    "a session of a long name": lambda: started("s" * 101),
    "a start at no time": lambda: started(started_at="yesterday"),
    "a start in no zone": lambda: started(started_at="2026-01-31T12:00:00.000000"),
    "a start in another zone": lambda: started(started_at="2026-01-31T12:00:00.000000+01:00"),
    "a start in another spelling": lambda: started(started_at="2026-01-31T12:00:00Z"),
    "a start before all time": lambda: started(started_at="0001-01-01T00:00:00.000000+23:59"),
    "evidence under another seal": lambda: replace(EVIDENCE, sha256="0" * 64),
    "evidence for another claim": lambda: replace(EVIDENCE, claim="unsolvable"),
    "evidence of another kind": lambda: replace(EVIDENCE, kind="pddl-h2"),
    "evidence that was changed": lambda: replace(
        EVIDENCE, document=EVIDENCE.document.replace("pick-up", "pick-it")
    ),
    "evidence that is no document": lambda: replace(EVIDENCE, document="[]"),
    "solved without a certificate": lambda: outcome(Status.SOLVED, CANDIDATE),
    "solved without a candidate": lambda: outcome(Status.SOLVED, None, SOLVED),
    "solved by a proof of the opposite": lambda: outcome(
        Status.SOLVED, CANDIDATE, PROOF_OF_IMPOSSIBLE
    ),
    "unsolvable without a proof": lambda: outcome(Status.UNSOLVABLE),
    "unsolvable with a candidate": lambda: outcome(
        Status.UNSOLVABLE, CANDIDATE, PROOF_OF_IMPOSSIBLE
    ),
    "unsolved with a certificate": lambda: outcome(Status.UNSOLVED, CANDIDATE, SOLVED),
    "exhausted with a certificate": lambda: outcome(Status.EXHAUSTED, None, SOLVED),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_value_refuses_what_breaks_it(broken):
    """It raises `ValueError` when it is made, so that nobody has to check it later."""
    with pytest.raises(ValueError, match=r"\w"):
        broken()


@pytest.mark.parametrize("value", [ACCEPT, reject(WHY), unknown(), *Decision, *Status])
def test_what_is_three_valued_has_no_truth(value):
    """UNKNOWN would be as true as ACCEPT, or as false as REJECT: both are wrong."""
    with pytest.raises(TypeError, match="no truth value"):
        bool(value)


def test_unknown_is_neither_accepted_nor_rejected():
    """The two questions one may ask of a verdict both say no."""
    assert not unknown(WHY).accepted
    assert not unknown(WHY).rejected


def test_a_guarantee_in_words_has_one_order():
    """Traces compare as text."""
    both = Guarantee.COMPLETE | Guarantee.SOUND
    assert [g.words() for g in (Guarantee.NONE, both)] == [(), ("sound", "complete")]


@pytest.mark.parametrize(
    ("critique", "text"),
    [
        (Critique("c", "it is wrong"), "it is wrong"),
        (Critique("c", "it is wrong", where="step 3"), "step 3: it is wrong"),
        (Critique("c", "it is wrong", where="goal", repair="fix it"), "goal: it is wrong (fix it)"),
    ],
)
def test_a_critique_reads_as_one_line(critique, text):
    """Where, what, and how to mend it, as far as they are known."""
    assert str(critique) == text


def test_a_problem_keeps_its_statement_to_itself():
    """Neither the mapping that it was made of nor the one that it shows can change it."""
    statement = {"text": "a"}
    problem = Problem("family", "name", statement)
    digest = problem.digest
    statement["text"] = "b"
    assert problem.statement == {"text": "a"}
    with pytest.raises(TypeError):
        problem.statement["text"] = "c"
    assert Problem("family", "name", {"text": "a"}).digest == digest


def test_a_name_is_for_people():
    """Two problems that state the same are the same to a certificate, and in a set."""
    one, other = (Problem("family", name, {"text": "a"}) for name in ("one", "other"))
    assert one.digest == other.digest
    assert hash(one) == hash(other)


def test_spends_add_up_field_by_field():
    """Nothing is counted twice and nothing left out."""
    assert Spend(1, 2, 3, 4, 5, 6.0, 7.0) + Spend(10, 20, 30, 40, 50, 60.0, 70.0) == Spend(
        11, 22, 33, 44, 55, 66.0, 77.0
    )


def test_a_certificate_reads_what_it_carries():
    """Claim, kind and seal are those of the document."""
    assert (SOLVED.claim, SOLVED.kind) == ("solved", "pddl-plan")
    assert SOLVED.sha256 == SOLVED.document["sha256"]
    assert SOLVED.to_json().endswith("}\n")
    assert isinstance(SOLVED, Certificate)


def test_a_certificate_is_the_same_on_one_line():
    """What a trace holds is what the file beside it holds, and is plain ASCII without a break."""
    certificate = Certificate({**SOLVED.document})
    assert read_certificate(certificate.to_line()) == read_certificate(certificate.to_json())
    assert certificate.to_line().isascii()
    assert "\n" not in certificate.to_line()


def test_a_moment_has_one_spelling():
    """Whatever the zone in which it was read."""
    moment = datetime(2026, 1, 31, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    assert utc_text(moment) == "2026-01-31T12:00:00.000000+00:00"
    assert is_utc_text(utc_text(moment))


def test_an_error_says_where():
    """As much as is known, in the order in which one looks."""
    assert str(ProblemError("bad", line=3, column=4, source="domain")) == (
        "domain, line 3, column 4: bad"
    )
    assert str(ProblemError("bad", line=3)) == "line 3: bad"
    assert str(ProblemError("bad")) == "bad"


def test_an_unknown_name_proposes_the_nearest_or_all():
    """And says so where there is none at all."""
    assert "did you mean alpha?" in str(UnknownNameError("thing", "alpa", ["alpha", "beta"]))
    assert "; there are alpha, beta" in str(UnknownNameError("thing", "zz", ["beta", "alpha"]))
    assert "none is installed" in str(UnknownNameError("thing", "zz", []))


def test_an_unknown_name_lists_eight_names_at_most_and_where_the_others_are():
    names = [f"n{number}" for number in range(1, 10)]
    eight = "n1, n2, n3, n4, n5, n6, n7, n8"
    assert str(UnknownNameError("thing", "zz", names[:8])).endswith(f"'zz'; there are {eight}")
    assert str(UnknownNameError("thing", "zz", names)).endswith(f"there are {eight} … and 1 more")
    for what, command in (("family", "families"), ("model provider", "models")):
        said = str(UnknownNameError(what, "zz", names))
        assert said.endswith(f"{eight} … and 1 more; see soundly {command}")


def test_a_stop_signal_is_no_failure():
    """Whoever catches failures does not catch it by accident."""
    signal = BudgetExhausted("calls", maximum=3, wanted=4)
    assert not isinstance(signal, SoundlyError)
    assert (signal.limit, signal.maximum, signal.wanted) == ("calls", 3, 4)
