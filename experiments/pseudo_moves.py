"""Pseudo-moves: does a learnt choice of prompt augmentations beat plain sampling, and why?

A small word model learns Blocksworld from the plans of three procedures, and mostly a control word
in the problem says which one wrote the plan. Then it is frozen. A policy and Q over the control
words and over strings that mean nothing are learnt from verified rewards alone, and every part of
them is compared with plain samples on held-out problems, at equal calls and at equal tokens.

    python experiments/pseudo_moves.py --out DIR --seed 0

The folder gets ``events.jsonl``, the frozen model and the run of the policy; a run that was stopped
goes on where it was.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import torch
from blocksworld_procedures import FAMILY, NOTATION, PROCEDURES, Drawn, drawn, take

from soundly.core.errors import CriticError
from soundly.core.notation import Words
from soundly.core.problem import Problem
from soundly.statistics.intervals import Proportion
from soundly.strategies.move_tree import Puct
from soundly.strategies.moves import ANSWER, Move
from soundly.training.batches import Mixture
from soundly.training.events import Event, EventLog, Measured, Noted
from soundly.training.example import Example
from soundly.training.model import Model, new_model
from soundly.training.moves.ablation import (
    AT_EQUAL_CALLS,
    AT_EQUAL_TOKENS,
    BUDGETS,
    PLAIN,
    Course,
    compared,
    curve,
    difference,
)
from soundly.training.moves.bases import WordBase
from soundly.training.moves.environment import Environment, Play, Played
from soundly.training.moves.learning import STAGE, learn
from soundly.training.moves.lessons import Lessons
from soundly.training.moves.move import MEANINGLESS, Evolution, evolved, move_set
from soundly.training.moves.players import seats
from soundly.training.moves.policy import MovePolicy, PolicyShape
from soundly.training.shape import Shape
from soundly.training.supervised import supervise
from soundly.training.supervised_settings import SupervisedSettings
from soundly.training.vocabulary import Vocabulary

ROOM = 7
"""Numbers that blocks may get while the base learns."""
HALF = 4
"""Samples of a move on a problem, by which moves are chosen; as many judge the choice."""


def examples(problems: Sequence[Drawn], seed: int) -> Iterator[Example]:
    """Each problem with the plan of one procedure, which is named in three of four problems."""
    rng = Random(f"procedures {seed}")  # noqa: S311 - reproducible choices
    for each in problems:
        name = rng.choice(sorted(PROCEDURES))
        statement = (*each.words, name) if rng.random() < 0.75 else each.words
        answer, form = PROCEDURES[name](each), " ".join(each.words)
        yield Example(FAMILY.name, each.size, each.seed, form, statement, each.size, answer)


def frozen(problems: Sequence[Drawn], options: argparse.Namespace, log: EventLog) -> Model:
    """The model that nothing trains any more."""
    vocabulary = Vocabulary.of(NOTATION, more=(*PROCEDURES, *MEANINGLESS))
    shape = Shape(layers=3, width=128, heads=4, inner=344, context=192)
    model = new_model(shape, vocabulary, seed=options.seed)
    settings = SupervisedSettings(
        tokens=options.base_tokens, batch_tokens=1_024, learning_rate=2e-3, precision="float32"
    )
    return supervise(
        model,
        Mixture([(1.0, tuple(examples(problems, options.seed)))]),
        settings,
        room=ROOM,
        folder=options.out / "base",
        log=log.add,
        evaluate=lambda _model, _step: None,
        seed=options.seed,
        resume=True,
    )


def verified(played: Played) -> float:
    """The reward; raises `CriticError` where nobody could tell: it is no 0."""
    if played.reward is None:
        raise CriticError("the validator could not judge a plan")
    return played.reward


def survey(
    environment: Environment, moves: Sequence[Move], problems: Sequence[Problem], seed: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Rewards of every move on every problem, in two independent halves of ``HALF`` samples."""
    halves: list[dict[str, list[float]]] = []
    for half in range(2):
        rewards: dict[str, list[float]] = {}
        for place, move in enumerate(moves):
            sums = [0.0] * len(problems)
            for repeat in range(HALF):
                plays = [Play(problem, () if move.ends else (move,)) for problem in problems]
                drawn_seed = seed + 1000 * half + 100 * repeat + place
                for at, played in enumerate(environment.play(plays, seed=drawn_seed)):
                    sums[at] += verified(played)
            rewards[move.name] = [each / HALF for each in sums]
        halves.append(rewards)
    return halves[0], halves[1]


def headroom(halves: tuple[dict[str, list[float]], dict[str, list[float]]]) -> tuple[float, float]:
    """What one move for all, and the move that did best on each problem, bring on other samples."""
    chosen, judged = halves
    of = len(next(iter(chosen.values())))
    best = max(chosen, key=lambda name: sum(chosen[name]))
    each = [max(chosen, key=lambda name: (chosen[name][at], sum(chosen[name]))) for at in range(of)]
    return sum(judged[best]) / of, sum(judged[name][at] for at, name in enumerate(each)) / of


