"""Intervals for what was counted, for benches and training runs alike."""
