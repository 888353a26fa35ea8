"""The minutes (biên bản), as decree 30/2020/NĐ-CP lays them out (annex III, form 1.9) and decision 45/2018/QĐ-TTg asks:
who chaired and who was there, the course, what each said, what the chair concluded."""

from __future__ import annotations

import datetime as dt

from soichieu.conferences.docx import sheet as sh
from soichieu.conferences.docx.briefing import causes
from soichieu.conferences.docx.script import KINDS, named
from soichieu.conferences.kinds import AgendaKind, ItemState, Mode, RollBy
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.queries.briefing import became
from soichieu.conferences.queries.figures import figure_of
from soichieu.conferences.queries.glance import roll_of
from soichieu.conferences.state import Cut, Item, Site, State
from soichieu.documents.models import Document
from soichieu.documents.papers import layout
from soichieu.findings.models import ConclusionKind, Kind, Step
from soichieu.findings.queries import findings_of
from soichieu.findings.queries.shown import Shown
from soichieu.findings.queries.told import names_in
from soichieu.findings.terms import deadline_of
from soichieu.ledger import clock
from soichieu.ledger.coverage import Count
from soichieu.web.dates import write_day

FOUND = (
    (Kind.RESULT, "Kết quả đạt được"),
    (Kind.SHORTCOMING, "Tồn tại, hạn chế và nguyên nhân"),
    (Kind.LESSON, "Bài học kinh nghiệm"),
    (Kind.PROPOSAL, "Kiến nghị, đề xuất"),
)
MOST_SITES = 12
"""Sites whose roll-call stands in the text; of more it is an annex."""
CONCLUDED = {
    ConclusionKind.TASK: "Giao nhiệm vụ",
    ConclusionKind.STANDING: "Yêu cầu thường xuyên",
    ConclusionKind.PROPOSAL: "Kiến nghị gửi cấp có thẩm quyền",
    ConclusionKind.RECORD: "Ghi nhận",
}


def minutes(sheet: sh.Sheet) -> bytes:
    """The draft of the minutes from the book of the conference. Times are those of the calls."""
    state = sheet.state
    document = sh.begin(sheet, "Biên bản", "BB", [state.title], dated=False)
    _head(document, state)
    layout.section(document, "Nội dung (theo diễn biến hội nghị):", capitals=False)
    _course(document, state)
    _findings(document, sheet)
    _conclusions(document, sheet)
    dated = [(d, cut.as_at, cut.known_at, c) for d, cut, c in _figures(sheet)]
    sh.dates(
        document, sheet, dated,
        "Nội dung phát biểu do thư ký ghi; số liệu trong phát biểu là của người phát biểu, chưa được xác nhận."
        f" Ghi âm, ghi hình: {_recorded(state)}.",
    )  # fmt: skip
    end = state.closed_at
    layout.body(
        document,
        sh.ended(sheet, f"Hội nghị kết thúc vào {sh.hour(end)}, {sh.day_words(_day(end) or state.held_on)}")
        if end
        else "Hội nghị chưa kết thúc khi in bản này.",
    )
    layout.signatures(document, "Thư ký", "Chủ tọa", ["- Chủ trì hội nghị;", "- Lưu: VT, Hồ sơ."], party=sheet.party)
    _annex(document, state)
    return sh.finished(sheet, document, "Biên bản")


def _head(document: layout.Document, state: State) -> None:
    begun = state.opened_at
    roll = roll_of(state)
    heads = "chưa điểm danh"
    if roll.answered:
        expected = f" trên {roll.expected} dự kiến" if roll.expected is not None else ""
        heads = (
            f"{roll.answered} trên {roll.sites} điểm cầu đã điểm danh, có mặt {roll.present} đại biểu{expected};"
            f" {len(roll.missing)} điểm cầu chưa điểm danh"
        )
    when = f"{sh.hour(begun)}, {sh.day_words(_day(begun))}" if begun else "chưa khai mạc"
    called = [site for site in state.ordered_sites if site.present is not None]
    annexed = len(called) > MOST_SITES
    told = [
        ("Thời gian bắt đầu: ", f"{when}."),
        ("Địa điểm: ", f"{state.place or '……'}; {sh.sites_words(state)}."),
        ("Thành phần tham dự: ", f"{heads}{' (danh sách kèm theo)' if annexed else ''}."),
    ]
    for lead, text in told:
        layout.item(document, text, lead=lead)
    for site in called if not annexed else ():
        layout.body(document, f"- {_present(site)}.")
    told = []
    if state.seniors:
        told.append(("Đại biểu cấp trên dự và chỉ đạo: ", "; ".join(state.seniors) + "."))
    told += [
        ("Chủ trì (chủ tọa): ", "; ".join([state.chair or "……", *state.co_chairs]) + "."),
        ("Thư ký (người ghi biên bản): ", f"{state.secretary or '……'}."),
    ]
    for lead, text in told:
        layout.item(document, text, lead=lead)


