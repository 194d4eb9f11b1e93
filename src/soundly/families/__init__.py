"""Problem families: one folder each, none importing another."""
