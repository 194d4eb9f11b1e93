"""Graph colouring: each vertex one of k colours, no edge with one colour at both ends."""
