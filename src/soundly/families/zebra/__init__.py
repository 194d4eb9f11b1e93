"""Logic grid puzzles: who lives in which house, from clues that leave one answer."""
