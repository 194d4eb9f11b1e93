"""The report of a run: pictures, a page and its tables, computed from the run's events alone.

What a run says decides what is drawn:

- steps: the loss against tokens for each stage, and the reward against steps where there is one;
- a figure whose instances have sizes ("valid", "valid trace" …): its rate against size, a line for
  each series, with 95% intervals of Clopper and Pearson;
- a figure without sizes (an ablation): a bar for each series, with the same intervals;
- a note ``trained sizes 3 to 8`` (`soundly.training.notes`): what lies beyond is shaded.

A series that was measured several times in a stage is drawn as measured last; what was measured
before stands in a table of its own. Where a run went back to a checkpoint, the steps that it took
again replace the ones that were lost. Broken answers are in no rate, and counted apart.
"""
