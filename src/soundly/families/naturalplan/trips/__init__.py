"""Trip planning: every city for its days, by direct flights."""
