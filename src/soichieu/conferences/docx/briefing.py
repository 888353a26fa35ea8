"""The briefing book: each unit's state at the cut, what is open about it, what became of the last conclusions."""

from __future__ import annotations

from soichieu.conferences.docx import sheet as sh
from soichieu.conferences.queries.briefing import Book, Counted, Unit, book_of
from soichieu.documents.papers import layout
from soichieu.findings.models import Answer, ConclusionKind, Step
from soichieu.findings.queries.follow_up import Followed
from soichieu.findings.queries.returning import Returning
from soichieu.findings.queries.shown import Shown
from soichieu.findings.queries.told import Row
from soichieu.ledger.coverage import Count
from soichieu.organisation.names import name_of
from soichieu.web.dates import write_day, write_moment

MOST_LATE, MOST_LEADS = 12, 4
LIFECYCLE = {
    "not_started": "chưa bắt đầu",
    "in_progress": "đang thực hiện",
    "submitted": "đã trình",
    "awaiting_confirmation": "chờ xác nhận",
    "returned": "bị trả lại",
    "suspended": "tạm dừng",
}
TIMES = {1: "lần đầu", 2: "lần thứ hai", 3: "lần thứ ba", 4: "lần thứ tư", 5: "lần thứ năm"}


def briefing(sheet: sh.Sheet) -> bytes:
    """The book for the chair: nothing in it is new, each line is in a book already and says as at when."""
    book = book_of(sheet.asker, sheet.conference, sheet.state)
    document = sh.begin(sheet, "Tài liệu phục vụ chủ trì", "", [sheet.state.title])
    _whole(document, sheet, book)
    if book.before is not None:
        layout.section(document, f"II. Kết luận của {book.before.title} ({write_day(book.before.held_on)})")
        _last(document, sheet, book)
    layout.section(document, f"{'III' if book.before is not None else 'II'}. Từng đơn vị")
    for number, page in enumerate(book.units, start=1):
        _unit(document, sheet, number, page)
    counts = [(one.document, one.two.as_at, one.two.known_at, one.whole) for one in book.reviewed]
    sh.dates(document, sheet, counts)
    layout.closing(
        document, ["- Chủ trì, đồng chủ trì hội nghị;", "- Lưu: VT, Hồ sơ."], ["QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"],
        party=sheet.party,
    )  # fmt: skip
    return sh.finished(sheet, document, "Tài liệu phục vụ chủ trì")


def _whole(document: layout.Document, sheet: sh.Sheet, book: Book) -> None:
    layout.section(document, "I. Kết quả chung tại mốc số liệu")
    for one in book.reviewed:
        cut = f"mốc “{one.cut.label}”" if one.cut else "chưa chốt mốc số liệu"
        known = f", ghi nhận đến {write_moment(one.two.known_at)}" if one.two.known_at else ""
        layout.item(
            document, f" ({cut}): tính đến ngày {write_day(one.two.as_at)}{known}.", lead=sh.cited(one.document)
        )
        for label, count in one.ladders:
            layout.body(document, f"- {str(label).capitalize()}: {ladder_words(count)}.")
        if not one.ladders:
            layout.body(document, "- Chưa có nhiệm vụ nào được giao theo văn bản này.")
    open_ = sum(len(page.shortcomings) for page in book.units)
    again = sum(bool(_again(page)) for page in book.units)
    layout.body(
        document,
        f"Tồn tại, hạn chế còn mở: {open_} lượt đơn vị; trong đó {again} đơn vị có tồn tại lặp lại cùng một nguyên"
        f" nhân. Kiến nghị chưa được trả lời: {sum(len(page.proposals) for page in book.units)}. Tồn tại do đơn vị tự"
        " nêu không tính là khuyết điểm của đơn vị.",
    )


def _last(document: layout.Document, sheet: sh.Sheet, book: Book) -> None:
    """What became of each conclusion of the conference before."""
    if not book.last:
        layout.body(document, "Không có kết luận nào được ghi.")
        return
    tasks = [one for one in book.last if one.kind == ConclusionKind.TASK]
    done = sum(one.done for one in tasks)
    given = sum(one.given for one in tasks)
    left = sum(one.state == Step.State.LEFT_OUT for one in book.last)
    layout.body(
        document,
        f"Nhiệm vụ đã giao: {given}; hoàn thành {done} trên {given}. Thông báo kết luận không nêu: {left} kết luận.",
    )
    for number, one in enumerate(book.last, start=1):
        layout.item(document, f"{sh.sentence(one.shown.words)} {_became(one, sheet)}", lead=f"{number}. ")


def _became(one: Followed, sheet: sh.Sheet) -> str:
    """Done, not done, left out: the words of the ledger, with who leads it."""
    names = name_of(one.shown.leads, sheet.on)
    many = len(names) > MOST_LEADS
    who = f"{len(names)} đơn vị" if many else "; ".join(names[unit] for unit in one.shown.leads)
    leads = f" Chủ trì: {who}." if names else ""
    notice = f"Thông báo số {one.notice.number} ngày {write_day(one.notice.signed_on)}" if one.notice else ""
    last = one.shown.last_step
    if one.state == Step.State.LEFT_OUT:
        return f"THÔNG BÁO KẾT LUẬN KHÔNG NÊU ({notice}; lý do: {last.reason if last else ''})."
    if one.state == Step.State.WITHDRAWN:
        return f"Đã rút (lý do: {last.reason if last else ''})."
    if one.state == Step.State.CONCLUDED:
        return f"Dự kiến giao, chờ thông báo kết luận.{leads}"
    if one.kind == ConclusionKind.TASK:
        if one.count is None:
            return f"{notice}: chưa giao được, chưa rõ đơn vị chủ trì.{leads}"
        state = "ĐÃ HOÀN THÀNH" if one.done else "CHƯA HOÀN THÀNH"
        waiting = one.count.submitted + one.count.awaiting_confirmation
        late = f", chờ xác nhận hoặc phê duyệt {waiting}" if waiting else ""
        late += f", quá hạn {one.count.overdue}" if one.count.overdue else ""
        day = f"; hạn {write_day(one.deadline)}" if one.deadline else ""
        return f"{state}: {one.count.n} trên {one.count.of} đơn vị{late}{day} ({notice}).{leads}"
    if one.kind == ConclusionKind.PROPOSAL:
        return f"{notice}: {_answered(one.shown)}."
    if one.kind == ConclusionKind.STANDING:
        return f"{notice}: yêu cầu thường xuyên, theo dõi trong báo cáo."
    return f"{notice}: ghi nhận."


