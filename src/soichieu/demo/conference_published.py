"""The conference of the source report, held on 14-11-2022: real units, published facts only.

What the report does not say is not filled in: how many sites there were, how many people, in what order and how long
anybody spoke, which results and which shortcomings were stated. That some were, and by whom for example, stands as a
note of those speeches (``stated``). General assessments are kept with their author and without a figure; the chair's
demands in the words in which they are cited. Times of day stand at noon of that day, the latest that "the morning"
allows.
"""

from __future__ import annotations

import datetime as dt

from soichieu.conferences import book
from soichieu.conferences.commands import concluding, planning
from soichieu.conferences.kinds import AgendaKind, ConferenceKind, EventKind
from soichieu.conferences.models import Conference
from soichieu.conferences.occasions import occasion_of
from soichieu.conferences.state import state_of
from soichieu.demo.life import at
from soichieu.demo.source_report import CONFERENCE_DAY, REPORT_DAY
from soichieu.documents.models import Document
from soichieu.findings.commands import raise_finding
from soichieu.findings.models import ConclusionKind, Finding, Kind
from soichieu.ledger import clock
from soichieu.organisation.askers import Asker
from soichieu.organisation.models import Unit

NOON = at(CONFERENCE_DAY, 12)
TITLE = (
    "Hội nghị đánh giá kết quả bước đầu triển khai thực hiện Nghị quyết số 12-NQ/TW ngày 16-3-2022 của Bộ Chính trị và"
    " Kế hoạch số 118-KH/ĐUCA ngày 25-5-2022 của Đảng ủy Công an Trung ương"
)
NOTE = (
    "Theo bài báo ngày 15-11-2022, ghi trong sổ văn bản. Nguồn nêu buổi sáng 14-11-2022, không nêu giờ; giờ trong sổ"
    " của hội nghị là giờ muộn nhất có thể."
)
CHAIR = "Bí thư Đảng ủy Công an Trung ương, Bộ trưởng Bộ Công an (Đại tướng Tô Lâm, Ủy viên Bộ Chính trị)"
MINISTER = "Bộ trưởng Bộ Công an"

ATTENDED = (
    "Các đồng chí trong Ban Thường vụ Đảng ủy Công an Trung ương",
    "Lãnh đạo Bộ Công an",
    "Lãnh đạo Công an các đơn vị, địa phương",
)
# key, who spoke; the source names them as examples.
SPOKE = (("to-chuc-can-bo", "Cục Tổ chức cán bộ"), ("ha-noi", "Công an thành phố Hà Nội"))
STATED = (
    "Làm rõ kết quả; chỉ ra tồn tại, hạn chế và nguyên nhân; trao đổi kinh nghiệm quán triệt, triển khai, xây dựng"
    " đề án, dự án thành phần, tham mưu với cấp ủy, chính quyền địa phương. Nguồn không nêu cụ thể là gì."
)
BY_ALL = "Đánh giá chung tại Hội nghị; nguồn không nêu người đánh giá"
ASSESSED = (
    "Cấp ủy, tổ chức đảng, cán bộ, đảng viên trong lực lượng cơ bản nắm vững quan điểm, mục tiêu, nhiệm vụ, giải pháp.",
    "Việc triển khai, cụ thể hóa Nghị quyết bài bản, có lộ trình, bước đi; tập trung xây dựng các đề án thành phần.",
    "Công tác tuyên truyền rộng khắp, phong phú, tạo đồng thuận trong các cấp, các ngành và dư luận.",
)
UNITS = "Công an các đơn vị, địa phương"
# kind, words, to whom
DEMANDED = (
    (
        ConclusionKind.RECORD,
        "Quán triệt, triển khai thực hiện nghiêm túc là trách nhiệm của hệ thống chính trị và lực lượng Công an nhân"
        " dân.",
        "Hệ thống chính trị và lực lượng Công an nhân dân",
    ),
    (
        ConclusionKind.STANDING,
        "Lấy Nghị quyết số 12, Kế hoạch số 118 là văn bản để “soi chiếu” toàn bộ chương trình, kế hoạch, nhiệm vụ công"
        " tác trọng tâm của đơn vị trong nhiệm kỳ và hàng năm.",
        "Cấp ủy, thủ trưởng Công an các đơn vị, địa phương",
    ),
    (
        ConclusionKind.STANDING,
        "Thực hiện nghiêm túc việc quán triệt, phổ biến, triển khai Nghị quyết số 12 và Kế hoạch số 118; đề cao trách"
        " nhiệm, phát huy vai trò người đứng đầu, tạo chuyển biến trong nhận thức và hành động.",
        UNITS,
    ),
    (
        ConclusionKind.STANDING,
        "Tăng cường, mở rộng hoạt động thông tin, tuyên truyền bằng nhiều hình thức, trong và ngoài lực lượng, góp phần"
        " tạo đồng thuận xã hội.",
        UNITS,
    ),
    (
        ConclusionKind.STANDING,
        "Tăng cường đào tạo, bồi dưỡng, tập huấn phù hợp thực tiễn công tác; trước mắt ưu tiên Công an cơ sở: xã,"
        " phường, thị trấn.",
        UNITS,
    ),
)


