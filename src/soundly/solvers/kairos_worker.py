"""The process in which Kairos searches: ``python -m soundly.solvers.kairos_worker``."""

from __future__ import annotations

import kairos

from soundly.solvers.process import read_payload, write_answer

_GIVEN_UP = {
    kairos.Status.CANCELLED,
    kairos.Status.GROUNDING_TOO_LARGE,
    kairos.Status.NO_PLAN_FOUND,
    kairos.Status.OUT_OF_MEMORY,
    kairos.Status.TIMEOUT,
    kairos.Status.UNSUPPORTED,
}


def main() -> None:
    """Read one problem, search, print one answer."""
    payload = read_payload()
    try:
        result = kairos.solve(
            payload["domain"],
            payload["problem"],
            timeout=payload["max_seconds"],
            anytime=False,
        )
    except kairos.PddlError as error:
        write_answer({"answer": "gave-up", "detail": f"kairos does not read this PDDL: {error}"})
        return
    # what follows the first sentence is advice about kairos's own options, which are not ours
    notes = "; ".join(note.message.partition(". ")[0] for note in result.diagnostics)
    detail = f"{result.status.name.lower()}{': ' + notes if notes else ''}"
    if result.status == kairos.Status.SOLVED:
        write_answer({"answer": "found", "plan": result.plan.to_string()})
    elif result.status == kairos.Status.UNSOLVABLE:
        write_answer({"answer": "asserted", "detail": detail})
    elif result.status in _GIVEN_UP:
        write_answer({"answer": "gave-up", "detail": detail})
    else:
        raise SystemExit(f"kairos failed: {detail}")


if __name__ == "__main__":
    main()
