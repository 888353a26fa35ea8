"""The table of ``docs/ledger.md`` as arrays. A test holds every cell against the document; the fold reads them at
each call."""

from __future__ import annotations

import numpy as np

from soichieu.ledger.fold.states import AC, DO, IP, ND, NS, RE, SP, SS, SU, WA

STAY, NO_EFFECT, REMEMBERED = -1, -2, -3

STATES = ("AB", "NS", "ND", "IP", "SU", "AC", "DO", "RE", "SP", "WA", "SS")

_ = STAY
X = NO_EFFECT
M = REMEMBERED

# fmt: off
_TABLE: dict[str, tuple[int, ...]] = {
    #                           AB  NS  ND  IP  SU  AC  DO  RE  SP  WA  SS
    "opened":                  (NS, X,  X,  X,  X,  X,  X,  X,  X,  X,  X),
    "opened, published_only":  (ND, X,  X,  X,  X,  X,  X,  X,  X,  X,  X),
    "acknowledged":            (X,  _,  NS, _,  X,  X,  X,  _,  _,  X,  X),
    "declined":                (X,  _,  NS, _,  X,  X,  X,  _,  X,  X,  X),
    "reassigned":              (X,  _,  _,  _,  _,  X,  X,  _,  _,  X,  X),
    "responded":               (X,  _,  NS, _,  X,  X,  X,  _,  X,  X,  X),
    "responded, closing":      (X,  DO, DO, DO, DO, DO, X,  DO, X,  X,  X),
    "responded, claiming":     (X,  AC, AC, AC, AC, X,  X,  AC, X,  X,  X),
    "started":                 (X,  IP, IP, X,  X,  X,  X,  IP, X,  X,  X),
    "noted":                   (X,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
    "handed":                  (X,  _,  NS, _,  X,  X,  X,  _,  X,  X,  X),
    "submitted":               (X,  SU, SU, SU, X,  X,  X,  SU, X,  X,  X),
    "issued, closing":         (X,  DO, DO, DO, DO, DO, X,  DO, X,  X,  X),
    "issued, claiming":        (X,  AC, AC, AC, AC, X,  X,  AC, X,  X,  X),
    "claimed, closing":        (X,  DO, DO, DO, DO, DO, X,  DO, X,  X,  X),
    "claimed, claiming":       (X,  AC, AC, AC, AC, X,  X,  AC, X,  X,  X),
    "accepted":                (X,  X,  X,  X,  X,  DO, _,  X,  X,  X,  X),
    "accepted, without paper": (X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X),
    "returned":                (X,  X,  X,  X,  RE, RE, RE, X,  X,  X,  X),
    "verified":                (X,  X,  X,  X,  X,  _,  _,  X,  X,  X,  X),
    "reversed":                (X,  X,  X,  X,  X,  X,  IP, X,  X,  X,  X),
    "extension_asked":         (X,  _,  _,  _,  _,  X,  X,  _,  _,  X,  X),
    "extended":                (X,  _,  _,  _,  _,  _,  X,  _,  _,  X,  X),
    "extended, without a date":(X,  X,  X,  X,  X,  X,  X,  X,  X,  X,  X),
    "suspended":               (X,  SP, SP, SP, SP, SP, X,  SP, X,  X,  X),
    "waived":                  (X,  WA, WA, WA, WA, WA, X,  WA, WA, X,  X),
    "transferred":             (X,  _,  _,  _,  _,  _,  _,  _,  _,  _,  _),
    "superseded":              (X,  SS, SS, SS, SS, SS, X,  SS, SS, X,  X),
    "reopened":                (X,  X,  X,  X,  X,  X,  IP, X,  M,  M,  X),
}
# fmt: on

ROWS: tuple[str, ...] = tuple(_TABLE)
ROW = {name: number for number, name in enumerate(ROWS)}
LIFECYCLE: np.ndarray = np.array([_TABLE[row] for row in ROWS], dtype=np.int8)
VOIDED_ROW = -1

# What an entry with effect changes beside the lifecycle (docs/ledger.md sections 4 and 5), as bits.
(
    OPENS,
    SETS_HOLDER,
    CLAIMS,
    IS_DIRECT,
    ACCEPTS,
    VERIFIES,
    UNCLAIMS,
    REVERSES,
    REOPENS,
    SETS_DEADLINE,
    ASKS_DECLINE,
    ASKS_EXTENSION,
    ANSWERS,
    HANDS,
    TO_LEAD,
    REMEMBERS,
) = (1 << bit for bit in range(16))

_EFFECTS = {
    "opened": OPENS,
    "opened, published_only": OPENS,
    "acknowledged": ANSWERS,
    "declined": ASKS_DECLINE,
    "reassigned": SETS_HOLDER | ANSWERS | TO_LEAD,
    "responded, closing": CLAIMS | IS_DIRECT,
    "responded, claiming": CLAIMS | IS_DIRECT,
    "handed": HANDS,
    "issued, closing": CLAIMS,
    "issued, claiming": CLAIMS,
    "claimed, closing": CLAIMS,
    "claimed, claiming": CLAIMS,
    "accepted": ACCEPTS,
    "returned": UNCLAIMS | SETS_DEADLINE | ANSWERS,
    "verified": VERIFIES,
    "reversed": UNCLAIMS | REVERSES,
    "extension_asked": ASKS_EXTENSION,
    "extended": SETS_DEADLINE | ANSWERS,
    "suspended": ANSWERS | REMEMBERS,
    "waived": ANSWERS | REMEMBERS,
    "transferred": SETS_HOLDER,
    "superseded": ANSWERS,
    "reopened": REOPENS,
}
EFFECTS: np.ndarray = np.array([_EFFECTS.get(row, 0) for row in ROWS], dtype=np.int32)


def rows_of(
    kind: np.ndarray,
    choice: np.ndarray,
    paper: np.ndarray,
    dated: np.ndarray,
    closing: np.ndarray,
    concrete: np.ndarray,
) -> np.ndarray:
    """The row of the table that each entry takes (``docs/ledger.md`` section 3, *Which row an entry takes*).

    All arrays have one element an entry: ``kind`` and ``choice`` as codes (:data:`KINDS`, ``states.CHOICES``),
    ``paper`` and
    ``dated`` (has a deadline) as bool, ``closing`` and ``concrete`` (ladder *made concrete*) of its requirement.
    """
    plain = np.array([ROW.get(name, VOIDED_ROW) for name in KINDS], dtype=np.int8)
    rows = plain[kind]

    def put(where: np.ndarray, name: str) -> None:
        rows[where] = ROW[name]

    of = {name: kind == code for code, name in enumerate(KINDS)}
    put(of["opened"] & (choice == PUBLISHED_ONLY), "opened, published_only")
    for name, code in (("issued", CLOSING_ISSUED), ("claimed", CLOSING_CLAIMED)):
        closes = paper & (closing == code)
        put(of[name] & closes, name + ", closing")
        put(of[name] & ~closes, name + ", claiming")
    directly = of["responded"] & (choice == DIRECTLY) & concrete & (closing == CLOSING_ISSUED)
    put(directly & paper, "responded, closing")
    put(directly & ~paper, "responded, claiming")
    put(of["accepted"] & ~paper, "accepted, without paper")
    put(of["extended"] & ~dated, "extended, without a date")
    return rows


# The commonest first: the loader finds a kind's code by going through them in this order.
KINDS = (
    "opened",
    "claimed",
    "accepted",
    "issued",
    "transferred",
    "started",
    "verified",
    "acknowledged",
    "responded",
    "noted",
    "handed",
    "submitted",
    "returned",
    "extended",
    "extension_asked",
    "reversed",
    "voided",
    "declined",
    "reassigned",
    "suspended",
    "waived",
    "superseded",
    "reopened",
)
CLOSINGS = ("issued", "claimed", "accepted")
CLOSING_ISSUED, CLOSING_CLAIMED, CLOSING_ACCEPTED = range(3)
PUBLISHED_ONLY, DIRECTLY = 1, 4
