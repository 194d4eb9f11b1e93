"""A run's sessions in the forms of other tools.

Each session becomes one sample: what the model was first shown, what it answered last, and what
came of it. What broke or was refused is left without a score, never scored as wrong. What nobody
knows to be right or wrong is told apart from both.
"""
