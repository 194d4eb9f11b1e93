"""Satisfiability: values for variables under which every clause has a true literal."""
