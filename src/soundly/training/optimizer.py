"""Muon for the matrices between the layers, Adam for embeddings and norms.

Muon makes the update of a matrix orthogonal (Jordan et al., "Muon: an optimizer for hidden
layers in neural networks", 2024). For the small models here it reached with a third of the tokens
what Adam did not reach at all, see ``experiments/LOG.md``.
"""

from __future__ import annotations

from typing import Any

import torch

from soundly.training.supervised_settings import SupervisedSettings


class Optimizer:
    """Both, stepped together at a part of their full rates."""

    def __init__(self, network: Any, settings: SupervisedSettings) -> None:  # noqa: ANN401 - torch
        hidden = [
            parameter
            for name, parameter in network.named_parameters()
            if parameter.ndim == 2 and "embed" not in name
        ]
        inner = {id(parameter) for parameter in hidden}
        others = [each for each in network.parameters() if id(each) not in inner]
        self._settings = settings
        self._muon = torch.optim.Muon(
            hidden, lr=settings.learning_rate, weight_decay=settings.weight_decay
        )
        self._adam = torch.optim.AdamW(
            others, lr=settings.embedding_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True
        )

    def forget_gradients(self) -> None:
        """Before every backward pass."""
        self._muon.zero_grad(set_to_none=True)
        self._adam.zero_grad(set_to_none=True)

    def step(self, schedule: float) -> None:
        """One step at this part, from 0 to 1, of the full rates."""
        for group in self._muon.param_groups:
            group["lr"] = self._settings.learning_rate * schedule
        for group in self._adam.param_groups:
            group["lr"] = self._settings.embedding_rate * schedule
        self._muon.step()  # type: ignore[no-untyped-call]
        self._adam.step()

    def state(self) -> dict[str, Any]:
        """What `take_up` needs to go on as if nothing had happened."""
        return {"muon": self._muon.state_dict(), "adam": self._adam.state_dict()}

    def take_up(self, state: dict[str, Any]) -> None:
        """Go on from a state; raises `ValueError` or `KeyError` for one of another network."""
        self._muon.load_state_dict(state["muon"])
        self._adam.load_state_dict(state["adam"])
