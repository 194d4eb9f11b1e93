"""Meeting planning: as many friends as possible in one day."""
