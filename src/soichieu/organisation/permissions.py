"""The one rule of who may see and do what, answered in bulk. ``docs/permissions.md`` holds it as a table under test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from soichieu.organisation.askers import Asker, NotAllowed
from soichieu.organisation.columns import LINES, Bools, Columns, Ints, columns, moment_number
from soichieu.organisation.kinds import Role, Standing
from soichieu.organisation.models import Post
from soichieu.organisation.tree import alive_at, check_line, is_heir, lines_from, parents_at, sight_at

# --- The table -------------------------------------------------------------------------------------------------------

# Where the asker's unit must stand towards the matter.
ASSIGNER = "assigner"  # it gave the task, and the holder stands under it on the directive's line
HOLDER = "holder"  # it holds the task
COOPERATOR = "cooperator"  # it was named to help
DECIDER = "decider"  # it decides or issues the product
CHECKER = "checker"  # it sees the holder and is neither the holder nor under it
SELF = "self"  # the matter is its own unit's
OVER = "over"  # the matter's unit is in its subtree, itself included

R = Role
DOERS = frozenset({R.STAFF_OFFICER, R.HEAD, R.DEPUTY})
SEEING = frozenset(set(Role) - {R.ADMINISTRATOR})
_ASSIGNER_ACTS = (
    *("opened", "reassigned", "transferred", "extended", "suspended", "waived", "superseded", "reopened"),
    *("accepted", "returned", "reversed"),
)
_DOER_ACTS = (
    *("acknowledged", "declined", "responded", "started", "noted", "handed", "submitted"),
    *("claimed", "extension_asked"),
)

# act → the ways in which it is allowed: (where the asker's unit stands, on which roles)
GRANTS: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    **{act: ((ASSIGNER, frozenset({R.STEERING_OFFICE})),) for act in _ASSIGNER_ACTS},
    **dict.fromkeys(_DOER_ACTS, ((HOLDER, DOERS),)),
    "handed": ((HOLDER, DOERS), (COOPERATOR, DOERS)),
    "issued": ((HOLDER, DOERS | {R.RECORDS_CLERK}), (DECIDER, DOERS | {R.RECORDS_CLERK})),
    "verified": ((CHECKER, frozenset({R.VERIFIER})),),
    "register_document": ((SELF, frozenset({R.RECORDS_CLERK, R.STEERING_OFFICE, R.STAFF_OFFICER, R.HEAD})),),
    "mend_reading": ((SELF, frozenset({R.RECORDS_CLERK, R.STEERING_OFFICE, R.STAFF_OFFICER})),),
    "confirm_requirement": ((ASSIGNER, frozenset({R.STEERING_OFFICE})),),
    "open_directive": ((ASSIGNER, frozenset({R.STEERING_OFFICE})),),
    "open_book": ((ASSIGNER, frozenset({R.STEERING_OFFICE})),),
    "register_plan": ((SELF, DOERS | {R.RECORDS_CLERK}),),
    "write_plan": ((SELF, DOERS | {R.RECORDS_CLERK}),),
    "judge_plan": ((SELF, DOERS),),
    "return_plan": ((OVER, frozenset({R.STEERING_OFFICE, R.HEAD, R.DEPUTY})),),
    "approve_plan": ((OVER, frozenset({R.STEERING_OFFICE, R.HEAD, R.DEPUTY, R.RECORDS_CLERK})),),
    "decide_link": ((SELF, DOERS),),
    "ask_question": ((SELF, DOERS),),
    "answer_question": ((OVER, frozenset({R.STEERING_OFFICE})),),
    "write_finding": ((SELF, DOERS | {R.STEERING_OFFICE, R.RECORDS_CLERK}),),
    "conclude": ((SELF, frozenset({R.HEAD, R.DEPUTY, R.STEERING_OFFICE})),),
    "answer_proposal": ((SELF, DOERS | {R.STEERING_OFFICE}),),
    "prepare_conference": ((SELF, frozenset({R.STEERING_OFFICE, R.STAFF_OFFICER, R.RECORDS_CLERK, R.HEAD, R.DEPUTY})),),
    "run_conference": ((SELF, frozenset({R.STEERING_OFFICE, R.HEAD, R.DEPUTY})),),
    "answer_for_site": ((SELF, DOERS | {R.RECORDS_CLERK, R.STEERING_OFFICE}),),
    "learn_weights": ((OVER, frozenset({R.ADMINISTRATOR})),),
    "confirm_succession": ((OVER, frozenset({R.STEERING_OFFICE})),),
    "view_unit": ((OVER, SEEING),),
    "view_book": ((OVER, SEEING),),
    "manage_accounts": ((OVER, frozenset({R.ADMINISTRATOR})),),
    "import_units": ((OVER, frozenset({R.ADMINISTRATOR})),),
}
# A line is voided by the side that may write such a line.
VOIDABLE: tuple[str, ...] = (*_ASSIGNER_ACTS, *_DOER_ACTS, "issued", "verified")
LEDGER_ACTS: tuple[str, ...] = (*VOIDABLE, "voided")
ROOM_VERBS: tuple[str, ...] = tuple(act for act in GRANTS if act not in VOIDABLE)
ACTS: tuple[str, ...] = (*LEDGER_ACTS, *ROOM_VERBS)


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, and why or why not, in words for the asker. ``rule`` names the row that decided."""

    allowed: bool
    reason: str
    rule: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise NotAllowed with the reason unless the act is allowed."""
        if not self.allowed:
            raise NotAllowed(self.reason)


@dataclass(frozen=True)
class Claimant:
    """Whose claim it was: the person, the post, and the post on whose behalf it was written."""

    person_id: int | None
    post_ids: Collection[int | None]

    def is_of(self, asker: Asker) -> bool:
        """Whether the asker wrote it or had it written, on whichever post they ask now."""
        posts = {asker.post_id, asker.on_behalf_of_id} & set(self.post_ids) - {None}
        return bool(posts) or (self.person_id is not None and self.person_id == asker.person_id)


# --- Where a unit stands ---------------------------------------------------------------------------------------------


def _counterparts(of: Columns, on: dt.date) -> Ints:
    def make() -> Ints:
        other = np.full(of.ids.size, -1, np.int64)
        rows = of.counterparts.at(on.toordinal(), moment_number(None))
        if rows.size:
            other[of.counterparts.subject[rows]] = of.counterparts.values["counterpart"][rows].astype(np.int64)
        return other

    return of.remembered(("counterparts", on), make)


def house(of: Columns, at: int, on: dt.date) -> Ints:
    """A unit and its counterparts (party committee and authority: same house, same people), by position."""
    if at < 0:
        return np.empty(0, np.int64)
    other = _counterparts(of, on)
    mates = np.flatnonzero(other == at)
    if other[at] >= 0:
        mates = np.append(mates, other[at])
    return np.unique(np.append(mates, at))


def _stand_in(of: Columns, at: int, on: dt.date, line: str | None) -> int:
    """Who answers for a unit that has ended: its confirmed main heir, else the superior it last had."""
    alive = alive_at(of, on)
    today = on.toordinal()
    for _step in range(64):
        if at < 0 or alive.row[at] < 0 or alive.alive[at]:
            return at
        heirs = [
            new
            for new, day, main, _share, status in of.steps_from(moment_number(None)).get(at, ())
            if main and status == Standing.CONFIRMED and is_heir(of, alive, at, day, today)
        ]
        if heirs:
            at = heirs[0]
            continue
        above = [parents_at(of, name, on)[at] for name in lines_from(line)]
        at = int(next((parent for parent in above if parent >= 0), -1))
    return -1


def _roots(of: Columns, unit_id: int, on: dt.date) -> Ints:
    """From where an asker looks down on a day: its unit's house; of a unit not yet begun, what went into it."""
    roots: list[int] = []
    alive = alive_at(of, on)
    heirs = of.heirs(moment_number(None))
    waiting = list(house(of, of.position(unit_id), on))
    seen: set[int] = set()
    while waiting:
        at = int(waiting.pop())
        if at in seen:
            continue
        seen.add(at)
        roots.append(at)
        if alive.row[at] < 0:
            waiting += [old for old, new, _d, _m, _s, status in heirs if new == at and status == Standing.CONFIRMED]
    return np.array(sorted(roots), np.int64)


