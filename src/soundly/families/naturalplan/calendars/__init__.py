"""Calendar scheduling: one meeting for which everybody has time."""
