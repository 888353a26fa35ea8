"""The ledger: requirements, obligations, entries with two clocks, and the fold that tells what is true of them.

The rule is ``docs/ledger.md``.
"""
