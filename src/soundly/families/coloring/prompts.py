"""Colouring problems as prompts: plain English or DIMACS, with or without worked examples."""

from __future__ import annotations

from soundly.core.completion import Message
from soundly.core.family import STEP_BY_STEP, PromptStyle
from soundly.core.problem import Problem
from soundly.families.coloring.draws import draw_colorable
from soundly.families.coloring.graph import Graph, graph_of
from soundly.families.coloring.reading import format_coloring

_TASK = (
    "Colour a graph: give each vertex exactly one colour, so that no two vertices that are joined "
    "by an edge have the same colour. You need not use every colour."
)
_FORM = (
    "Put your answer between the lines [ANSWER] and [ANSWER END]: one line for each vertex, its "
    "number, a colon and the number of its colour, as in 7: 2. Write nothing else between these "
    "lines. If you are sure that the graph cannot be coloured so, write [NO SOLUTION] instead."
)
_DIMACS = (
    "The graph is in DIMACS form: p edge, the number of vertices and the number of edges; then a "
    "line e A B for each edge between vertices A and B."
)
_EXAMPLE_SIZE = 5


def conversation(problem: Problem, style: PromptStyle) -> tuple[Message, ...]:
    """One user message: the rules, the form of an answer, worked examples, the problem.

    Examples have another number of vertices than the problem, so that none can answer it. Raises
    `ProblemError` for a graph that cannot be read.
    """
    asked = graph_of(problem)
    formal = style.language == "formal"
    parts = [_TASK, *([_DIMACS] if formal else []), _FORM]
    size = _EXAMPLE_SIZE + (asked.vertices == _EXAMPLE_SIZE)
    for seed in range(style.examples):
        graph, colours = draw_colorable(size=size, seed=seed)
        answer = format_coloring([(str(v), str(c)) for v, c in enumerate(colours, start=1)])
        parts.append(f"Example problem:\n\n{_stated(graph, formal=formal)}\n\nAnswer:\n\n{answer}")
    title = "Your problem" if style.examples else "The problem"
    parts.append(f"{title}:\n\n{_stated(asked, formal=formal)}")
    if style.thoughts:
        parts.append(STEP_BY_STEP)
    return (Message("user", "\n\n".join(parts)),)


def _stated(graph: Graph, *, formal: bool) -> str:
    if formal:
        text = graph.problem("stated").statement["graph"]
        return f"{text}\nColours: 1 to {graph.colours}."
    joined = "\n".join([f"- {first} and {second} are joined" for first, second in graph.edges])
    colours = "colour 1 only" if graph.colours == 1 else f"colours 1 to {graph.colours}"
    edges = f"Edges:\n{joined}" if joined else "There are no edges."
    return f"Vertices 1 to {graph.vertices}, {colours}.\n{edges}"
