"""A session as people watch it: its story is a pure function of the trace, told to a terminal."""
