"""A small language for constraint problems over whole numbers: values, strict reader, solver."""
