"""Review conferences: prepared, run and followed up. Everything known of one is a fold of its own book of events.

The rule is ``docs/conferences.md``.
"""
