"""Natural Plan's own files: their problems, their answers, and their figure."""
