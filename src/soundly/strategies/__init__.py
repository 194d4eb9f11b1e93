"""Algorithms that spend a budget in search of an accepted candidate: one file each."""
