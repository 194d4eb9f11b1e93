"""Runs of suites: every cell once, whatever interrupts, and what came of it."""
