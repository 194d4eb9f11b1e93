"""Tasks of one difficulty whose texts, rules or numbers are common or rare in what models read."""
