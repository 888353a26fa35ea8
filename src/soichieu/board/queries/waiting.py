"""What waits today for whoever asks, and whose clock is running: the queues of *My work*.

Each task stands in the first queue that fits it and that the asker's roles open; nothing is counted twice in one side's
queues. Queues are arrays of rows of the fold; only the rows that a page shows are made.
"""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.urls import reverse

from soichieu.board import links
from soichieu.board.queries.access import asker_scope
from soichieu.board.queries.before_tasks import before_tasks
from soichieu.board.queries.queues import Queue, by_code, of_rooms, queues
from soichieu.ledger import clock
from soichieu.ledger.commands.acts import issuer_of
from soichieu.ledger.fold import Answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb
from soichieu.ledger.fold.columns import from_day, to_day
from soichieu.ledger.kinds import Kind
from soichieu.ledger.models import Chain, Entry, Requirement
from soichieu.ledger.queries import Question, heirs_to_be_named, visible_mask
from soichieu.ledger.sources import closing_page
from soichieu.organisation import permissions
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import columns as organisation_columns
from soichieu.organisation.kinds import Role
from soichieu.organisation.names import name_of

DOERS = permissions.DOERS
OPEN = (st.NS, st.ND, st.IP, st.RE)


@dataclass
class Waiting:
    """The queues of one asker on one day. ``queues``: code → rows of the fold; ``beside``: rows that are no tasks."""

    answer: Answer
    chains: dict[int, Chain]
    queues: dict[str, np.ndarray]
    beside: dict[str, list[dict[str, Any]]]
    seen: np.ndarray | None

    def many(self, code: str) -> int:
        return len(self.queues.get(code, ())) + len(self.beside.get(code, ()))

    @property
    def counts(self) -> list[tuple[Queue, int]]:
        """Every queue in which something stands, in order."""
        return [(queue, self.many(queue.code)) for queue in queues() if self.many(queue.code)]

    @property
    def pressing(self) -> int:
        """How much waits for the asker: everything but what is only in hand or with somebody else."""
        return sum(many for queue, many in self.counts if queue.waits)

    def rows(
        self, codes: Iterable[str] = (), *, only: np.ndarray | None = None, most: int | None = None
    ) -> list[dict[str, Any]]:
        """Rows of some queues (all), the most pressing first. ``only``: of these rows; ``most``: of each."""
        wanted = set(codes) or set(by_code())
        out: list[dict[str, Any]] = []
        chosen = []
        for queue in queues():
            if queue.code not in wanted:
                continue
            at = self.queues.get(queue.code, np.empty(0, np.int64))
            if only is not None:
                at = at[np.isin(at, only)]
            chosen.append((queue, self._ordered(at)[:most]))
        made = self._made(np.concatenate([at for _queue, at in chosen]) if chosen else np.empty(0, np.int64))
        for queue, at in chosen:
            out += [{**made[int(row)], "queue": queue.code, **self._act(queue, made[int(row)])} for row in at]
            if only is None:
                out += self.beside.get(queue.code, [])[:most]
        return out

    def _ordered(self, at: np.ndarray) -> np.ndarray:
        """Returned and late first, then by deadline; equals as they stand in the book."""
        due = self.answer.current[at].astype(np.int64)
        due = np.where(due == st.NO_DAY, 2**40, due)
        claim = self.answer.claim[at].astype(np.int64)
        return at[np.lexsort((at, claim, due))]

    def _act(self, queue: Queue, row: dict[str, Any]) -> dict[str, Any]:
        """The next step of a row: its act, or the page where that is registered which alone closes it."""
        if not queue.act or not row["seen"]:
            return {"act": "", "act_url": ""}
        act = str(queue.act)
        if act in (Kind.ISSUED, Kind.CLAIMED) and row["closing"] == "issued":
            return {"act": str(Kind.ISSUED), "act_url": reverse("plans:answer", args=[row["id"]])}
        if act == Kind.ISSUED:
            act = str(Kind.CLAIMED)
        if act == Kind.CLAIMED and (page := closing_page(row["ladder"], row["closing"])) is not None:
            return {"act": "page", "step": page.label, "act_url": page.url(row["unit_id"], row["directive_id"])}
        return {"act": act, "act_url": f"{row['url']}#act-{act}"}

    def _made(self, at: np.ndarray) -> dict[int, dict[str, Any]]:
        answer, columns = self.answer, self.answer.columns
        at = np.unique(at)
        requirements = Requirement.objects.in_bulk(np.unique(columns.requirement[at]).tolist()) if len(at) else {}
        holders = {int(one) for one in answer.holder[at] if one >= 0}
        names = name_of({*holders, *columns.first_unit[at].tolist()}, answer.as_at)
        asked = last_days(answer, at, _ASKED)
        notes = self._notes(at)
        today = to_day(answer.as_at)
        out = {}
        for row in at.tolist():
            requirement = requirements[int(columns.requirement[row])]
            directive = self.chains[int(columns.chain[row])].directive
            holder = int(answer.holder[row])
            unit = holder if holder >= 0 else int(columns.first_unit[row])
            pk = int(columns.ids[row])
            with_whom = int(answer.clock_with[row])
            seen = self.seen is None or bool(self.seen[row])
            since = int(answer.claim[row]) if answer.lifecycle[row] == st.AC else asked.get(row)
            out[row] = {
                "id": pk,
                "row": row,
                "seen": seen,
                "url": links.obligation_url(pk) if seen else "",
                "unit": names[unit],
                "unit_id": unit,
                "unit_url": links.unit_url(unit),
                "code": requirement.code,
                "title": requirement.title,
                "requirement": requirement.pk,
                "closing": requirement.closing,
                "ladder": requirement.ladder,
                "directive": directive.number,
                "directive_id": directive.pk,
                "board_url": reverse("board:board", args=[directive.pk]),
                "due": from_day(answer.current[row]),
                "due0": from_day(answer.original[row]),
                "late": int(answer.late[row]) or None,
                "waits": None if since is None or since == st.NO_DAY else max(0, today - since),
                "with": "" if with_whom == st.H_NOBODY else st.HOLDERS[with_whom],
                "lifecycle": st.LIFECYCLE[answer.lifecycle[row]],
                "timeliness": st.TIMELINESS[answer.timeliness[row]],
                "verification": st.VERIFICATION[answer.verification[row]],
                "note": notes.get(pk, ""),
            }
        return out

    def _notes(self, at: np.ndarray) -> dict[int, str]:
        """What was written where something is asked or was returned: the reason of the last such line, one query."""
        answer = self.answer
        asks = at[(answer.request[at] != st.R_NONE) | (answer.lifecycle[at] == st.RE)]
        if not len(asks):
            return {}
        kinds = (Kind.EXTENSION_ASKED, Kind.DECLINED, Kind.RETURNED)
        lines = Entry.objects.filter(obligation__in=answer.columns.ids[asks].tolist(), kind__in=kinds)
        out: dict[int, str] = {}
        for line in lines.order_by("happened_on", "position"):
            out[line.obligation_id] = str(line.details.get("reason", ""))
        return out

    @cached_property
    def requirements_to_verify(self) -> list[tuple[str, str]]:
        """The requirements that stand in the queue of the verifier, for its filter."""
        at = self.queues.get("verify", np.empty(0, np.int64))
        ids = np.unique(self.answer.columns.requirement[at]).tolist()
        found = Requirement.objects.filter(pk__in=ids).select_related("directive").order_by("directive", "ordinal")
        return [(str(one.pk), f"{one.directive.number}, {one.code}: {one.title[:60]}") for one in found]

    def sample(self, many: int, seed: str, requirement: int | None = None) -> np.ndarray:
        """So many tasks of the verifier's queue drawn by a seed: the same seed on the same book draws the same ones."""
        at = self.queues.get("verify", np.empty(0, np.int64))
        if requirement is not None:
            at = at[self.answer.columns.requirement[at] == requirement]
        ids = sorted(self.answer.columns.ids[at].tolist())
        drawn = set(random.Random(seed).sample(ids, min(many, len(ids))))  # noqa: S311  # repeatable, not secret
        return at[np.isin(self.answer.columns.ids[at], sorted(drawn))]


