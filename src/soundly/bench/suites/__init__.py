"""Suites: grids of problems, models and strategies, written in TOML."""
