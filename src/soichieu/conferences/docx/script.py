"""The running script (kịch bản điều hành): minute by minute, what the session host says, who is next."""

from __future__ import annotations

import datetime as dt

from soichieu.conferences.docx import sheet as sh
from soichieu.conferences.kinds import AgendaKind, ItemState
from soichieu.conferences.queries.glance import Line, course_of
from soichieu.conferences.state import Item, State
from soichieu.documents.papers import layout
from soichieu.ledger import clock
from soichieu.web.dates import write_day

KINDS = {
    AgendaKind.OPENING: "Khai mạc",
    AgendaKind.CENTRAL_REPORT: "Báo cáo trung tâm",
    AgendaKind.SUMMARY: "Báo cáo tóm tắt",
    AgendaKind.STATEMENT: "Tham luận",
    AgendaKind.DISCUSSION: "Ý kiến phát biểu, thảo luận",
    AgendaKind.BREAK: "Giải lao",
    AgendaKind.AWARDS: "Khen thưởng",
    AgendaKind.DIRECTING_SPEECH: "Phát biểu chỉ đạo",
    AgendaKind.REPLY: "Phát biểu tiếp thu",
    AgendaKind.CONCLUSION: "Phát biểu kết luận",
    AgendaKind.CLOSING: "Bế mạc",
}
HEADS = ("Giờ", "Nội dung", "Người thực hiện; điểm cầu", "Phút", "Chuẩn bị")
WIDTHS = (layout.Cm(2.6), layout.Cm(5.6), layout.Cm(3.8), layout.Cm(1.5), layout.Cm(3.0))


def running_script(sheet: sh.Sheet) -> bytes:
    """The script as planned. What was called outside it stands in the minutes, not here."""
    state = sheet.state
    document = sh.begin(sheet, "Kịch bản điều hành", "", [state.title])
    lines = [line for line in course_of(state).lines if not line.item.unscripted]
    _facts(document, state, lines)
    layout.section(document, "I. Trước giờ khai mạc")
    for text in _before(state):
        layout.body(document, f"- {text}")
    layout.section(document, "II. Diễn biến")
    layout.say(document, "", size=layout.RECIPIENTS)
    layout.grid(document, HEADS, [_row(state, lines, at) for at in range(len(lines))], WIDTHS)
    layout.section(document, "III. Lời dẫn")
    for line in lines:
        layout.item(document, sh.sentence(_lead_in(state, line.item)), lead=f"{_clock(line.planned_at)} – ")
    reserves = [one for one in state.statements.values() if one.reserve]
    if reserves:
        layout.section(document, "IV. Tham luận dự phòng")
        for one in reserves:
            site = state.sites.get(one.site)
            layout.body(document, f"- {site.name if site else '…'}: {one.subject} ({one.minutes} phút).")
    sh.dates(document, sheet, [], "Kịch bản không có số liệu thực hiện; giờ ghi là giờ dự kiến theo chương trình.")
    layout.closing(
        document, ["- Chủ trì hội nghị (để báo cáo);", "- Người dẫn chương trình, kỹ thuật;", "- Lưu: VT, Hồ sơ."],
        ["QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"], party=sheet.party,
    )  # fmt: skip
    return sh.finished(sheet, document, "Kịch bản điều hành")


def _facts(document: layout.Document, state: State, lines: list[Line]) -> None:
    total = sum(line.item.minutes for line in lines)
    ends = (
        dt.datetime.combine(state.held_on, state.starts_at, clock.ZONE) + dt.timedelta(minutes=total)
        if state.held_on and state.starts_at
        else None
    )
    told = [
        ("Thời gian: ", f"{sh.hour(state.starts_at)}, ngày {write_day(state.held_on) or '……'}; dự kiến kết thúc"
                        f" {sh.hour(ends)} ({total} phút)."),
        ("Địa điểm: ", f"{state.place or '……'}; {sh.sites_words(state)}."),
        ("Chủ trì: ", "; ".join([state.chair or "……", *state.co_chairs]) + "."),
    ]  # fmt: skip
    if state.seniors:
        told.append(("Đại biểu cấp trên dự và chỉ đạo: ", "; ".join(state.seniors) + "."))
    told.append(("Người dẫn chương trình: ", f"{state.host or '……'}. Thư ký: {state.secretary or '……'}."))
    for lead, text in told:
        layout.item(document, text, lead=lead)


def _before(state: State) -> list[str]:
    """What is done before the opening: sites are tried, heads are counted; recording waits for the chair."""
    known = [site for site in state.ordered_sites if site.line != "good"]
    said = ["Kiểm tra đường truyền, âm thanh, hình ảnh với từng điểm cầu; các điểm cầu báo số đại biểu có mặt."]
    for site in known:
        how = "đường truyền yếu, theo dõi trang rút gọn" if site.line == "poor" else "không có đường truyền"
        phone = f", điện thoại {site.telephone}" if site.telephone else ""
        said.append(f"{site.name}: {how}{phone}.")
    decided = {True: "có, theo quyết định của chủ trì.", False: "không, theo quyết định của chủ trì."}
    record = "chủ trì chưa quyết định; chưa quyết định thì không ghi."
    said.append("Ghi âm, ghi hình: " + (record if state.recording is None else decided[state.recording]))
    return said


def _row(state: State, lines: list[Line], at: int) -> list[str]:
    line = lines[at]
    begin = line.planned_at
    end = begin + dt.timedelta(minutes=line.item.minutes) if begin else None
    following = lines[at + 1].item if at + 1 < len(lines) else None
    return [
        f"{_clock(begin)}–{_clock(end)}" if begin else "……",
        _what(state, line.item),
        sh.speaker_of(state, line.item) or "–",
        str(line.item.minutes),
        _next(state, following),
    ]


def _what(state: State, item: Item) -> str:
    kind = KINDS.get(AgendaKind(item.kind), item.kind)
    statement = state.statements.get(item.statement)
    about = statement.subject if statement else item.title
    said = named(kind, about)
    return f"{said} (không gọi)" if item.state == ItemState.PASSED_OVER else said


def named(kind: str, about: str) -> str:
    """A kind and what it is about; the kind alone where the words begin with it already."""
    return about if about.casefold().startswith(kind.casefold()) else f"{kind}: {about}"


def _next(state: State, item: Item | None) -> str:
    """Who gets ready while this line goes."""
    if item is None:
        return "–"
    site = state.sites.get(item.site)
    return site.name if site else KINDS.get(AgendaKind(item.kind), item.title)


def _lead_in(state: State, item: Item) -> str:
    """What the session host says before a line: as written for it, else the plain words of its kind."""
    if item.lead_in:
        return item.lead_in
    who = sh.speaker_of(state, item)
    if item.kind == AgendaKind.BREAK:
        return f"Hội nghị giải lao {item.minutes} phút"
    invited = f"Kính mời {who}" if who else "Kính mời"
    if item.kind == AgendaKind.STATEMENT:
        statement = state.statements.get(item.statement)
        return f"{invited} trình bày tham luận: {statement.subject if statement else item.title}"
    return f"{invited}: {item.title}"


def _clock(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(clock.ZONE):%H:%M}" if moment else "……"
