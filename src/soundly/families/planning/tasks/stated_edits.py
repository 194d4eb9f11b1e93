"""Near misses of answers that are lists of facts."""

from __future__ import annotations

from random import Random

from soundly.families.planning.facts import spelled
from soundly.families.planning.pddl import Task


def edited_facts(entries: list[str], task: Task, rng: Random) -> list[str]:
    """The facts with one left out, added, denied, or with another object in it."""
    kept = list(entries)
    match rng.choice(("drop", "add", "deny", "replace", "swap", "blur")) if kept else "add":
        case "drop":
            kept.remove(rng.choice(kept))
        case "add":
            kept.append(_some_fact(task, rng))
        case "deny":
            at = rng.randrange(len(kept))
            kept[at] = _denied(kept[at])
        case "replace":
            at = rng.randrange(len(kept))
            words = kept[at].split(" ")
            if len(words) > 1 and task.objects:
                closing = words[-1][len(words[-1].rstrip(")")) :]
                words[-1] = rng.choice(list(task.objects)) + closing
            kept[at] = " ".join(words)
        case "swap":
            at = rng.randrange(len(kept))
            words = kept[at].strip("()").split(" ")
            if not kept[at].startswith("(not") and len(words) > 2:
                kept[at] = f"({' '.join([words[0], *words[:0:-1]])})"
        case "blur":
            at = rng.randrange(len(kept))
            kept[at] += f" or {_some_fact(task, rng)}"
    return kept


def _denied(entry: str) -> str:
    return entry[5:-1] if entry.startswith("(not ") else f"(not {entry})"


def _some_fact(task: Task, rng: Random) -> str:
    """A fact that could be true, going by types; of a predicate that actions can change."""
    changing = [p for p in task.domain.predicates.values() if not task.is_static(p.name)]
    predicate = rng.choice(changing or list(task.domain.predicates.values()))
    pools = [task.objects_of(p.types) or tuple(task.objects) for p in predicate.parameters]
    return spelled((predicate.name, *(rng.choice(pool) for pool in pools if pool)))