_ASKED = ("handed", "submitted", "extension_asked", "declined", "returned")
_kept: OrderedDict[Any, Waiting] = OrderedDict()


def waiting(asker: Asker) -> Waiting:
    """What waits for the asker today, as known now; kept while neither the book nor the organisation changes."""
    answer = Question.now().answer()
    chains = {chain.pk: chain for chain in Chain.objects.select_related("directive")}
    key = (answer.columns.version, clock.today(), asker_scope(asker))
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _sorted(asker, answer, chains)
        while len(_kept) > 16:
            _kept.popitem(last=False)
    return replace(found, chains=chains, beside={**before_tasks(asker), **of_rooms(asker)})


def may_write(asker: Asker, found: Waiting, act: str, obligations: list[int]) -> bool:
    """Whether the asker may write a kind about every one of some tasks that he sees."""
    mask = np.isin(found.answer.columns.ids, obligations)
    return bool((_allowed(asker, found.answer, found.chains, act, mask) == mask).all())


def forget_waiting() -> None:
    """Let go of what this process holds (tests)."""
    _kept.clear()


def _sorted(asker: Asker, answer: Answer, chains: dict[int, Chain]) -> Waiting:
    seen = visible_mask(asker, answer)
    queues: dict[str, np.ndarray] = {}
    life = answer.lifecycle
    acting = np.ones(len(life), bool)
    parts = (answer.columns.whole >= 0) & (life != st.AB)
    acting[answer.columns.whole[parts]] = False  # a whole in parts is done by them
    taken = np.zeros(len(life), bool)

    def put(code: str, mask: np.ndarray) -> None:
        at = np.flatnonzero(mask & ~taken)
        if len(at):
            queues[code] = at
            taken[at] = True

    def given(act: str, mask: np.ndarray) -> np.ndarray:
        return _allowed(asker, answer, chains, act, mask if seen is None else mask & seen)

    if asker.roles & DOERS and not asker.operator:
        alive = acting & np.isin(life, (*OPEN, st.SU))
        held = given("started", alive | (acting & (life == st.AC)))
        mine = held & alive
        asked = _asked_of(asker, answer, chains, alive & (answer.clock_with == st.H_COOPERATOR))
        put("opinion", asked)
        head = bool(asker.roles & {Role.HEAD, Role.DEPUTY})
        at_head = mine & (answer.clock_with == st.H_OWN_HEAD)
        put("signature" if head else "elsewhere", at_head)
        elsewhere = mine & np.isin(answer.clock_with, (st.H_COOPERATOR, st.H_DECIDING_BODY, st.H_CONFIRMER))
        _add(queues, "elsewhere", elsewhere | (held & (life == st.AC)), taken)
        put("returned", mine & (life == st.RE))
        put("overdue", mine & (answer.timeliness == st.T_OVERDUE))
        put("due_soon", mine & (answer.timeliness == st.T_DUE_SOON))
        put("new", mine & np.isin(life, (st.NS, st.ND)) & ~_ever(answer, "acknowledged"))
        put("in_hand", mine)
    if asker.roles & {Role.STEERING_OFFICE} or asker.operator:
        taken[:] = False
        asks = acting & np.isin(life, (*OPEN, st.SU, st.SP)) & (answer.request != st.R_NONE)
        put("confirm", given("accepted", acting & (life == st.AC)))
        asks = given("extended", asks)
        put("extension", asks & (answer.request == st.R_EXTENSION))
        put("decline", asks & (answer.request == st.R_DECLINE))
        named = given("transferred", _heirs(asker, answer))
        if named.any():
            queues["heirs"] = np.flatnonzero(named)
    if Role.VERIFIER in asker.roles:
        taken[:] = False
        unverified = ~np.isin(answer.verification, (st.V_VERIFIED, st.V_NOT_CONFIRMED))
        candidates = acting & np.isin(life, (st.DO, st.AC)) & unverified
        put("verify", given("verified", candidates))
    if Role.RECORDS_CLERK in asker.roles:
        taken[:] = False
        ready = (life == st.SU) | (answer.clock_with == st.H_OWN_HEAD)
        put("register", given("issued", acting & np.isin(life, (*OPEN, st.SU)) & ready))
    return Waiting(answer, chains, queues, {}, seen)


