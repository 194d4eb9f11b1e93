"""Models: scripted, recorded, embedded and hosted, and the wrappers for retry, limit and cache."""
