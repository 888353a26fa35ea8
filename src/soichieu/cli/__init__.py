"""The command line: one module per family of commands, each calling what the pages call."""