def table(events: Sequence[Measured]) -> None:
    """Rates with 95% intervals, a line a player."""
    for what in dict.fromkeys(event.what for event in events):
        print(f"\n{what}, of {events[0].of}; samples: {', '.join(map(str, BUDGETS))}")
        for name in dict.fromkeys(event.series for event in events):
            cells = []
            for event in events:
                if (event.what, event.series) == (what, name):
                    low, high = Proportion(event.right, event.of).interval()
                    cells.append(f"{event.right / event.of:6.1%} ({low:.1%} to {high:.1%})")
            print(f"{name:<28}{'  '.join(cells)}")


def differences(found: Mapping[str, Sequence[Course]], log: Callable[[Event], None]) -> None:
    """Each player beside plain samples, and beside one move for all, problem by problem."""
    for theirs in (PLAIN, "best move"):
        for name in found:
            for budget in BUDGETS if name not in (PLAIN, "best move") else ():
                for what in (AT_EQUAL_CALLS, AT_EQUAL_TOKENS):
                    gain, low, high = difference(found, name, theirs, budget=budget, what=what)
                    text = f"{what}, {budget} samples: {name} minus {theirs} "
                    log(Noted(STAGE, f"{text}{gain:+.3f} ({low:+.3f} to {high:+.3f})"))


def run(options: argparse.Namespace) -> None:
    """Train the base, freeze it, learn moves, compare."""
    options.out.mkdir(parents=True, exist_ok=True)
    log, seen = EventLog(options.out), set[Words]()
    stream = drawn(options.sizes, first=1_000_000 * options.seed)
    held_out = [each.problem for each in take(stream, options.held_out, seen)]
    easier = drawn(range(2, max(options.sizes) + 1), first=1_000_000 * options.seed + 500_000)
    model = frozen(take(easier, options.base_problems, seen), options, log)
    model.network.requires_grad_(False)
    to_learn = [each.problem for each in take(stream, options.learn_on, seen)]
    environment = Environment(WordBase(model, NOTATION, temperature=options.temperature), FAMILY)

    def score(moves: Sequence[Move], generation: int) -> Sequence[float]:
        some = Random(f"score {options.seed} {generation}").sample(to_learn, options.score_on)  # noqa: S311
        plays = [Play(problem, (move,)) for move in moves for problem in some]
        played = environment.play(plays, seed=options.seed + generation)
        rewards = [verified(each) for each in played]
        return [
            sum(rewards[at : at + len(some)]) / len(some)
            for at in range(0, len(rewards), len(some))
        ]

    strings = evolved(score, Evolution(seed=options.seed), keep=options.strings)
    moves = move_set(instructions=PROCEDURES, strings=[move.words for move in strings])
    halves = survey(environment, moves, to_learn[: options.survey_on], options.seed)
    for name in halves[0]:
        rates = [*halves[0][name], *halves[1][name]]
        right, of = round(sum(rates) * HALF), len(rates) * HALF
        log.add(Measured(STAGE, 0, "accepted with one move", name, right, of))
        low, high = Proportion(right, of).interval()
        print(f"{name:<24}{right / of:6.1%} ({low:.1%} to {high:.1%}), training problems")
    one, chosen = headroom(halves)
    text = f"on training problems: one move for all {one:.3f}, the best of {HALF} samples a problem"
    log.add(Noted(STAGE, f"{text} {chosen:.3f}"))
    print(f"{text} {chosen:.3f}")

    policy = MovePolicy(moves, PolicyShape(), seed=options.seed)
    lessons = Lessons(
        rounds=options.rounds, problems=256, steps=20, learning_rate=1e-3, seed=options.seed
    )
    learn(policy, environment, to_learn, lessons, log=log.add, folder=options.out)
    best = max(halves[0], key=lambda name: sum(halves[0][name]) + sum(halves[1][name]))
    best_move = [move for move in moves if move.name == best and move != ANSWER]
    players = seats(policy, puct=Puct(trust=options.trust), best_move=best_move)
    found = compared(environment, players, held_out, seed=options.seed)
    counted = list(curve(found))
    for event in counted:
        log.add(event)
    differences(found, log.add)
    table(counted)


def _sizes(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def main() -> None:
    """Read the options and run on one thread."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="a folder, made if need be")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sizes", type=_sizes, default=[4, 5, 6], metavar="N,N,…")
    parser.add_argument("--base-problems", type=int, default=12_000)
    parser.add_argument("--base-tokens", type=int, default=2_500_000)
    parser.add_argument("--learn-on", type=int, default=3_000, help="problems to learn moves on")
    parser.add_argument("--held-out", type=int, default=300)
    parser.add_argument("--survey-on", type=int, default=200)
    parser.add_argument("--score-on", type=int, default=48, help="problems a string is scored on")
    parser.add_argument("--strings", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--trust", type=float, default=1.0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    run(options)


if __name__ == "__main__":
    main()
