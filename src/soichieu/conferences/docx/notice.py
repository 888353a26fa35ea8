"""The draft of the notice of conclusions: decree 30/2020/NĐ-CP (annex III, form 1.4), or as a party body writes it.

Number, day, name and signature are left blank; it is registered when it comes back signed."""

from __future__ import annotations

from soichieu.conferences.docx import sheet as sh
from soichieu.conferences.docx.briefing import causes
from soichieu.conferences.docx.minutes import CONCLUDED, concluded_words
from soichieu.conferences.kinds import Mode
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.queries.briefing import became
from soichieu.conferences.queries.figures import Figure, figure_of
from soichieu.conferences.state import Cut, State
from soichieu.documents.papers import layout
from soichieu.findings.models import ConclusionKind, Kind, Step
from soichieu.findings.queries import findings_of
from soichieu.findings.queries.shown import Shown
from soichieu.findings.queries.told import names_in
from soichieu.findings.terms import deadline_of
from soichieu.web.dates import write_day

NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII")
HEADS = ("TT", "Nhiệm vụ", "Chủ trì; phối hợp", "Chịu trách nhiệm", "Thời hạn", "Sản phẩm; cấp quyết định")
WIDTHS = tuple(layout.Cm(width) for width in (1.0, 4.8, 3.2, 2.3, 2.2, 3.0))
WIDTHS_MANY = tuple(layout.Cm(width) for width in (1.0, 3.7, 5.4, 1.8, 2.2, 2.4))
"""Where a task has more leads than ``MOST_LEADS``: their names take the room, or one row fills two pages."""
MOST_LEADS = 6
"""Of more leads the text says how many, and the annex which."""
SAID = (Step.State.CONCLUDED, Step.State.IN_NOTICE, Step.State.OPENED)


def notice(sheet: sh.Sheet) -> bytes:
    """What the chair concluded and did not take back, in the order in which it was worded."""
    state = sheet.state
    chair = (state.chair or sheet.head_post).strip()
    document = sh.begin(sheet, "Thông báo", "TB", [f"Kết luận của {chair}", f"tại {_lower(state.title)}"])
    said = [one.shown for one in became(sheet.asker, sheet.conference, state) if one.state in SAID]
    names = names_in(said)
    _opening(document, sheet, chair)
    number = iter(NUMBERS)
    _assessed(document, sheet, number)
    for kind, title in CONCLUDED.items():
        some = [one for one in said if one.version.conclusion_kind == kind]
        if not some:
            continue
        layout.section(document, f"{next(number)}. {title}")
        for place, one in enumerate(some, start=1):
            layout.body(document, f"{place}. {concluded_words(one, names, most=MOST_LEADS)}")
    power, post = sh.power_lines(sheet)
    counts = [(one.document, cut.as_at, cut.known_at, one.count) for cut, one in _cuts(state)]
    if counts:
        sh.dates(document, sheet, counts)
    else:
        sh.dates(document, sheet, [], "Thông báo không dẫn số liệu thực hiện.")
    layout.body(
        document,
        sh.ended(
            sheet, f"Văn phòng thông báo ý kiến kết luận của {chair} để các cơ quan, đơn vị biết, tổ chức thực hiện"
        ),
    )
    layout.closing(document, _recipients(sheet), [power], post=post, party=sheet.party)
    tasks = [one for one in said if one.version.conclusion_kind == ConclusionKind.TASK]
    if tasks:
        _annex(document, sheet, tasks, names)
    return sh.finished(sheet, document, "Thông báo kết luận")


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _opening(document: layout.Document, sheet: sh.Sheet, chair: str) -> None:
    state = sheet.state
    sites = sh.sites_words(state) if state.sites or not state.sites_stated or state.mode == Mode.WRITING else ""
    where = "; ".join(part for part in (state.place, sites) if part)
    reviewed = "; ".join(sh.cited(one) for one in sheet.directives)
    seniors = f" Dự và chỉ đạo hội nghị có {'; '.join(state.seniors)}." if state.seniors else ""
    present = [site for site in state.sites.values() if site.present is not None]
    there = (
        f" Dự hội nghị có {sum(site.present or 0 for site in present)} đại biểu tại {len(present)} trên"
        f" {len(state.sites)} điểm cầu đã điểm danh."
        if present
        else ""
    )
    day = sh.day_words(state.held_on)
    layout.body(
        document,
        f"{day[:1].upper()}{day[1:]}, {chair} chủ trì {_lower(state.title)}"
        + (f" ({where})" if where else "")
        + f", kiểm điểm việc thực hiện {reviewed}.{seniors}{there}",
    )
    spoken = sum(bool(item.spans) and item.kind in ("statement", "discussion") for item in state.agenda)
    called = {item.statement for item in state.agenda if item.spans and item.statement}
    sent = sum(bool(one.registered_at) and key not in called for key, one in state.statements.items())
    heard = f"{spoken} ý kiến, tham luận trình bày" if spoken else "báo cáo"
    heard += f" và {sent} tham luận gửi bằng văn bản" if sent else ""
    layout.body(document, f"Sau khi nghe {heard}, {chair} kết luận như sau:")


