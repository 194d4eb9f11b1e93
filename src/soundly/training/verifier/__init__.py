"""A learned verifier: tells right answers from near misses, and is sometimes wrong."""
