"""The lifecycle table of docs/ledger.md, section 3, copied out by hand for the oracle.

It is a literal of its own: nothing here is read from the document or from the fold. A test compares it with the
document cell for cell, so the document, the oracle and the fold cannot drift apart unseen.
"""

from __future__ import annotations

NO = "✗"  # no effect, flagged
STAYS = "·"  # has its effect, the state stays
REMEMBERED = "M"  # back to the remembered state

STATES = {
    "AB": "absent",
    "NS": "not_started",
    "ND": "no_published_data",
    "IP": "in_progress",
    "SU": "submitted",
    "AC": "awaiting_confirmation",
    "DO": "done",
    "RE": "returned",
    "SP": "suspended",
    "WA": "waived",
    "SS": "superseded",
}

#                            AB NS ND IP SU AC DO RE SP WA SS
_ROWS = {
    "opened":                "NS ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗",
    "opened, published_only": "ND ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗",
    "acknowledged":          "✗  ·  NS ·  ✗  ✗  ✗  ·  ·  ✗  ✗",
    "declined":              "✗  ·  NS ·  ✗  ✗  ✗  ·  ✗  ✗  ✗",
    "reassigned":            "✗  ·  ·  ·  ·  ✗  ✗  ·  ·  ✗  ✗",
    "responded":             "✗  ·  NS ·  ✗  ✗  ✗  ·  ✗  ✗  ✗",
    "responded, closing":    "✗  DO DO DO DO DO ✗  DO ✗  ✗  ✗",
    "responded, claiming":   "✗  AC AC AC AC ✗  ✗  AC ✗  ✗  ✗",
    "started":               "✗  IP IP ✗  ✗  ✗  ✗  IP ✗  ✗  ✗",
    "noted":                 "✗  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·",
    "handed":                "✗  ·  NS ·  ✗  ✗  ✗  ·  ✗  ✗  ✗",
    "submitted":             "✗  SU SU SU ✗  ✗  ✗  SU ✗  ✗  ✗",
    "issued, closing":       "✗  DO DO DO DO DO ✗  DO ✗  ✗  ✗",
    "issued, claiming":      "✗  AC AC AC AC ✗  ✗  AC ✗  ✗  ✗",
    "claimed, closing":      "✗  DO DO DO DO DO ✗  DO ✗  ✗  ✗",
    "claimed, claiming":     "✗  AC AC AC AC ✗  ✗  AC ✗  ✗  ✗",
    "accepted":              "✗  ✗  ✗  ✗  ✗  DO ·  ✗  ✗  ✗  ✗",
    "accepted, without paper": "✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗",
    "returned":              "✗  ✗  ✗  ✗  RE RE RE ✗  ✗  ✗  ✗",
    "verified":              "✗  ✗  ✗  ✗  ✗  ·  ·  ✗  ✗  ✗  ✗",
    "reversed":              "✗  ✗  ✗  ✗  ✗  ✗  IP ✗  ✗  ✗  ✗",
    "extension_asked":       "✗  ·  ·  ·  ·  ✗  ✗  ·  ·  ✗  ✗",
    "extended":              "✗  ·  ·  ·  ·  ·  ✗  ·  ·  ✗  ✗",
    "extended, without a date": "✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗  ✗",
    "suspended":             "✗  SP SP SP SP SP ✗  SP ✗  ✗  ✗",
    "waived":                "✗  WA WA WA WA WA ✗  WA WA ✗  ✗",
    "transferred":           "✗  ·  ·  ·  ·  ·  ·  ·  ·  ·  ·",
    "superseded":            "✗  SS SS SS SS SS ✗  SS SS ✗  ✗",
    "reopened":              "✗  ✗  ✗  ✗  ✗  ✗  IP ✗  M  M  ✗",
}  # fmt: skip

LIFECYCLE: dict[str, dict[str, str]] = {
    row: dict(zip(STATES, codes.split(), strict=True)) for row, codes in _ROWS.items()
}

# Section 5: whose the clock is in a state, when an entry changes the state to it.
HOLDER_OF_STATE = {
    "NS": "lead",
    "ND": "lead",
    "IP": "lead",
    "RE": "lead",
    "SU": "deciding_body",
    "AC": "confirmer",
    "DO": "nobody",
    "SP": "nobody",
    "WA": "nobody",
    "SS": "nobody",
}

# Section 7: from the least advanced on. WA and SS are left out before anything is compared.
ADVANCE = ("RE", "ND", "NS", "IP", "SU", "AC", "SP", "DO")
