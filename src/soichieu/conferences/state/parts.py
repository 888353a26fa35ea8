"""What a conference consists of. Days are dates, moments aware datetimes, lengths minutes (planned) or seconds (real).

Keys of sites, items, statements and so on are opaque words, unique in their conference.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from soichieu.conferences.kinds import ItemState, Mode, Phase, RequestState, Screen


@dataclass
class Expected:
    """A participant, by post; a name only where the work needs it. ``answer``: a word of ``kinds.Answer`` or empty."""

    key: str
    post: str
    name: str = ""
    answer: str = ""
    substitute: str = ""
    reason: str = ""


@dataclass
class Site:
    """One site. ``parent``: the site under which it stands in the tree, empty for the central one. ``chair``: post (and
    name, where published) of who chairs it; a site may have two. ``order``: the order of introduction.

    ``present`` of ``expected_heads``: heads, by the newest roll-call; None while there was none (missing is not zero).
    """

    key: str
    name: str
    unit: int | None = None
    parent: str = ""
    order: int = 0
    chair: str = ""
    co_chairs: list[str] = field(default_factory=list)
    join_link: str = ""
    telephone: str = ""
    line: str = "good"  # good | poor | none
    expected: dict[str, Expected] = field(default_factory=dict)
    expected_heads: int | None = None
    present: int | None = None
    rolled_at: dt.datetime | None = None
    rolled_by: str = ""  # kinds.RollBy
    remark: str = ""


@dataclass
class Item:
    """A line of the agenda. ``spans``: when it had the floor, each (from, until); until is None while it speaks."""

    key: str
    kind: str
    title: str
    minutes: int
    site: str = ""
    statement: str = ""
    speaker: str = ""
    lead_in: str = ""  # lời dẫn: what the session host says before it
    unscripted: bool = False
    state: str = ItemState.WAITING
    spans: list[tuple[dt.datetime, dt.datetime | None]] = field(default_factory=list)

    def seconds(self, now: dt.datetime) -> int:
        """How long it has had the floor until ``now``, pauses left out; never negative."""
        return max(0, round(sum(((until or now) - since).total_seconds() for since, until in self.spans)))

    @property
    def running_since(self) -> dt.datetime | None:
        """Since when the clock runs; None while it stands."""
        return self.spans[-1][0] if self.spans and self.spans[-1][1] is None else None


@dataclass
class Statement:
    """A statement commissioned of a site. ``reserve``: called when there is time. ``edition`` counts its texts."""

    key: str
    site: str
    subject: str
    minutes: int
    due_on: dt.date | None = None
    reserve: bool = False
    author: str = ""
    text: str = ""
    file: str | None = None
    file_name: str = ""
    registered_at: dt.datetime | None = None
    edition: int = 0
    delivery: str = "spoken"
    review: str = ""
    review_note: str = ""


@dataclass
class Preparation:
    """A task of the preparation: what, whose, by when."""

    key: str
    title: str
    owner: str
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    note: str = ""


@dataclass
class Cut:
    """Figures named and frozen: the board of a directive as at a day, as known at a moment, and the position of its
    chain at that moment. ``shown_from``: the day from which it may be shown; before, each unit had a working day."""

    key: str
    label: str
    directive: int
    as_at: dt.date
    known_at: dt.datetime
    position: int
    made_at: dt.datetime
    shown_from: dt.date | None = None


@dataclass
class Correction:
    """A site asks that a figure of its own be looked at again. ``answer`` empty: it waits."""

    key: str
    site: str
    cut: str
    words: str
    asked_at: dt.datetime
    answer: str = ""
    mended: bool | None = None
    answered_at: dt.datetime | None = None


@dataclass
class Request:
    """A site asks for the floor."""

    key: str
    site: str
    words: str
    asked_at: dt.datetime
    state: str = RequestState.WAITING
    reason: str = ""
    item: str = ""


@dataclass
class Note:
    """What the secretary noted of a speech, in the order it was noted. ``position``: of its line in the book."""

    position: int
    item: str
    words: str
    at: dt.datetime
    by: str


@dataclass
class Shown:
    """What stands on the hall screen. ``ref``: key of a cut, id of a provision identity, key of a finding."""

    what: str = Screen.NAME
    ref: str = ""
    directive: int | None = None


@dataclass
class State:
    """A conference as its book tells it up to ``position``."""

    key: str
    unit: int
    position: int = 0
    title: str = ""
    kind: str = ""
    mode: str = Mode.MEETING
    held_on: dt.date | None = None
    starts_at: dt.time | None = None
    place: str = ""
    layout: str = "state"  # whose papers: "state" (decree 30/2020/NĐ-CP) or "party"
    chair: str = ""
    co_chairs: list[str] = field(default_factory=list)
    seniors: list[str] = field(default_factory=list)  # senior attending: they speak above the chair
    secretary: str = ""
    host: str = ""
    directives: list[int] = field(default_factory=list)
    follows: str = ""  # key of the conference that it starts from
    published_only: bool = False
    source_note: str = ""
    sites_stated: bool = True  # whether the source states how many sites there were
    phase: str = Phase.PREPARING
    recording: bool | None = None
    ever_recorded: bool = False  # for a while at least, as the chair decided
    invited_on: dt.date | None = None
    opened_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    preparations: dict[str, Preparation] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    agenda: list[Item] = field(default_factory=list)
    statements: dict[str, Statement] = field(default_factory=dict)
    own_reviews: list[dict[str, Any]] = field(default_factory=list)
    cuts: dict[str, Cut] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    conclusions: list[str] = field(default_factory=list)
    concluded: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    screen: Shown = field(default_factory=Shown)
    papers: list[dict[str, Any]] = field(default_factory=list)
    notice: dict[str, Any] | None = None

    def item(self, key: str) -> Item | None:
        return next((item for item in self.agenda if item.key == key), None)

    @property
    def current(self) -> Item | None:
        """What has the floor: speaking or paused."""
        return next((one for one in self.agenda if one.state in (ItemState.SPEAKING, ItemState.PAUSED)), None)

    @property
    def following(self) -> Item | None:
        """What the script says comes next: the first line still waiting after the last one begun."""
        begun = [place for place, one in enumerate(self.agenda) if one.state != ItemState.WAITING]
        after = [one for one in self.agenda[begun[-1] + 1 if begun else 0 :] if one.state == ItemState.WAITING]
        return after[0] if after else next((one for one in self.agenda if one.state == ItemState.WAITING), None)

    @property
    def uncalled_statements(self) -> list[Statement]:
        """Registered statements that no line of the agenda calls: sent in writing, they count like those spoken."""
        called = {item.statement for item in self.agenda if item.statement}
        return [one for one in self.statements.values() if one.edition and one.key not in called]

    @property
    def ordered_sites(self) -> list[Site]:
        """The sites in the order of introduction."""
        return sorted(self.sites.values(), key=lambda site: (site.order, site.key))

    @property
    def standing_cut(self) -> Cut | None:
        """The newest cut."""
        return list(self.cuts.values())[-1] if self.cuts else None
