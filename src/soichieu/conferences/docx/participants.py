"""The list of participants: by site and post, with answers and substitutes. A name only where the work gave one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from soichieu.conferences.docx import sheet as sh
from soichieu.conferences.kinds import Answer
from soichieu.conferences.state import Expected, Site
from soichieu.documents.papers import layout
from soichieu.web.dates import write_day, write_moment

ANSWERS = {
    Answer.COMING: "dự",
    Answer.EXCUSED: "vắng có lý do",
    Answer.SUBSTITUTE: "cử người dự thay",
}
WAITING = "chưa trả lời"
HEADS = ("TT", "Điểm cầu; chức vụ, chức danh", "Trả lời", "Người dự thay; lý do")
WIDTHS = (layout.Cm(1.3), layout.Cm(8.0), layout.Cm(2.9), layout.Cm(4.3))


def participants(sheet: sh.Sheet) -> bytes:
    """The list by the order of introduction, the answers as they stand in the book."""
    state = sheet.state
    sites = state.ordered_sites
    document = sh.begin(sheet, "Danh sách đại biểu", "", [f"dự {state.title}", f"({sh.day_words(state.held_on)})"])
    answers = Counter(one.answer or "" for site in sites for one in site.expected.values())
    invited = sum(answers.values())
    said = "; ".join(f"{word} {answers[code]}" for code, word in ANSWERS.items())
    layout.item(
        document,
        f"{sh.sites_words(state)}. Mời theo chức danh: {invited}; {said}; {WAITING} {answers['']}.",
        lead="Tổng hợp: ",
    )
    heads = [site for site in sites if site.expected_heads is not None]
    if heads:
        layout.item(
            document,
            f"dự kiến {sum(site.expected_heads or 0 for site in heads)} đại biểu tại {len(heads)} trên {len(sites)}"
            " điểm cầu đã báo số; điểm cầu chưa báo không tính là không có.",
            lead="Số lượng: ",
        )
    if state.invited_on:
        layout.item(document, f"ngày {write_day(state.invited_on)}.", lead="Giấy mời gửi: ")
    layout.say(document, "", size=layout.RECIPIENTS)
    layout.grid(document, HEADS, _rows(sites), WIDTHS)
    sh.dates(
        document, sheet, [],
        f"Trả lời do điểm cầu tự báo, chưa đối chiếu với điểm danh; số liệu đến {write_moment(sheet.printed_at)}.",
    )  # fmt: skip
    layout.closing(
        document, ["- Chủ trì hội nghị (để báo cáo);", "- Các điểm cầu;", "- Lưu: VT, Hồ sơ."],
        ["QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"], party=sheet.party,
    )  # fmt: skip
    return sh.finished(sheet, document, "Danh sách đại biểu")


def _rows(sites: list[Site]) -> Iterator[list[str]]:
    for number, site in enumerate(sites, start=1):
        chairs = sh.chairs_of(site)
        count = "" if site.expected_heads is None else f"{site.expected_heads} đại biểu"
        yield [str(number), f"{site.name.upper()}" + (f"\nChủ trì: {chairs}" if chairs else ""), count, ""]
        for place, one in enumerate(site.expected.values(), start=1):
            name = f": {one.name}" if one.name else ""
            yield [f"{number}.{place}", f"{one.post}{name}", _answer(one), _more(one)]


def _answer(one: Expected) -> str:
    return ANSWERS[Answer(one.answer)] if one.answer in Answer.values else WAITING


def _more(one: Expected) -> str:
    return "; ".join(part for part in (one.substitute, one.reason) if part)
