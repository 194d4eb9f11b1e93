"""Data sets of reasoning-gym as problems, judged by their own scorers in the sandbox."""
