"""What every paper of a conference begins and ends with: letterhead, title, both dates, what the figures rest on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from soichieu.conferences import rules
from soichieu.conferences.kinds import Mode
from soichieu.conferences.models import Conference
from soichieu.conferences.state import Item, Site, State
from soichieu.documents.keys import kind_name
from soichieu.documents.models import Document
from soichieu.documents.papers import layout
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count
from soichieu.organisation.askers import Asker
from soichieu.organisation.columns import LINES
from soichieu.organisation.models import PostRole
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import ancestors, last_states, unit_view
from soichieu.web.dates import write_day, write_moment

# The symbol of a document: what stands for its kind, then what stands for its issuer ("15/KH-BHĐ", "118-KH/ĐUCA").
_STATE_SYMBOL = re.compile(r"^\d+(?:/\d{4})?/[^-/]+-(?P<issuer>[^/]+)$")
_PARTY_SYMBOL = re.compile(r"^\d+-[^-/]+/(?P<issuer>.+)$")


@dataclass
class Sheet:
    """A conference for its papers, as one asker prints it at a moment."""

    asker: Asker
    conference: Conference
    state: State
    printed_at: dt.datetime
    unit: str
    above: str
    place: str
    symbol: str
    head_post: str
    directives: list[Document] = field(default_factory=list)

    @property
    def party(self) -> bool:
        return self.state.layout == "party"

    @property
    def on(self) -> dt.date:
        return self.state.held_on or clock.today()


def sheet_of(asker: Asker, conference: Conference, state: State) -> Sheet:
    """All that the papers say of the holder."""
    on = state.held_on or clock.today()
    unit = unit_view(conference.unit_id, on)
    known = Document.objects.in_bulk(state.directives)
    seat = last_states([unit.place_id], on).get(unit.place_id) if unit.place_id else None
    return Sheet(
        asker, conference, state, clock.now(), unit.name, _above(conference.unit_id, on), seat.name if seat else "",
        _abbreviation(conference.unit_id, state.layout == "party"), _head_post(conference.unit_id, on, state),
        [known[pk] for pk in state.directives if pk in known],
    )  # fmt: skip


def begin(sheet: Sheet, kind: str, short: str, about: list[str], *, dated: bool = True) -> layout.Document:
    """A new paper: its kind in words and letters (``Thông báo``, ``TB``; none: it bears no number), and what it is
    about."""
    document = layout.blank()
    layout.demonstration(document)
    symbol = f"-{short}/{sheet.symbol}" if sheet.party else f"/{short}-{sheet.symbol}"
    symbol = symbol if short else ""
    layout.letterhead(
        document,
        layout.Letterhead(
            above=sheet.above, unit=sheet.unit, symbol=symbol, place=sheet.place, year=sheet.printed_at.year,
            party=sheet.party, dated=dated,
        ),
    )  # fmt: skip
    layout.title(document, kind, about, party=sheet.party)
    return document


def finished(sheet: Sheet, document: layout.Document, title: str) -> bytes:
    return layout.bytes_of(document, title=f"{title}: {sheet.state.title}", author=sheet.unit)


def dates(
    document: layout.Document, sheet: Sheet, counts: Sequence[tuple[Document, dt.date, dt.datetime | None, Count]],
    note: str = "",
) -> None:  # fmt: skip
    """Both dates of what the paper says, and of its figures how many are self-reported, accepted and verified."""
    layout.body(
        document,
        f"Theo sổ hội nghị đến dòng số {sheet.state.position}, ghi nhận đến {write_moment(sheet.printed_at)}."
        + (f" {note}" if note else ""),
        italic=True,
    )
    for directive, as_at, known_at, count in counts:
        layout.body(
            document,
            f"Số liệu thực hiện {directive.number} tính đến ngày {write_day(as_at)}, theo dữ liệu ghi nhận đến"
            f" {write_moment(known_at or sheet.printed_at)}: {verified(count)}.",
            italic=True,
        )


def verified(count: Count) -> str:
    """What the done ones rest on, beside those that wait; never a lone percentage, missing is not zero."""
    if not count.of:
        return "chưa giao nhiệm vụ nào"
    if count.n is None:
        return f"chưa có dữ liệu công bố về {count.of} nhiệm vụ"
    waiting = count.submitted + count.awaiting_confirmation
    return (
        f"hoàn thành {count.n} trên {count.of} nhiệm vụ (đơn vị tự báo cáo {count.by_act_only}, đã xác nhận qua hồ sơ"
        f" {count.accepted}, đã kiểm chứng {count.verified}, kiểm chứng chưa xác nhận {count.not_confirmed}); đang chờ"
        f" xác nhận hoặc phê duyệt {waiting}"
    )


def cited(directive: Document) -> str:
    """A directive as it is cited the first time (annex I, part II.6b)."""
    kind = kind_name(directive.kind) if directive.kind else "Văn bản"
    about = f" ({directive.title})" if directive.title else ""
    return f"{kind} số {directive.number} ngày {write_day(directive.signed_on)} của {directive.issuer}{about}"


def day_words(day: dt.date | None) -> str:
    """ngày 14 tháng 11 năm 2025, a day below 10 and a month below 3 with a nought before it (annex I, part II.4b)."""
    if day is None:
        return "ngày …… tháng …… năm ……"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def hour(moment: dt.datetime | dt.time | None) -> str:
    """8 giờ 05; dots when it is not known."""
    if moment is None:
        return "…… giờ ……"
    here = moment.astimezone(clock.ZONE) if isinstance(moment, dt.datetime) else moment
    return f"{here.hour} giờ {here.minute:02d}"


def sites_words(state: State) -> str:
    """How many sites, or that the source does not say."""
    if state.mode == Mode.WRITING:
        return "hội nghị bằng văn bản, không tổ chức điểm cầu"
    return f"{len(state.sites)} điểm cầu" if state.sites_stated else "số điểm cầu: nguồn không nêu"


def speaker_of(state: State, item: Item) -> str:
    """Who speaks in a line of the agenda: the post named, and the site."""
    site = state.sites.get(item.site)
    statement = state.statements.get(item.statement)
    who = item.speaker or (statement.author if statement else "") or (site.chair if site else "")
    return ", ".join(dict.fromkeys(part for part in (who, site.name if site else "") if part))


def chairs_of(site: Site) -> str:
    return "; ".join(part for part in (site.chair, *site.co_chairs) if part)


def sentence(text: str) -> str:
    """Words as one sentence: with a full stop at its end."""
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def ended(sheet: Sheet, text: str) -> str:
    """The last sentence of a paper; a state body marks that nothing follows (annex III)."""
    return f"{' '.join(text.split()).rstrip('.')}{'.' if sheet.party else './.'}"


def power_lines(sheet: Sheet) -> tuple[str, str]:
    """By whose order it is signed, and the signer's post: ``TL. BỘ TRƯỞNG``, ``CHÁNH VĂN PHÒNG``."""
    signing = rules.signing(sheet.state.layout)
    whose = sheet.unit if sheet.party else sheet.head_post
    return f"{signing.power} {whose}", signing.post


def _above(unit_id: int, on: dt.date) -> str:
    """The superior body on the first line on which the unit has one."""
    for line in LINES:
        above = ancestors(unit_id, line, on)
        if above:
            return name_of(above[:1], on)[above[0]]
    return ""


def _abbreviation(unit_id: int, party: bool) -> str:
    """How the unit's own documents abbreviate it, from the newest that bears a symbol; dots when there is none."""
    pattern = _PARTY_SYMBOL if party else _STATE_SYMBOL
    for number in Document.objects.filter(issuer_unit=unit_id).order_by("-signed_on").values_list("number", flat=True):
        if match := pattern.match(number):
            return match["issuer"]
    return "…"


def _head_post(unit_id: int, on: dt.date, state: State) -> str:
    """The title of the post that heads the unit; where none is kept, that of the chair."""
    newest = (
        PostRole.objects.filter(post__unit=unit_id, role="head", valid_from__lte=on)
        .values("post")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    standing = PostRole.objects.filter(pk__in=list(newest), held=True).select_related("post").order_by("post__order")
    first = standing.first()
    return first.post.title if first is not None else (state.chair.split(",")[0].strip() or "NGƯỜI ĐỨNG ĐẦU")