def _add(queues: dict[str, np.ndarray], code: str, mask: np.ndarray, taken: np.ndarray) -> None:
    at = np.flatnonzero(mask & ~taken)
    if len(at):
        queues[code] = np.concatenate([queues.get(code, np.empty(0, np.int64)), at])
        taken[at] = True


def _allowed(asker: Asker, answer: Answer, chains: dict[int, Chain], act: str, mask: np.ndarray) -> np.ndarray:
    """Of some rows those about which the asker may write a kind: asked once for each distinct holder of a chain."""
    out = np.zeros(len(mask), bool)
    rows = np.flatnonzero(mask & (answer.holder >= 0))
    of_chain = answer.columns.chain[rows]
    for chain in np.unique(of_chain).tolist():
        here = rows[of_chain == chain]
        holders, place = np.unique(answer.holder[here], return_inverse=True)
        issuer = issuer_of(chains[chain])
        allowed = permissions.may_many(
            asker, act, holder_ids=holders.astype(np.int64),
            issuer_ids=holders.astype(np.int64) if issuer is None else issuer,
            line=chains[chain].line or None, on=clock.today(),
        )  # fmt: skip
        out[here] = allowed[place]
    return out


def _asked_of(asker: Asker, answer: Answer, chains: dict[int, Chain], mask: np.ndarray) -> np.ndarray:
    """Rows that were last handed to the asker's own house for an opinion."""
    out = np.zeros(len(mask), bool)
    of = organisation_columns()
    house = set(of.ids[permissions.house(of, of.position(asker.unit_id or 0), clock.today())].tolist())
    columns = answer.columns
    cooperator = st.CHOICES.index("cooperator")
    for row in np.flatnonzero(mask).tolist():
        known = answer.known.get(int(columns.chain[row]), 0)
        lines = np.arange(columns.starts[row], columns.starts[row + 1])
        handed = (columns.row[lines] == tb.ROW["handed"]) & (columns.choice[lines] == cooperator)
        handed &= (columns.position[lines] <= known) & (columns.void_at[lines] > known)
        last = lines[handed]
        out[row] = bool(len(last)) and int(columns.unit[last[-1]]) in house
    return out


