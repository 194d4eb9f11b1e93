"""Proposers of our own: solver traces as data, supervised training, verified rewards, reports."""