def _below(of: Columns, roots: Ints, on: dt.date, line: str | None) -> Bools:
    """Which units stand in the subtrees of the roots, themselves included, on one line or on any."""
    found = np.zeros(of.ids.size, bool)
    found[roots] = True
    for name in [check_line(line)] if line else LINES:
        tree = sight_at(name, on, of)
        for root in roots:
            found[tree.within(int(root))] = True
    return found


def visible_units(asker: Asker, *, on: dt.date, line: str | None = None) -> Ints | None:
    """The units whose obligations an asker sees, as sorted ids; None means all of them.

    ``line`` is the directive's line; without it any line counts. The units are those that stand under the asker's on
    ``on``, and those that ended before it and whose work came down to them. Pass today, also for an older board:
    whoever answers today sees what was. (DESIGN §4, "Who sees what")
    """
    if asker.operator:
        return None
    of = columns()
    at = of.position(asker.unit_id) if asker.unit_id is not None else -1
    if at < 0 or not asker.roles & SEEING:
        return np.empty(0, np.int64)

    def make() -> Ints:
        return of.ids[_below(of, _roots(of, int(of.ids[at]), on), on, line)]

    return of.remembered(("visible", at, on, line), make)


# --- What may be done ------------------------------------------------------------------------------------------------


def may(
    asker: Asker,
    act: str,
    *,
    on: dt.date,
    holder_id: int | None = None,
    issuer_id: int | None = None,
    line: str | None = None,
    decider_id: int | None = None,
    cooperator_ids: Collection[int] = (),
    claim: Claimant | None = None,
    target_act: str | None = None,
) -> Verdict:
    """Whether the asker may do an act on a day, with the reason.

    ``holder_id`` is the unit that the matter concerns: the holder of the obligation, or for room verbs the unit whose
    register, book, account or sheet it is. ``issuer_id`` is the unit that gave the task: the issuer, or for a document
    from outside the tree the unit that registered it and assigns from it. Absent, the holder stands for it, and absent
    both the asker's own unit. ``claim`` is who wrote the claim that a verification would check;
    ``target_act`` is the kind of the line to be voided (absent: of any).
    """
    if act not in ACTS:
        raise ValueError(f"there is no act {act!r}; the acts are {', '.join(ACTS)}")
    if asker.operator:
        return Verdict(True, _("the operator of the instance reads and writes everything, and is recorded"), "operator")
    if asker.unit_id is None or asker.post_id is None:
        return Verdict(False, _("only someone on a post may do this"), "no_post")
    own = asker.unit_id
    holder = holder_id if holder_id is not None else own
    issuer = issuer_id if issuer_id is not None else holder
    arrays = (np.array([holder], np.int64), np.array([issuer], np.int64))
    verdicts = [_by_grant(asker, way, arrays, on, line, decider_id, cooperator_ids) for way in _ways(act, target_act)]
    allowed = [way for way, (stands, role) in zip(_ways(act, target_act), verdicts, strict=True) if role and stands[0]]
    if not allowed:
        return _refusal(asker, act, target_act, verdicts)
    independent = [way for way in allowed if way[0] != CHECKER]
    if not independent and act != "voided" and claim is not None and claim.is_of(asker):
        return Verdict(False, _("whoever reported it done does not verify it"), "own_claim")
    return Verdict(True, _("allowed to the roles of your post"), allowed[0][0])


