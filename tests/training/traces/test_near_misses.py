"""Judges of traces against naive twins, on runs with one edit: most are none, and some still are.

A twin knows which operations may come next, works that out anew from the whole history each time,
and cuts nothing.
"""

from __future__ import annotations

from random import Random

import pytest

from soundly.training.traces import tracing

PLENTY = 1_000


def next_best_first(space, history):
    """What A* may do next: words to (head, state, cost)."""

    def said(head, state, cost):
        numbers = (f"c{cost}", f"c{space.estimate(state)}")
        return {(head, *space.words(state), *numbers): (head, state, cost)}

    if not history:
        return said("create", space.start, 0)
    closes = [place for place, (head, _, _) in enumerate(history) if head == "close"]
    due = {}
    if closes:
        _, state, cost = history[closes[-1]]
        if space.estimate(state) == 0:
            return {}
        for _, after in space.successors(state):
            before = [c for h, s, c in history[: closes[-1]] if h == "create" and s == after]
            now = ("create", after, cost + 1) in history[closes[-1] :]
            if not now and cost + 1 < min(before, default=cost + 2):
                due |= said("create", after, cost + 1)
    if due:
        return due
    best = {s: min(c for h, t, c in history if t == s and h == "create") for _, s, _ in history}
    left = {s: c for s, c in best.items() if ("close", s, c) not in history}
    least = min((c + space.estimate(s) for s, c in left.items()), default=0)
    nodes = [said("close", s, c) for s, c in left.items() if c + space.estimate(s) == least]
    return {words: node for each in nodes for words, node in each.items()}


def ended_best_first(space, history):
    return bool(history) and history[-1][0] == "close" and space.estimate(history[-1][1]) == 0


def next_depth_first(space, history):
    """What depth-first search may do next: words to (head, state)."""
    if not history:
        return {("explore", *space.words(space.start)): ("explore", space.start)}
    seen = {state for head, state in history if head == "explore"}
    path = []
    for head, state in history:
        path = [*path, state] if head == "explore" else path[: path.index(state) + 1]
    new = [[(op, s) for op, s in space.successors(each) if s not in seen] for each in path]
    if history[-1][0] == "found":
        return {}
    if space.estimate(path[-1]) == 0:
        return {("found",): ("found", path[-1])}
    if new[-1]:
        return {("explore", *op, *space.words(s)): ("explore", s) for op, s in new[-1]}
    back = [state for state, untried in zip(path, new, strict=True) if untried][-1:]
    return {("backtrack", *space.words(state)): ("backtrack", state) for state in back}


def ended_depth_first(space, history):
    return bool(history) and history[-1][0] == "found"


def next_progression(space, history):
    """What may be done next: words to the state."""
    state = history[-1] if history else space.start
    return {("do", *op, "then", *space.words(s)): s for op, s in space.successors(state)}


def ended_progression(space, history):
    return space.estimate(history[-1] if history else space.start) == 0


TWINS = {
    "best-first": (next_best_first, ended_best_first),
    "depth-first": (next_depth_first, ended_depth_first),
    "progression": (next_progression, ended_progression),
}


def is_run(name, space, trace):
    """Whether a trace is a run, and at which index it stops being the beginning of one."""
    follow, ended = TWINS[name]
    history, place = [], 0
    while place < len(trace):
        possible = follow(space, history)
        fitting = [words for words in possible if trace[place : place + len(words)] == words]
        if not fitting:
            return False, place
        longest = max(fitting, key=len)
        history.append(possible[longest])
        place += len(longest)
    return ended(space, history), place


def cut(trace, heads):
    """The trace in operations, each a list of words."""
    operations = []
    for word in trace:
        if word in heads:
            operations.append([])
        operations[-1].append(word)
    return operations