def _present(site: Site) -> str:
    """The roll-call of a site: heads, no names."""
    of = f" trên {site.expected_heads}" if site.expected_heads is not None else ""
    how = " (báo qua điện thoại)" if site.rolled_by == RollBy.TELEPHONE else ""
    chairs = f", chủ trì: {sh.chairs_of(site)}" if sh.chairs_of(site) else ""
    return f"{site.name}: {site.present}{of} đại biểu{how}{chairs}"


def _annex(document: layout.Document, state: State) -> None:
    """The roll-call of many sites on a page of its own."""
    called = [site for site in state.ordered_sites if site.present is not None]
    if len(called) <= MOST_SITES:
        return
    heading = layout.say(document, "Phụ lục", bold=True, align=layout.ALIGN.CENTER)
    heading.paragraph_format.page_break_before = True
    layout.say(document, "ĐIỂM DANH CÁC ĐIỂM CẦU", bold=True, align=layout.ALIGN.CENTER, after=8)
    rows = []
    for number, site in enumerate(called, start=1):
        how = "qua điện thoại" if site.rolled_by == RollBy.TELEPHONE else "điểm cầu tự báo"
        of = "……" if site.expected_heads is None else str(site.expected_heads)
        rows.append([str(number), site.name, sh.chairs_of(site), str(site.present), of, how])
    widths = tuple(layout.Cm(width) for width in (1.1, 6.4, 2.9, 1.5, 1.5, 3.1))
    layout.grid(document, ("TT", "Điểm cầu", "Chủ trì", "Có mặt", "Dự kiến", "Cách báo"), rows, widths)


def _course(document: layout.Document, state: State) -> None:
    """The lines of the agenda in the order in which they had the floor, each with what was noted of it."""
    begun = sorted((item for item in state.agenda if item.spans), key=lambda item: item.spans[0][0])
    for number, item in enumerate(begun, start=1):
        layout.item(document, f" ({_span(item)})", lead=f"{number}. {_called(state, item)}")
        _noted(document, state, item.key)
    _written(document, state)
    over = [item.title for item in state.agenda if item.state == ItemState.PASSED_OVER]
    if over:
        layout.body(document, f"Không gọi: {'; '.join(over)}.")
    waiting = [item.title for item in state.agenda if item.state == ItemState.WAITING]
    if waiting and state.closed_at:
        layout.body(document, f"Có trong chương trình, chưa thực hiện: {'; '.join(waiting)}.")


def _noted(document: layout.Document, state: State, key: str) -> None:
    """What the secretary noted of a line of the agenda, or of a statement sent in writing."""
    for note in state.notes:
        if note.item == key:
            for part in note.words.split("\n"):
                if part.strip():
                    layout.body(document, sh.sentence(part))


def _written(document: layout.Document, state: State) -> None:
    """Statements sent in writing count like those spoken."""
    called = {item.statement for item in state.agenda if item.spans and item.statement}
    sent = [
        one
        for one in state.statements.values()
        if one.registered_at and one.key not in called and (one.delivery == "written" or state.mode == Mode.WRITING)
    ]
    if not sent:
        return
    layout.item(document, f"{len(sent)} tham luận, có giá trị như tham luận trình bày:", lead="Gửi bằng văn bản: ")
    for one in sent:
        site = state.sites.get(one.site)
        layout.body(document, f"- {site.name if site else '……'}: {one.subject}.")
        _noted(document, state, one.key)


def _called(state: State, item: Item) -> str:
    kind = KINDS.get(AgendaKind(item.kind), item.kind)
    statement = state.statements.get(item.statement)
    about = statement.subject if statement else item.title
    who = sh.speaker_of(state, item)
    said = named(kind, about)
    return f"{said} – {who}" if who and who != about else said