def may_many(
    asker: Asker,
    act: str,
    *,
    holder_ids: Sequence[int] | Ints,
    issuer_ids: Sequence[int] | Ints | int,
    line: str | None = None,
    on: dt.date,
    target_act: str | None = None,
) -> Bools:
    """``may`` for many obligations at once: one truth value each. Whose claim it was is left to ``may``."""
    if act not in ACTS:
        raise ValueError(f"there is no act {act!r}; the acts are {', '.join(ACTS)}")
    holders = np.asarray(holder_ids, np.int64)
    issuers = np.broadcast_to(np.asarray(issuer_ids, np.int64), holders.shape)
    if asker.operator:
        return np.ones(holders.size, bool)
    allowed = np.zeros(holders.size, bool)
    if asker.unit_id is None or asker.post_id is None:
        return allowed
    for way in _ways(act, target_act):
        stands, role = _by_grant(asker, way, (holders, issuers), on, line, None, ())
        if role:
            allowed |= stands
    return allowed


def _ways(act: str, target_act: str | None) -> tuple[tuple[str, frozenset[str]], ...]:
    if act != "voided":
        return GRANTS[act]
    if target_act is not None:
        if target_act not in VOIDABLE:
            raise ValueError(f"a line of kind {target_act!r} is not voided")
        return GRANTS[target_act]
    return tuple(dict.fromkeys(way for kind in VOIDABLE for way in GRANTS[kind]))


