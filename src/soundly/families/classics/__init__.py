"""Well-known puzzles, and twins of them in which the fact behind the famous answer is changed."""
