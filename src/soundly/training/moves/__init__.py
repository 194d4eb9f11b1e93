"""Pseudo-moves: a small policy learns what to add to a frozen model's prompts."""
