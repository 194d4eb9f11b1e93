"""Code that is not ours, run where it can do no harm.

A `Sandbox` runs one of our modules in bubblewrap: no network, no files but Python's own, limits on
memory, processor time, processes and file sizes, and a deadline for each call. Where bubblewrap
does not run, it refuses; nothing ever runs in our own process instead.
"""

from soundly.critics.sandbox.limits import Limits
from soundly.critics.sandbox.sandbox import Sandbox

__all__ = ["Limits", "Sandbox"]
