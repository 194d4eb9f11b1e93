"""n-queens: a queen in each row of a board, so that none attacks another."""
