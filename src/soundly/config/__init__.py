"""The composition root: the only place that turns names into objects."""
