"""Critics that work for any family."""