def _assessed(document: layout.Document, sheet: sh.Sheet, number: object) -> None:
    """Results and shortcomings as they were raised; a figure only from a cut, with its dates at the end."""
    found = findings_of(sheet.asker, occasion=occasion_of(sheet.conference, sheet.state), withdrawn=False)[::-1]
    names = names_in(found)
    for kind, title in (
        (Kind.RESULT, "Kết quả đạt được"),
        (Kind.SHORTCOMING, "Tồn tại, hạn chế và nguyên nhân"),
    ):
        # What a unit says of itself stays the unit's: the notice tells no shortcoming of that kind.
        some = [one for one in found if one.kind == kind and not one.own]
        if some:
            layout.section(document, f"{next(number)}. {title}")  # type: ignore[call-overload]
            for one in some:
                about = "; ".join(names[unit] for unit in one.units if unit in names)
                said = f"{about}: {sh.sentence(one.words)}" if about else sh.sentence(one.words)
                layout.body(document, f"- {said}{causes(one.version.objective_cause, one.version.subjective_cause)}")


def _annex(document: layout.Document, sheet: sh.Sheet, tasks: list[Shown], names: dict[int, str]) -> None:
    """The tasks with the six clears of conclusion 226-KL/TW, one row each, on a page of their own."""
    heading = layout.say(document, "Phụ lục", bold=True, align=layout.ALIGN.CENTER)
    heading.paragraph_format.page_break_before = True
    layout.say(document, "NHIỆM VỤ GIAO TẠI HỘI NGHỊ", bold=True, align=layout.ALIGN.CENTER)
    symbol = f"…-TB/{sheet.symbol}" if sheet.party else f"…/TB-{sheet.symbol}"
    layout.say(
        document, f"(Kèm theo Thông báo số {symbol} ngày … tháng … năm {sheet.printed_at.year} của {sheet.unit})",
        italic=True, align=layout.ALIGN.CENTER, after=8,
    )  # fmt: skip
    rows = []
    for number, one in enumerate(tasks, start=1):
        terms = one.version.terms
        lead = ", ".join(names.get(unit, "……") for unit in one.leads) or "……"
        helped = ", ".join(names.get(unit, "……") for unit in terms.get("cooperators", ()))
        day = write_day(deadline_of(terms)) or terms.get("deadline_text", "") or "……"
        deciding = f"\nCấp quyết định: {terms['authority']}" if terms.get("authority") else ""
        rows.append(
            [
                str(number), terms.get("task") or one.words, lead + (f"\nPhối hợp: {helped}" if helped else ""),
                terms.get("responsibility") or "……", day, (terms.get("product") or "……") + deciding,
            ]
        )  # fmt: skip
    many = any(len(one.leads) > MOST_LEADS for one in tasks)
    layout.grid(document, HEADS, rows, WIDTHS_MANY if many else WIDTHS)


def _recipients(sheet: sh.Sheet) -> list[str]:
    above = [f"- {sheet.above} (để báo cáo);"] if sheet.above else []
    return [*above, "- Chủ trì hội nghị (để báo cáo);", "- Các điểm cầu, đơn vị dự hội nghị;", "- Lưu: VT, Hồ sơ."]


def _cuts(state: State) -> list[tuple[Cut, Figure]]:
    return [(cut, figure_of(state, cut)) for cut in state.cuts.values()]
