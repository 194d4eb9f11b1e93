"""Formal languages in JSON into which a model can translate a problem."""
