"""The report of a run: its results and traces as tables, pictures, a page and files of data.

Every number stands on sessions, and leads to their ids. Sessions in which a part broke or a call
was refused say nothing of an answer: they are in no rate, and counted apart. Intervals are 95%,
Clopper and Pearson's for shares and the percentile bootstrap's over sessions for costs.
"""
