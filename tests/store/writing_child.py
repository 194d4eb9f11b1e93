"""Writes sessions to a store and says on standard output what is durable, until it is killed.

Arguments: the store's address, a prefix for session ids, how many sessions to write (0: no end).
Each line of output is "held ID N" or "ended ID N", N records of the session being durable.
"""

from __future__ import annotations

import sys
from itertools import count

from soundly.core import events as ev
from soundly.core.certificate import certify
from soundly.core.completion import Completion, Message, Request
from soundly.core.events import TraceRecord
from soundly.core.problem import Problem
from soundly.core.spend import Budget, Quote, Spend
from soundly.store import Store


def session(session_id):
    problem = Problem("planning", session_id, {"problem": session_id})
    yield ev.SessionStarted(
        session_id,
        problem,
        "refine",
        "scripted",
        "validator",
        ("sound",),
        Budget(),
        1,
        "0",
        "2026-01-31T12:00:00.000000+00:00",
    )
    for call in (1, 2, 3):
        yield ev.CallHeld(
            call, "refine", Request((Message("user", "x" * 500),)), Quote(100, 50, 0.5)
        )
        yield ev.CallSettled(
            call, Completion("y" * 500, "scripted"), Spend(1, 90, 10, dollars=0.25)
        )
        yield ev.CandidateRead(call, "refine", "(a)", "(a)")
    certificate = certify(problem, claim="solved", kind="pddl-plan", evidence={"plan": ["(a)"]})
    yield ev.certified("refine", certificate)
    yield ev.SessionEnded(
        "solved", "accepted", "refine", None, certificate.sha256, Spend(3, 270, 30)
    )


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(address, prefix, wanted):
    with Store.open(address) as store:
        say("open")
        for number in count(1):
            session_id = f"{prefix}-{number}"
            for sequence, event in enumerate(session(session_id)):
                store.write(session_id, TraceRecord(sequence, sequence / 8, event))
                if isinstance(event, ev.CallHeld | ev.SessionEnded):
                    word = "held" if isinstance(event, ev.CallHeld) else "ended"
                    say(f"{word} {session_id} {sequence + 1}")
            if number == wanted:
                return


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