def _answered(one: Shown) -> str:
    answer = one.answer
    if answer is None:
        return f"chưa được trả lời từ ngày {write_day(one.on)}"
    words = {
        Answer.Choice.ACCEPTED: "được tiếp thu",
        Answer.Choice.REFUSED: "không được tiếp thu",
        Answer.Choice.CONSIDERING: f"đang được xem xét, mở từ ngày {write_day(one.on)}",
    }
    reason = f" (lý do: {answer.reason})" if answer.reason else ""
    return f"{words[Answer.Choice(answer.choice)]}{reason}"


def _unit(document: layout.Document, sheet: sh.Sheet, number: int, page: Unit) -> None:
    chairs = sh.chairs_of(page.site)
    layout.section(document, f"{number}. {page.site.name}", capitals=False)
    if chairs:
        layout.body(document, f"Chủ trì điểm cầu: {chairs}.")
    if not page.figures:
        layout.body(document, "- Không có nhiệm vụ nào do đơn vị thực hiện tại mốc số liệu.")
    for directive, counted, late in page.figures:
        layout.body(document, f"- {directive.number}: {_ladders(counted)}.")
        for one in late[:MOST_LATE]:
            state = LIFECYCLE.get(one.state, one.state)
            layout.body(
                document, f"+ Quá hạn {one.days} ngày ({write_day(one.deadline)}, {state}): {one.code} {one.title}"
            )
        if len(late) > MOST_LATE:
            layout.body(document, f"+ và {len(late) - MOST_LATE} nhiệm vụ quá hạn khác.")
    for followed in page.last:
        if followed.kind == ConclusionKind.TASK:
            layout.body(
                document, f"- Kết luận lần trước: {sh.sentence(followed.shown.words)} {_became(followed, sheet)}"
            )
    for row in sorted(page.shortcomings, key=lambda row: not row.same_cause):
        layout.body(document, f"- Tồn tại, hạn chế ({_raised(row)}): {sh.sentence(row.words)}{_causes(row)}")
    for pair in page.returning:
        layout.body(document, f"- {_returns(pair)}")
    for proposal in page.proposals:
        layout.body(
            document, f"- Kiến nghị chưa được trả lời từ ngày {write_day(proposal.on)}: {sh.sentence(proposal.words)}"
        )
    for statement in page.statements:
        registered = "đã gửi" if statement.registered_at else "chưa gửi"
        reserve = ", dự phòng" if statement.reserve else ""
        layout.body(document, f"- Tham luận: {statement.subject} ({registered}{reserve}).")


def _ladders(counted: Counted) -> str:
    return "; ".join(f"{label} {ladder_words(count, short=True)}" for label, count in counted)


def ladder_words(count: Count, *, short: bool = False) -> str:
    """n of N, what waits, what is late; missing is said."""
    if count.n is None:
        return f"chưa có dữ liệu công bố ({count.of} nhiệm vụ)"
    said = f"{count.n} trên {count.of}" if not short else f"{count.n}/{count.of}"
    if not short and count.n:
        said += (
            f" (đơn vị tự báo cáo {count.by_act_only}, đã xác nhận qua hồ sơ {count.accepted}, đã kiểm chứng"
            f" {count.verified})"
        )
    waiting = count.submitted + count.awaiting_confirmation
    said += f", chờ xác nhận hoặc phê duyệt {waiting}" if waiting else ""
    return said + (f", quá hạn {count.overdue}" if count.overdue else "")


def _again(page: Unit) -> bool:
    return bool(page.returning) or any(row.same_cause and not row.own for row in page.shortcomings)


def _raised(row: Row) -> str:
    """Which time it is, and whether the cause is the same word for word."""
    if row.own:
        return f"đơn vị tự nêu, {write_day(row.on)}"
    nth = TIMES.get(row.times, f"lần thứ {row.times}")
    same = ", CÙNG MỘT NGUYÊN NHÂN, TRÙNG TỪNG CHỮ" if row.same_cause else ""
    return f"được nêu {nth}{same}; gần nhất {write_day(row.on)} tại {row.occasion}"


def _causes(row: Row) -> str:
    return causes(row.objective_cause, row.subjective_cause)


def causes(objective: str, subjective: str) -> str:
    """Both kinds of causes, each only where it is named."""
    said = ""
    if objective:
        said += f" Nguyên nhân khách quan: {sh.sentence(objective)}"
    if subjective:
        said += f" Nguyên nhân chủ quan: {sh.sentence(subjective)}"
    return said


def _returns(pair: Returning) -> str:
    """A cause that comes back without anybody having said that the two are one."""
    kind = "chủ quan" if pair.cause == "subjective" else "khách quan"
    return (
        f"Trùng từng chữ nguyên nhân {kind} với tồn tại nêu ngày {write_day(pair.older.on)} tại"
        f" {pair.older.raising.occasion_label}: {sh.sentence(pair.words)} (máy đối chiếu, chưa có người"
        " kết luận là một)"
    )
