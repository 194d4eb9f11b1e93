"""Reference solvers behind one protocol. Each runs in a process of its own that can be killed."""
