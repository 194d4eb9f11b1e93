"""One spelling for shops that differ only in how jobs and machines are numbered."""

from __future__ import annotations

from hashlib import sha256

from soundly.families.jobshop.shop import Shop


def canonical_form(shop: Shop) -> str:
    """What colour refinement sees of jobs and machines, and the deadline.

    Shops that renumbering makes equal always share it. Very regular shops, in which many durations
    are the same, can share it without being equal: they count as one instance, which errs towards
    keeping what was trained on out of what is tested. Shops run backwards are different ones.
    """
    machines = [""] * shop.machines
    jobs = [""] * len(shop.jobs)
    kinds = 0
    while len({*machines}) + len({*jobs}) > kinds:
        kinds = len({*machines}) + len({*jobs})
        jobs = [
            _digest(*(f"{machines[machine]} {duration}" for machine, duration in job))
            for job in shop.jobs
        ]
        seen: list[list[str]] = [[] for _ in machines]
        for label, job in zip(jobs, shop.jobs, strict=True):
            for place, (machine, duration) in enumerate(job):
                seen[machine].append(f"{label} {place} {duration}")
        machines = [_digest(*sorted(each)) for each in seen]
    return f"{shop.deadline} {_digest(*sorted(jobs))} {_digest(*sorted(machines))}"


def _digest(*words: str) -> str:
    return sha256(",".join(words).encode()).hexdigest()[:32]
