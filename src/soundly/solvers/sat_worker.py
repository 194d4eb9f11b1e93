"""The process in which Glucose searches: ``python -m soundly.solvers.sat_worker``."""

from __future__ import annotations

from threading import Timer

from pysat.solvers import Glucose4  # type: ignore[import-untyped]

from soundly.solvers.process import read_payload, write_answer


def main() -> None:
    """Read clauses, search, print a model, a proof that there is none, or why neither."""
    payload = read_payload()
    seconds = float(payload["max_seconds"])
    with Glucose4(bootstrap_with=payload["clauses"], with_proof=True) as solver:
        timer = Timer(seconds, solver.interrupt)
        timer.daemon = True
        timer.start()
        satisfiable = solver.solve_limited(expect_interrupt=True)
        timer.cancel()
        if satisfiable is None:
            write_answer({"undecided": f"no answer within {seconds:g} s"})
        elif satisfiable:
            write_answer({"model": solver.get_model()})
        else:
            steps = [step.strip() for step in solver.get_proof()]
            write_answer({"proof": "\n".join([*steps, "0"])})


if __name__ == "__main__":
    main()
