"""The schema's history. A migration that was released is never changed: the next one mends it."""