def load(operator: Asker) -> None:
    """Write the conference as the report of 15-11-2022 tells it, on the evening of that day."""
    with clock.injected(at(REPORT_DAY, 17, 30)):
        conference = _plan(operator)
        _sites(operator, conference)
        _course(operator, conference)
        _assessments(operator, conference)
        for kind, words, to in DEMANDED:
            _conclude(operator, conference, kind, words, to)


def _plan(operator: Asker) -> Conference:
    directives = Document.objects.filter(number__in=("12-NQ/TW", "118-KH/ĐUCA")).order_by("signed_on")
    return planning.plan(
        asker=operator,
        unit_id=Unit.objects.get(code="bo-cong-an").pk,
        facts={
            "title": TITLE,
            "kind": ConferenceKind.FIRST_RESULTS,
            "held_on": CONFERENCE_DAY,
            "place": "Trực tuyến, từ điểm cầu Bộ Công an đến điểm cầu Công an các đơn vị, địa phương",
            "chair": CHAIR,
            "directives": [document.pk for document in directives],
            "published_only": True,
            "sites_stated": False,
            "source_note": NOTE,
        },
    )


def _sites(operator: Asker, conference: Conference) -> None:
    """The two sites that the report names; of the others it says only that there were some."""
    for order, (key, code, name, chair) in enumerate(
        (
            ("bo", "bo-cong-an", "Điểm cầu Bộ Công an", ""),
            ("da-nang", "ca-48", "Điểm cầu Công an thành phố Đà Nẵng", "Phó Giám đốc Công an thành phố Đà Nẵng"),
        )
    ):
        said = {"key": key, "name": name, "unit": Unit.objects.get(code=code).pk, "order": order, "chair": chair}
        _write(operator, conference, EventKind.SITE, {**said, "parent": "bo" if order else ""})
    there = [{"key": f"nhom-{number}", "post": group} for number, group in enumerate(ATTENDED, start=1)]
    _write(operator, conference, EventKind.EXPECTED, {"site": "bo", "heads": None, "expected": there})
    for one in there:
        _write(operator, conference, EventKind.ANSWERED, {"site": "bo", "key": one["key"], "answer": "coming"})


def _course(operator: Asker, conference: Conference) -> None:
    """Two statements as examples, and the concluding speech. The report gives no lengths: 0 minutes means that."""
    items = [
        {
            "key": key, "kind": AgendaKind.STATEMENT, "title": f"Tham luận của {who}", "minutes": 0, "statement": key,
            "speaker": who,
        }
        for key, who in SPOKE
    ]  # fmt: skip
    items.append(
        {
            "key": "ket-luan", "kind": AgendaKind.CONCLUSION, "title": "Phát biểu kết luận Hội nghị", "minutes": 0,
            "site": "bo", "speaker": MINISTER,
        }
    )  # fmt: skip
    for key, who in SPOKE:
        said = {"key": key, "site": "", "subject": "", "minutes": 0, "author": who}
        _write(operator, conference, EventKind.STATEMENT, said)
    _write(operator, conference, EventKind.AGENDA, {"items": items})
    _write(operator, conference, EventKind.OPENED)
    for item in items:
        _write(operator, conference, EventKind.FLOOR_GIVEN, {"item": item["key"]})
        _write(operator, conference, EventKind.FLOOR_ENDED, {"item": item["key"]})
    raised = [Kind.RESULT, Kind.SHORTCOMING, Kind.LESSON]
    for key, _who in SPOKE:
        _write(operator, conference, EventKind.NOTED, {"item": key, "words": STATED, "stated": raised})
    _write(operator, conference, EventKind.CLOSED)


def _assessments(operator: Asker, conference: Conference) -> None:
    for words in ASSESSED:
        finding = raise_finding(
            asker=operator, holder_unit_id=conference.unit_id, kind=Kind.RESULT, words=words,
            occasion=occasion_of(conference, state_of(conference)), on=CONFERENCE_DAY, author=BY_ALL,
        )  # fmt: skip
        _write(operator, conference, EventKind.FINDING, {"finding": finding.key, "assessment": True})


def _conclude(operator: Asker, conference: Conference, kind: str, words: str, to: str) -> Finding:
    finding = concluding.draft(
        asker=operator, conference=conference, conclusion_kind=kind, text=words, item="ket-luan", addressee=to
    )
    version = finding.versions.get()
    concluding.conclude(asker=operator, conference=conference, finding=finding.key, version=version.pk)
    return finding


def _write(
    operator: Asker,
    conference: Conference,
    kind: str,
    said: dict[str, object] | None = None,
    happened: dt.datetime = NOON,
) -> None:
    """A line about that morning, written when the report was read."""
    book.write(operator, conference, kind, said, happened_at=happened)
