"""One spelling for graphs that differ only in how their vertices are numbered."""

from __future__ import annotations

from hashlib import sha256

from soundly.families.coloring.graph import Graph


def canonical_form(graph: Graph) -> str:
    """What colour refinement (Weisfeiler and Leman, 1968) sees of a graph.

    Graphs that are equal up to numbering always share it. Some that are not share it too, such as
    two regular graphs of one size and degree: they count as one instance, which errs towards
    keeping what was trained on out of what is tested.
    """
    neighbours = graph.neighbours()
    labels = dict.fromkeys(neighbours, "")
    kinds = 0
    while len(set(labels.values())) > kinds:
        kinds = len(set(labels.values()))
        labels = {
            vertex: _digest(labels[vertex], *sorted(labels[each] for each in joined))
            for vertex, joined in neighbours.items()
        }
    return f"{graph.colours} {len(graph.edges)} {_digest(*sorted(labels.values()))}"


def _digest(*words: str) -> str:
    return sha256(" ".join(words).encode()).hexdigest()[:32]
