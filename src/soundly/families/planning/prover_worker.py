"""The process in which a prover searches: ``python -m soundly.families.planning.prover_worker``."""

from __future__ import annotations

from soundly.families.planning.pddl import format_plan
from soundly.families.planning.proofs import Evidence, prove_by_closed_set, prove_by_h2
from soundly.solvers.process import read_payload, write_answer


def main() -> None:
    """Read one problem, search for one kind of proof, print evidence, a plan, or why neither."""
    payload = read_payload()
    texts = payload["domain"], payload["problem"]
    seconds = float(payload["max_seconds"])
    if payload["kind"] == "pddl-closed-set":
        found = prove_by_closed_set(
            *texts, max_seconds=seconds, max_states=int(payload["max_states"])
        )
    else:
        found = prove_by_h2(*texts, max_seconds=seconds, max_pairs=int(payload["max_pairs"]))
    if isinstance(found, Evidence):
        write_answer({"kind": found.kind, "evidence": dict(found.content)})
    elif found.plan is not None:
        write_answer({"plan": format_plan(found.plan)})
    else:
        write_answer({"reason": found.reason})


if __name__ == "__main__":
    main()