def _span(item: Item) -> str:
    since, until = item.spans[0][0], item.spans[-1][1]
    seconds = item.seconds(until or since)
    ends = f" – {until.astimezone(clock.ZONE):%H:%M}" if until else ""
    extra = ", ngoài chương trình" if item.unscripted else ""
    return f"{since.astimezone(clock.ZONE):%H:%M}{ends}; {max(1, round(seconds / 60))} phút{extra}"


def _findings(document: layout.Document, sheet: sh.Sheet) -> None:
    found = findings_of(sheet.asker, occasion=occasion_of(sheet.conference, sheet.state), withdrawn=False)[::-1]
    names = names_in(found)
    there = [(title, [one for one in found if one.kind == kind]) for kind, title in FOUND]
    if not any(some for _title, some in there):
        return
    layout.section(document, "Nội dung được nêu tại hội nghị:", capitals=False)
    for title, some in there:
        if some:
            layout.section(document, f"{title}:", capitals=False)
        for one in some:
            layout.body(document, f"- {finding_words(one, names)}")


def finding_words(one: Shown, names: dict[int, str]) -> str:
    """A finding in words: about whom, the causes, to whom a proposal is put, who said it."""
    version, raising = one.version, one.raising
    about = "; ".join(names[unit] for unit in one.units if unit in names)
    to = names.get(version.addressee_unit_id or 0, "") or version.addressee
    said = f"{about}: {sh.sentence(one.words)}" if about else sh.sentence(one.words)
    said += causes(version.objective_cause, version.subjective_cause)
    said += f" Gửi: {to}." if to else ""
    who = raising.author or names.get(raising.author_unit_id or 0, "")
    mark = "đơn vị tự nêu" if raising.own else who
    return f"{said} ({mark})" if mark else said


def _conclusions(document: layout.Document, sheet: sh.Sheet) -> None:
    said = [one for one in became(sheet.asker, sheet.conference, sheet.state) if one.state != Step.State.WITHDRAWN]
    if not said:
        layout.item(document, "không có kết luận nào được ghi.", lead="Kết luận của chủ trì: ")
        return
    layout.section(document, "Kết luận của chủ trì:", capitals=False)
    names = names_in([one.shown for one in said])
    for kind, title in CONCLUDED.items():
        some = [one.shown for one in said if one.kind == kind]
        if some:
            layout.section(document, f"{title}:", capitals=False)
        for number, one in enumerate(some, start=1):
            layout.body(document, f"{number}. {concluded_words(one, names)}")


def concluded_words(one: Shown, names: dict[int, str], most: int = 0) -> str:
    """A conclusion as one sentence: its words, and what of the six clears they may not say in brackets. ``most``: of
    more leads than so many only the number (0: all by name)."""
    more = _clears(one, names, most)
    return sh.sentence(one.words) if not more else f"{' '.join(one.words.split()).rstrip('.')}{more}."


def _clears(one: Shown, names: dict[int, str], most: int) -> str:
    """Of a task, what of the six clears its words may not say: lead, cooperators, day, product."""
    terms = one.version.terms
    if one.version.conclusion_kind == ConclusionKind.PROPOSAL:
        to = names.get(one.version.addressee_unit_id or 0, "") or one.version.addressee
        return f" (gửi: {to})" if to else ""
    if one.version.conclusion_kind != ConclusionKind.TASK:
        return ""
    said = []
    if one.leads:
        many = bool(most) and len(one.leads) > most
        leads = f"{len(one.leads)} đơn vị nêu tại Phụ lục" if many else ", ".join(names[unit] for unit in one.leads)
        said.append(f"chủ trì: {leads}")
    if terms.get("cooperators"):
        said.append(f"phối hợp: {', '.join(names.get(unit, '……') for unit in terms['cooperators'])}")
    day = deadline_of(terms)
    if day or terms.get("deadline_text"):
        said.append(f"thời hạn: {write_day(day) or terms['deadline_text']}")
    if terms.get("product"):
        said.append(f"sản phẩm: {terms['product']}")
    return f" ({'; '.join(said)})" if said else ""


def _figures(sheet: sh.Sheet) -> list[tuple[Document, Cut, Count]]:
    state = sheet.state
    return [(one.document, cut, one.count) for cut in state.cuts.values() if (one := figure_of(state, cut))]


def _recorded(state: State) -> str:
    if state.recording is None:
        return "không, chủ trì không quyết định ghi"
    if state.ever_recorded and not state.recording:
        return "có, đến khi chủ trì quyết định dừng ghi"
    return "có, theo quyết định của chủ trì" if state.recording else "không, theo quyết định của chủ trì"


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None
