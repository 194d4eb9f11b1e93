"""What decisions teach the two heads of a move policy: Q by targets, the prior by advantage."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from soundly.training.moves.lessons import Decision, Lessons
from soundly.training.moves.policy import MovePolicy


def value_loss(policy: MovePolicy, decisions: Sequence[Decision], lessons: Lessons) -> Tensor:
    """Cross-entropy between Q of the moves made and their targets, in nats."""
    target = torch.tensor([each.reward for each in decisions])  # (batch,)
    inner = [place for place, each in enumerate(decisions) if each.after]
    if inner and lessons.returns == "q-learning":
        with torch.no_grad():
            _, behind = policy(policy.batch([decisions[place].after for place in inner]))
            target[inner] = behind.sigmoid().max(-1).values
    _, value = policy(policy.batch([each.before for each in decisions]))
    made = value.gather(-1, torch.tensor([[each.move] for each in decisions])).squeeze(-1)
    return functional.binary_cross_entropy_with_logits(made, target)


def policy_loss(policy: MovePolicy, decisions: Sequence[Decision], lessons: Lessons) -> Tensor:
    """The negative of expected advantage and entropy; importance weights end at 5."""
    prior, value = policy(policy.batch([each.before for each in decisions]))
    logprobs = prior.log_softmax(-1)  # (batch, moves)
    with torch.no_grad():
        baseline = (logprobs.exp() * value.sigmoid()).sum(-1)
        advantage = torch.tensor([each.reward for each in decisions]) - baseline
    made = logprobs.gather(-1, torch.tensor([[each.move] for each in decisions])).squeeze(-1)
    drawn = torch.tensor([each.chance for each in decisions])
    weight = (made.detach().exp() / drawn).clamp(max=5.0)
    entropy = -(logprobs.exp() * logprobs).sum(-1)
    gained: Tensor = (weight * advantage * made + lessons.entropy * entropy).mean()
    return -gained
