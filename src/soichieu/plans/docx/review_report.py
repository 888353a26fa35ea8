"""The draft of a review report: every programme in force with its verdict, to be signed and numbered by the office."""

from __future__ import annotations

import datetime as dt

from docx.shared import Cm

from soichieu.documents.keys import kind_name
from soichieu.documents.models import Document
from soichieu.documents.papers import layout
from soichieu.organisation.columns import LINES
from soichieu.organisation.kinds import Kind
from soichieu.organisation.names import name_of
from soichieu.organisation.queries import ancestors, last_states, unit_view
from soichieu.plans.models import PlanFacts, Verdict
from soichieu.plans.queries.reviews import Held, Sheet
from soichieu.web.dates import TwoDates, write_day, write_moment

# The words of 03/NQ-CP, part III, for what is concluded of a programme; Vietnamese, as the report is.
WORDS = {
    Verdict.Choice.KEEP: "Giữ nguyên",
    Verdict.Choice.ADJUST: "Điều chỉnh, bổ sung",
    Verdict.Choice.REPLACE: "Thay thế",
    Verdict.Choice.STOP: "Dừng",
}
KINDS = {
    PlanFacts.Kind.PROGRAMME: "chương trình",
    PlanFacts.Kind.PLAN: "kế hoạch",
    PlanFacts.Kind.KEY_TASK: "nhiệm vụ trọng tâm",
}
NONE = "Chưa có kết luận"
HEADS = (
    "TT",
    "Chương trình, kế hoạch, nhiệm vụ",
    "Hiệu lực",
    "Kết luận rà soát",
    "Thời hạn; đơn vị thực hiện",
    "Lý do",
)
WIDTHS = (Cm(1.1), Cm(4.3), Cm(2.9), Cm(2.7), Cm(2.7), Cm(2.8))


def review_report(sheet: Sheet, two: TwoDates, printed_at: dt.datetime) -> bytes:
    """The report as .docx: what was in force on the sheet's day, as known at the moment looked at.

    Number, date, signer and form of signing are left blank: they are given elsewhere and registered afterwards.
    """
    unit = unit_view(sheet.unit_id, sheet.on)
    document = layout.blank()
    layout.demonstration(document)
    layout.letterhead(
        document,
        layout.Letterhead(
            above=_above(sheet.unit_id, sheet.on), unit=unit.name, place=_place(unit.place_id, sheet.on),
            symbol="-BC/…" if _is_party(unit.kind) else "/BC-…", year=printed_at.year, party=_is_party(unit.kind),
        ),
    )  # fmt: skip
    directive = sheet.directive
    layout.title(
        document,
        "Báo cáo",
        ["Kết quả rà soát chương trình, kế hoạch, nhiệm vụ đang có hiệu lực", f"theo {_cited(directive)}"],
        party=_is_party(unit.kind),
    )
    layout.body(document, f"Căn cứ {_cited(directive)}{_about(directive)}.", italic=True)
    layout.body(
        document,
        f"{unit.name} báo cáo kết quả rà soát, soi chiếu các chương trình, kế hoạch, nhiệm vụ trọng tâm (theo nhiệm kỳ"
        f" và hằng năm) đang có hiệu lực tính đến ngày {write_day(sheet.on)} như sau:",
    )
    _counts(document, sheet)
    layout.body(document, "II. KẾT LUẬN RÀ SOÁT TỪNG CHƯƠNG TRÌNH, KẾ HOẠCH", bold=True)
    layout.say(document, "", size=layout.RECIPIENTS)
    layout.grid(document, HEADS, [_row(at, one) for at, one in enumerate(sheet.rows, 1)], WIDTHS)
    known = write_moment(two.known_at or printed_at)
    layout.body(
        document,
        f"Tính đến ngày {write_day(sheet.on)}; theo dữ liệu ghi nhận đến {known}. Số liệu do đơn vị tự báo cáo: chương"
        " trình, kế hoạch theo sổ của đơn vị, kết luận do cán bộ của đơn vị quyết định.",
        italic=True,
    )
    recipients = [f"- {_above(sheet.unit_id, sheet.on) or '…'} (để báo cáo);", "- Lãnh đạo đơn vị;", "- Lưu: VT, …"]
    layout.closing(document, recipients, ["QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"], party=_is_party(unit.kind))
    return layout.bytes_of(document, title=f"Báo cáo rà soát theo {directive.number}: {unit.name}", author=unit.name)


def _counts(document: layout.Document, sheet: Sheet) -> None:
    layout.body(document, "I. KẾT QUẢ CHUNG", bold=True)
    layout.body(
        document,
        f"Đã có kết luận rà soát đối với {sheet.n} trên {sheet.of} chương trình, kế hoạch, nhiệm vụ đang có hiệu lực"
        + (", trong đó:" if sheet.n else "."),
    )
    for choice, n in sheet.by_choice.items():
        if sheet.n:
            layout.body(document, f"- {WORDS[Verdict.Choice(choice)]}: {n}.")
    if sheet.missing:
        layout.body(document, f"- {NONE}: {len(sheet.missing)}.")
    if sheet.later:
        layout.body(
            document, f"Không tính {sheet.later} kết luận rà soát được quyết định sau ngày {write_day(sheet.on)}."
        )


def _row(at: int, held: Held) -> list[str]:
    facts, verdict = held.facts, held.verdict
    number = f"{facts.number} ngày {write_day(facts.signed_on)}" if facts.number else "chưa có số"
    kind = KINDS[PlanFacts.Kind(facts.kind)]
    force = f"từ {write_day(facts.from_day)}\n" + (f"đến {write_day(facts.to_day)}" if facts.to_day else "đến khi dừng")
    if verdict is None:
        return [str(at), f"{facts.title} ({kind}; {number})", force, NONE, "", ""]
    due = ";\n".join(part for part in (write_day(verdict.due_on), verdict.owner) if part)
    words = f"{WORDS[Verdict.Choice(verdict.choice)]}\n({write_day(verdict.decided_on)})"
    return [str(at), f"{facts.title} ({kind}; {number})", force, words, due, verdict.reason]


def _is_party(kind: str) -> bool:
    return kind in (Kind.PARTY_COMMITTEE, Kind.PARTY_CELL, Kind.PARTY_CENTRAL)


def _above(unit_id: int, on: dt.date) -> str:
    """The superior body on the first line on which the unit has one, in the order of the lines."""
    for line in LINES:
        above = ancestors(unit_id, line, on)
        if above:
            return name_of(above[:1], on)[above[0]]
    return ""


def _place(place_id: int | None, on: dt.date) -> str:
    """The place of the office; dots where the instance does not know it."""
    seat = last_states([place_id], on).get(place_id) if place_id else None
    return seat.name if seat is not None else "…………"


def _cited(directive: Document) -> str:
    kind = kind_name(directive.kind) if directive.kind else "Văn bản"
    return f"{kind} số {directive.number} ngày {write_day(directive.signed_on)} của {directive.issuer}"


def _about(directive: Document) -> str:
    return f" ({directive.title})" if directive.title else ""