def _standing(answer: Answer, names: Iterable[str]) -> np.ndarray:
    """The lines of some kinds that happened by the day and were not voided."""
    columns = answer.columns
    at = np.flatnonzero(np.isin(columns.row, [tb.ROW[name] for name in names]) & (columns.day <= to_day(answer.as_at)))
    known = np.array([answer.known.get(int(chain), 0) for chain in range(int(columns.chain.max(initial=0)) + 1)])
    limit = known[columns.chain[columns.obligation[at]]]
    return at[(columns.position[at] <= limit) & (columns.void_at[at] > limit)]


def _ever(answer: Answer, kind: str) -> np.ndarray:
    out = np.zeros(len(answer.lifecycle), bool)
    out[answer.columns.obligation[_standing(answer, (kind,))]] = True
    return out


def last_days(answer: Answer, rows: np.ndarray, names: Iterable[str]) -> dict[int, int]:
    """Row → the last day of a line of some kinds about it."""
    columns = answer.columns
    at = _standing(answer, names)
    at = at[np.isin(columns.obligation[at], rows)]
    # Ordered by obligation and day: the last one written stays.
    return dict(zip(columns.obligation[at].tolist(), columns.day[at].tolist(), strict=True))


def _heirs(asker: Asker, answer: Answer) -> np.ndarray:
    """Open tasks for which nobody is known to succeed."""
    ids = [one.pk for one, _line in heirs_to_be_named(asker, Question.now())]
    return np.isin(answer.columns.ids, ids) & np.isin(answer.lifecycle, (*OPEN, st.SU, st.AC, st.SP))