def edited(trace, heads, rng):
    """The trace with one edit, of a word or of an operation."""
    words, operations = list(trace), cut(trace, heads)
    place, other = (rng.randrange(len(words)) for _ in range(2))
    first, second = (rng.randrange(len(operations)) for _ in range(2))
    match rng.randrange(8):
        case 0:
            words[place] = words[other]
        case 1:
            del words[place]
        case 2:
            words.insert(place, words[other])
        case 3:
            words[place], words[other] = words[other], words[place]
        case 4:
            words = words[:place]
        case 5:
            beside = min(first + 1, len(operations) - 1)
            operations[first], operations[beside] = operations[beside], operations[first]
            words = [word for operation in operations for word in operation]
        case 6:
            del operations[first]
            words = [word for operation in operations for word in operation]
        case 7:
            operations.insert(second, operations[first])
            words = [word for operation in operations for word in operation]
    return tuple(words)


@pytest.mark.parametrize("name", TWINS)
def test_the_judge_agrees_with_its_twin_on_runs_with_one_edit(name, space):
    kind = tracing(name)
    rng = Random(5)
    judged = {True: 0, False: 0}
    written = [kind.write(space, seed=seed, most_words=PLENTY) for seed in range(8)]
    for trace in [each.trace for each in written if each is not None][:4]:
        assert is_run(name, space, trace) == (True, len(trace))
        for _ in range(60):
            changed = edited(trace, kind.words[:3], rng)
            judgement = kind.judge(space, changed, ())
            right, place = is_run(name, space, changed)
            assert judgement.valid == right, " ".join(changed)
            if judgement.critique is not None:
                assert abs(judgement.critique.step - 1 - place) < 20
            judged[right] += 1
    assert judged[False] > 40


def test_what_a_closed_node_leads_to_may_be_created_in_any_order(graph):
    fan = graph({"a": ("b", "c"), "b": ("z",), "c": ("z",)}, z=0)
    in_order = (
        "create a c0 c1 close a c0 c1 create b c1 c1 create c c1 c1 close c c1 c1 create z c2 c0"
    )
    for trace in (
        in_order,
        in_order.replace("create b c1 c1 create c c1 c1", "create c c1 c1 create b c1 c1"),
    ):
        words = tuple(f"{trace} close z c2 c0".split(" "))
        assert tracing("best-first").judge(fan, words, ("to-b", "to-z")).ends_in_solution


FAN = "create a c0 c2 close a c0 c2"
BOTH = f"{FAN} create b c1 c1 create c c1 c3"


@pytest.mark.parametrize(
    ("name", "trace", "code"),
    [
        ("best-first", f"{FAN} close b c1 c1", "not-created"),
        ("best-first", f"{FAN} create b c1 c1 create b c1 c1", "not-due"),
        ("best-first", f"{BOTH} close c c1 c3", "not-cheapest"),
        ("best-first", f"{BOTH} close b c2 c1", "not-open"),
        ("best-first", "a create", "no-operation"),
        ("best-first", "create a c0 c2", "unfinished"),
        ("depth-first", "explore a explore to-b b backtrack a", "untried-left"),
        ("depth-first", "explore a explore to-c c backtrack c", "not-nearest"),
        ("depth-first", "explore a explore to-z z", "not-untried"),
        ("depth-first", "explore a explore to-b b explore to-z z", "unfinished"),
        ("depth-first", "explore a explore to-b b explore to-z z explore a", "goal-missed"),
        ("depth-first", "explore a found", "no-goal"),
        ("depth-first", "backtrack a", "not-begun"),
        ("depth-first", "explore a explore to-b b explore to-z z found found", "behind-the-goal"),
        ("progression", "do to-b then b do to-c then c", "not-possible"),
        ("progression", "do to-b then c", "wrong-state"),
        ("progression", "do to-b b", "no-operation"),
        ("progression", "do to-b then b", "unfinished"),
        ("none", "create", "no-operation"),
    ],
)  # fmt: skip
def test_a_trace_breaks_for_a_reason_that_has_a_name(name, trace, code, graph):
    space = graph({"a": ("b", "c"), "b": ("z",)}, a=2, c=3, z=0)
    judgement = tracing(name).judge(space, tuple(trace.split(" ")), ())
    assert judgement.critique.code == code