def _by_grant(
    asker: Asker,
    way: tuple[str, frozenset[str]],
    matter: tuple[Ints, Ints],
    on: dt.date,
    line: str | None,
    decider_id: int | None,
    cooperator_ids: Collection[int],
) -> tuple[Bools, bool]:
    """Where the asker's unit stands towards each matter as one way of being allowed asks, and whether a role fits."""
    side, roles = way
    of = columns()
    holders, issuers = matter
    nobody = np.zeros(holders.size, bool)
    if not asker.roles & roles:
        return nobody, False
    own = of.position(asker.unit_id or 0)
    if own < 0:
        return nobody, True
    mine = np.zeros(of.ids.size, bool)
    mine[house(of, own, on)] = True
    if side == COOPERATOR:
        return np.full(holders.size, any(_is_mine(of, mine, unit, on, line) for unit in cooperator_ids)), True
    if side == DECIDER:
        return np.full(holders.size, decider_id is not None and _is_mine(of, mine, decider_id, on, line)), True
    if side in (HOLDER, SELF):
        return _each(holders, lambda unit: _is_mine(of, mine, unit, on, line)), True
    below = _below(of, _roots(of, int(of.ids[own]), on), on, line)
    under = _lookup(of, below, holders)
    if side == OVER:
        return under, True
    if side == ASSIGNER:
        return under & _each(issuers, lambda unit: _is_mine(of, mine, unit, on, line)), True
    if side == CHECKER:
        # Neither the doer's unit (its house, and for an ended one whoever stands in for it) nor anything under it; and
        # who acts for a verifier is no doer either, on the post that is his own.
        hands = {own, _hand(of, asker)} - {-1}
        return under & ~_each(holders, lambda unit: any(_doer_is(of, hand, unit, on, line) for hand in hands)), True
    raise ValueError(f"the table of permissions names an unknown side {side!r}")


def _each(units: Ints, test: object) -> Bools:
    assert callable(test)
    distinct, inverse = np.unique(units, return_inverse=True)
    return np.array([bool(test(int(unit))) for unit in distinct], bool)[inverse.reshape(-1)]


def _lookup(of: Columns, flags: Bools, units: Ints) -> Bools:
    at = of.positions(units)
    if flags.size == 0:
        return np.zeros(units.size, bool)
    return (at >= 0) & flags[np.maximum(at, 0)]


def _is_mine(of: Columns, mine: Bools, unit_id: int, on: dt.date, line: str | None) -> bool:
    at = of.position(unit_id)
    return at >= 0 and bool(mine[at] or ((stand := _stand_in(of, at, on, line)) >= 0 and mine[stand]))


def _doer_is(of: Columns, own: int, holder_id: int, on: dt.date, line: str | None) -> bool:
    """Whether the asker's unit is the holder's house or stands under it."""
    at = of.position(holder_id)
    if at < 0:
        return False
    doers = np.union1d(house(of, at, on), house(of, _stand_in(of, at, on, line), on)).astype(np.int64)
    return bool(_below(of, doers, on, line)[own])


def _hand(of: Columns, asker: Asker) -> int:
    """The unit of the post that writes, where it writes on behalf of another and is not the asker's; -1 otherwise."""
    if asker.on_behalf_of_id is None:
        return -1
    return of.position(Post.objects.values_list("unit_id", flat=True).get(pk=asker.post_id or 0))


def _refusal(asker: Asker, act: str, target_act: str | None, verdicts: list[tuple[Bools, bool]]) -> Verdict:
    if not any(role for _stands, role in verdicts):
        roles = sorted({Role(role).label for _side, roles in _ways(act, target_act) for role in roles}, key=str)
        words = _("this needs one of these roles on your post: %(roles)s") % {"roles": ", ".join(map(str, roles))}
        words = _("this needs one of these roles on your post: %(roles)s") % {"roles": ", ".join(map(str, roles))}
        return Verdict(False, words, "role")
    sides = {side for side, roles in _ways(act, target_act) if asker.roles & roles}
    if ASSIGNER in sides:
        reason = _("only the steering office of the unit that gave the task may do this, within its own subtree")
    elif CHECKER in sides:
        reason = _("a verifier checks units under its own, and never its own unit or a unit it belongs to")
    elif sides & {HOLDER, COOPERATOR, DECIDER}:
        reason = _("only the unit that holds the task may do this")
    elif SELF in sides:
        reason = _("this belongs to another unit")
    else:
        reason = _("this unit is outside your subtree")
    return Verdict(False, reason, "place")
