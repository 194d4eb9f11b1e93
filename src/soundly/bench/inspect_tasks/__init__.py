"""Our families as Inspect tasks, our critics as Inspect scorers, our strategies as its solvers.

For `inspect_ai` 0.3.285 and later. It is imported here and nowhere else in the package.
"""
