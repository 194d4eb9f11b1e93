"""`solve`: connects strategy, generator, critic and budget, and decides how a session ended."""

from soundly.engine.solve import solve

__all__ = ["solve"]
