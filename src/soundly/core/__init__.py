"""The vocabulary: frozen values, protocols and errors. Standard library only, no I/O."""
