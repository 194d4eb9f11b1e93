"""Q-learning of moves from verified rewards, and the policy beside it.

Q of a prompt and a move is how likely an accepted completion is when the best moves follow
(Watkins 1989): a move that ends an episode has the reward as its target, another the greatest Q
behind it, or, with Monte Carlo returns, the episode's reward. The policy follows the gradient of
the expected reward with Q's mean as baseline (Williams 1992), weighted for what was explored.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import torch

from soundly.core.errors import UsageError
from soundly.core.problem import Problem
from soundly.strategies.moves import Move
from soundly.training.events import Event, Measured, Stepped
from soundly.training.moves.environment import Environment, Play, Played
from soundly.training.moves.kept import CHECKPOINT, Learning, keep, take_up
from soundly.training.moves.lessons import Decision, Lessons
from soundly.training.moves.losses import policy_loss, value_loss
from soundly.training.moves.policy import MovePolicy

STAGE = "moves"


def learn(
    policy: MovePolicy,
    environment: Environment,
    problems: Sequence[Problem],
    lessons: Lessons,
    *,
    log: Callable[[Event], None],
    folder: Path | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Train the policy in place on what the environment rewards.

    Plays whose reward nobody can tell are counted as broken and not learnt from. With a folder,
    every round is kept there, and a run that was stopped goes on behind its last whole round and
    ends as if it had not been stopped. Raises `UsageError` where the folder holds a run with other
    lessons or moves, `StoreError` where it cannot be written.
    """
    if not problems:
        raise UsageError("there are no problems to learn moves on")
    rate = lessons.learning_rate
    state = Learning(policy, torch.optim.AdamW(policy.parameters(), lr=rate, weight_decay=0.01))
    if folder is not None:
        take_up(state, folder / CHECKPOINT, lessons)
    begun = clock() - state.seconds
    while state.rounds < lessons.rounds:
        rng = Random(f"{STAGE} {lessons.seed} {state.rounds}")  # noqa: S311 - not secrets
        fresh, played = _explore(policy, environment, problems, lessons, rng)
        state.decisions += fresh
        loss = _fit(state, fresh, lessons, rng)
        state.rounds += 1
        state.tokens += sum(each.tokens for each in played)
        state.seconds = clock() - begun
        if folder is not None:
            keep(state, folder / CHECKPOINT, lessons)
        for event in _told(state, played, loss, rate):
            log(event)


def _explore(
    policy: MovePolicy,
    environment: Environment,
    problems: Sequence[Problem],
    lessons: Lessons,
    rng: Random,
) -> tuple[list[Decision], list[Played]]:
    """One episode a problem, and what can be learnt from those that were judged."""
    drawn = rng.sample(problems, min(lessons.problems, len(problems)))
    prompts = [environment.base.prompt(problem) for problem in drawn]
    taken: list[list[Move]] = [[] for _ in drawn]
    made: list[list[tuple[list[int], int, float]]] = [[] for _ in drawn]
    going = list(range(len(drawn)))
    while going:
        before = [policy.encode(prompts[each], taken[each]) for each in going]
        still: list[int] = []
        for each, row, chances in zip(
            going, before, _behaviour(policy, before, lessons), strict=True
        ):
            move = rng.choices(range(len(policy.moves)), chances)[0]
            made[each].append((row, move, chances[move]))
            if policy.moves[move].ends:
                continue
            taken[each].append(policy.moves[move])
            if len(taken[each]) < lessons.depth:
                still.append(each)
        going = still
    plays = [Play(problem, tuple(moves)) for problem, moves in zip(drawn, taken, strict=True)]
    played = environment.play(plays, seed=rng.getrandbits(31))
    fresh: list[Decision] = []
    for episode, result in zip(made, played, strict=True):
        if result.reward is None:
            continue
        afters = [*(row for row, _, _ in episode[1:]), []]
        for (row, move, chance), after in zip(episode, afters, strict=True):
            fresh.append(Decision(row, move, chance, after, result.reward))
    return fresh, played


@torch.inference_mode()
def _behaviour(
    policy: MovePolicy, rows: Sequence[list[int]], lessons: Lessons
) -> list[list[float]]:
    """What moves are drawn from: the policy, mixed with an even choice."""
    policy.eval()
    prior, _ = policy(policy.batch(rows))
    even = lessons.epsilon / len(policy.moves)
    return [[float(p) for p in row] for row in ((1 - lessons.epsilon) * prior.softmax(-1) + even)]


def _fit(state: Learning, fresh: Sequence[Decision], lessons: Lessons, rng: Random) -> float:
    """Learn from all decisions so far, for Q, and from the fresh ones, for the policy."""
    if not state.decisions:
        return 0.0
    policy, total = state.policy, 0.0
    policy.train()
    for _ in range(lessons.steps):
        old = rng.choices(state.decisions, k=lessons.batch)
        loss = value_loss(policy, old, lessons)
        if fresh:
            loss = loss + policy_loss(policy, rng.choices(fresh, k=lessons.batch), lessons)
        state.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(policy.parameters(), 1.0)
        state.optimizer.step()
        total += loss.item()
    return total / lessons.steps


def _told(state: Learning, played: Sequence[Played], loss: float, rate: float) -> list[Event]:
    rewards = [each.reward for each in played if each.reward is not None]
    right, tokens = int(sum(rewards)), sum(each.tokens for each in played)
    broken = len(played) - len(rewards)
    mean = right / len(rewards) if rewards else None
    seconds = round(state.seconds, 3)
    return [
        Stepped(STAGE, state.rounds, loss, state.tokens, seconds, rate, mean),
        Measured(
            STAGE, state.rounds, "accepted", "explored", right, len(rewards), None, broken, tokens
        ),
    ]
