"""The command line: one file a command, and the only part of Soundly that prints."""
