"""What reports and conferences share: results, shortcomings with causes, lessons, proposals, conclusions.

A finding has an identity, wordings that are never lost, and occasions on which it was raised. The rule is
``docs/findings.md``.
"""
