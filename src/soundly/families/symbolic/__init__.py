"""Symbolic tasks: letters of words, a coin that is flipped, a chain of one-digit arithmetic."""
