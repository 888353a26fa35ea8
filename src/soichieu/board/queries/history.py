"""The book of one obligation: every line, what it left, whether it counted, and who voided it."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from soichieu.board.queries.ladders import source_words
from soichieu.board.words import FACTS, reason_label
from soichieu.documents.files import named
from soichieu.documents.models import StoredFile
from soichieu.ledger.fold import Answer
from soichieu.ledger.fold import states as st
from soichieu.ledger.fold import table as tb
from soichieu.ledger.kinds import Choice, Kind
from soichieu.ledger.models import Entry, Obligation
from soichieu.ledger.queries import entries_of
from soichieu.organisation.askers import Asker
from soichieu.organisation.names import name_of
from soichieu.web.dates import write_day
from soichieu.web.states import LIFECYCLE

COUNTS, VOIDED, NO_EFFECT, LATER, VOIDING = "counts", "voided", "no_effect", "later", "voiding"


@dataclass
class Line:
    """One line. ``standing``: counts, voided, no_effect (flagged), later (after the day looked at), voiding.

    ``after``: the lifecycle it left; ``since``: of a line without effect the line that had brought the task there.
    ``lag``: days between the day and its recording. ``voided_by``: what voids it.
    """

    entry: Entry
    standing: str
    after: str = ""
    since: Entry | None = None
    lag: int = 0
    not_later_than: bool = False
    voided_by: Entry | None = None
    voids: Entry | None = None
    unit: str = ""
    who: str = ""
    source: str = ""
    source_url: str | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    may_void: bool = False
    form: object | None = None

    @property
    def anchor(self) -> str:
        return f"line-{self.entry.position}"

    @property
    def voided_by_anchor(self) -> str:
        return f"line-{self.voided_by.position}" if self.voided_by else ""

    @property
    def voids_anchor(self) -> str:
        return f"line-{self.voids.position}" if self.voids else ""

    @property
    def stood(self) -> str:
        """Of a line without effect: how the task stood when it came, in words."""
        return str(LIFECYCLE[self.after].label) if self.after in LIFECYCLE.states else ""

    @property
    def backdated(self) -> bool:
        """Worth saying: written more than a day after it happened."""
        return self.lag > 1

    @property
    def choice(self) -> str:
        return str(Choice(self.entry.choice).label) if self.entry.choice else ""


def book_of(asker: Asker, of: Obligation, answer: Answer) -> list[Line]:
    """The lines known on a question, in the order in which they count. Lines that were not known then are left out."""
    known = answer.known.get(of.chain_id, 0)
    entries = [entry for entry in entries_of(asker, of) if entry.position <= known]
    codes = _codes(of, answer)
    voided = {entry.voids: entry for entry in entries if entry.kind == Kind.VOIDED and entry.voids}
    by_position = {entry.position: entry for entry in entries}
    state, kept = st.AB, st.AB
    brought: Entry | None = None
    lines = []
    for entry in entries:
        line = Line(entry, COUNTS, lag=_lag(entry), voided_by=voided.get(entry.position))
        line.not_later_than = bool(entry.details.get("not_later_than"))
        if entry.kind == Kind.VOIDED:
            line.standing, line.voids = VOIDING, by_position.get(entry.voids or 0)
        elif line.voided_by is not None:
            line.standing = VOIDED
        elif entry.happened_on > answer.as_at:
            line.standing = LATER
        else:
            was = state
            state, kept, counted = step(state, kept, codes.get(entry.position, -1))
            line.standing = COUNTS if counted else NO_EFFECT
            if not counted:
                line.since = brought
            elif state != was:
                brought = entry
            line.after = st.LIFECYCLE[state]
        lines.append(line)
    _dress(lines)
    return lines


def step(state: int, kept: int, row: int) -> tuple[int, int, bool]:
    """One line through the table: the state it leaves, the remembered state, and whether it had effect."""
    if row < 0:
        return state, kept, False
    to = int(tb.LIFECYCLE[row, state])
    if to == tb.NO_EFFECT:
        return state, kept, False
    if tb.EFFECTS[row] & tb.REMEMBERS and state != st.SP:
        kept = state
    if to == tb.REMEMBERED:
        return kept, kept, True
    return (state if to == tb.STAY else to), kept, True


def _codes(of: Obligation, answer: Answer) -> dict[int, int]:
    """Position → row of the table, as the fold reads the lines."""
    columns = answer.columns
    try:
        at = columns.row_of(of.pk)
    except KeyError:
        return {}
    first, last = columns.starts[at], columns.starts[at + 1]
    return dict(zip(columns.position[first:last].tolist(), columns.row[first:last].tolist(), strict=True))


def _lag(entry: Entry) -> int:
    return (timezone.localtime(entry.recorded_at).date() - entry.happened_on).days


def _dress(lines: list[Line]) -> None:
    """Names, sources, files and facts, asked for in bulk."""
    units = {line.entry.unit_id for line in lines if line.entry.unit_id}
    units |= {post.unit_id for line in lines for post in (line.entry.post, line.entry.on_behalf_of) if post is not None}
    last = max((line.entry.happened_on for line in lines), default=dt.date.today())
    names = name_of(units, last)
    wanted = {sha for line in lines for sha in line.entry.evidence_hashes}
    stored = {one.pk: one for one in StoredFile.objects.filter(pk__in=wanted)} if wanted else {}
    sources: dict[tuple[str, str, str], tuple[str, str | None]] = {}
    for line in lines:
        entry = line.entry
        line.unit = names.get(entry.unit_id or 0, "")
        line.who = who_wrote(entry, names)
        key = (entry.source_room, entry.source_kind, entry.source_id)
        if key not in sources:
            sources[key] = source_words(*key)
        line.source, line.source_url = sources[key]
        given = entry.details.get("file_names", {})
        line.files = [named(stored[sha], given.get(sha, "")) for sha in entry.evidence_hashes if sha in stored]
        line.facts = facts_of(entry)


def who_wrote(entry: Entry, names: dict[int, str]) -> str:
    """Person, post, unit, and on whose behalf; the operator of the instance where nobody on a post wrote."""
    if entry.post is None:
        return _("the operator of the instance")
    parts = [entry.person.name] if entry.person else []
    parts.append(f"{entry.post.title} ({names.get(entry.post.unit_id, '')})")
    said = ", ".join(parts)
    if entry.on_behalf_of is not None:
        principal = f"{entry.on_behalf_of.title} ({names.get(entry.on_behalf_of.unit_id, '')})"
        said = _("%(who)s, on behalf of %(principal)s") % {"who": said, "principal": principal}
    return said


def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """What the line says beside its columns, in words, each under the label of the form that asked it."""
    found = []
    for name, value in entry.details.items():
        if name in FACTS and value not in ("", None, False):
            said = str(value)
            if name.endswith("_date"):
                with contextlib.suppress(ValueError):
                    said = write_day(dt.date.fromisoformat(said))
            label = reason_label(entry.kind) if name == "reason" else FACTS[name]
            found.append((str(label), said))
    return found
