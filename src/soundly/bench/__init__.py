"""Measuring what can be depended on: imported results, audits of critics, suites and reports."""
