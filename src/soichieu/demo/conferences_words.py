"""What is concluded at the two conferences of the fictitious ministry, and when and how they are held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from soichieu.demo.deadlines import last_day

OFFICES = "ty"
"""Stands for every regional office there is on the day of the conference."""

Line = tuple[str, int, int]
"""A line of the agenda: its kind, minutes planned, minutes taken. ``statement``: how many of them follow, in order."""


@dataclass(frozen=True)
class Concluded:
    """A conclusion. ``citation``: the sentence of the plan on which it rests; ``left_out``: why the signed notice does
    not have it; ``drafted``: it was worded before the conference."""

    key: str
    kind: str
    words: str
    leads: tuple[str, ...] = ()
    product: str = ""
    responsibility: str = ""
    authority: str = ""
    to: str = ""
    about: tuple[str, ...] = ()
    report: str = ""
    citation: str = ""
    left_out: str = ""
    drafted: bool = False

    @property
    def deadline(self) -> dt.date | None:
        """The last day that the words of a task leave."""
        return last_day(self.words) if self.kind == "task" else None


@dataclass(frozen=True)
class Course:
    """A conference from its plan to its notice. ``floor``: the site that asks for the floor, and about what;
    ``declined``: one that asks and is told why not."""

    number: int
    title: str
    planned: dt.date
    held: dt.date
    cut: dt.date
    agenda: tuple[Line, ...]
    concluded: tuple[Concluded, ...]
    notice: tuple[str, dt.date, dt.date]  # its number, the day it was signed, the day it was registered
    floor: tuple[str, str]
    declined: tuple[str, str, str] = ("", "", "")
    seniors: tuple[str, ...] = ()
    recorded: bool = False
    report: str = ""
    corrections: tuple[tuple[str, str, str, bool], ...] = ()  # unit, asked, answered, mended
    own_reviews: tuple[tuple[str, str], ...] = ()  # unit, number of the document
    remedied: tuple[tuple[str, dt.date, str], ...] = ()  # shortcoming, day, by what it is seen
    answers: dict[str, tuple[dt.date, str, str]] = field(default_factory=dict)  # proposal: day, choice, reason


DAY = dt.date
BHD = "bo-hai-dang"

FIRST = Course(
    number=1,
    title="Hội nghị sơ kết đợt một thực hiện Kế hoạch số 15/KH-BHĐ",
    planned=DAY(2025, 10, 13),
    held=DAY(2025, 11, 14),
    cut=DAY(2025, 11, 12),
    agenda=(
        ("opening", 10, 9), ("central_report", 25, 27), ("statement", 6, 0), ("break", 15, 18), ("statement", 5, 0),
        ("discussion", 15, 12), ("conclusion", 20, 24), ("closing", 5, 4),
    ),
    concluded=(
        Concluded(
            "nguon-sang", "task",
            "Các ty hải đăng thay xong nguồn sáng quá hạn tại mọi trạm đèn xa bờ, xong trước ngày 28-2-2026.",
            (OFFICES,), "Biên bản thay nguồn sáng", "Trưởng ty", "Bộ trưởng xác nhận",
            report="Báo cáo quý I năm 2026", citation="III.2.-2.s1", drafted=True,
        ),
        Concluded(
            "khong-mang", "task",
            "Cục Công nghệ xây dựng phương án nhật ký điện tử cho trạm không có mạng, trình Bộ trưởng phê duyệt trước"
            " ngày 31-1-2026.",
            ("cuc-cong-nghe",), "Phương án nhật ký điện tử cho trạm không có mạng",
            "Cục trưởng Cục Công nghệ", "Bộ trưởng phê duyệt", citation="III.3.-1.s1",
        ),
        Concluded(
            "mau-chung", "task",
            "Vụ Kế hoạch - Thống kê xây dựng mẫu báo cáo chung cho các ty sau sắp xếp, trình Bộ trưởng ban hành trước"
            " ngày 15-1-2026.",
            ("vu-ke-hoach-thong-ke",), "Quyết định ban hành mẫu báo cáo chung",
            "Vụ trưởng Vụ Kế hoạch - Thống kê", "Bộ trưởng ban hành",
        ),
        Concluded(
            "tap-huan", "task",
            "Vụ Tổ chức cán bộ tổ chức tập huấn người giữ đèn ngay tại trạm, theo chuyến tàu tiếp tế, xong trước ngày"
            " 31-3-2026.",
            ("vu-to-chuc",), "Báo cáo kết quả tập huấn", "Vụ trưởng Vụ Tổ chức cán bộ",
            "Bộ trưởng xác nhận", report="Báo cáo quý I năm 2026", citation="III.4.-1.s1",
        ),
        Concluded(
            "khao-sat", "task",
            "Văn phòng Bộ tổ chức đoàn khảo sát các trạm xa bờ, báo cáo Bộ trưởng trước ngày 30-4-2026.",
            ("vp-bo-hai-dang",), "Báo cáo khảo sát", "Chánh Văn phòng Bộ", "Bộ trưởng xem xét",
            left_out="Gộp vào kế hoạch kiểm tra năm 2026 của Thanh tra Bộ",
        ),
        Concluded(
            "doc-so-lieu", "standing",
            "Trưởng ty đọc số liệu đèn sáng đúng giờ của từng trạm trước khi ký báo cáo.",
            to="Các ty hải đăng", report="Báo cáo tháng của ty", drafted=True,
        ),
        Concluded(
            "soi-chieu", "standing",
            "Người đứng đầu đơn vị lấy Kế hoạch số 15/KH-BHĐ để soi chiếu mọi chương trình, kế hoạch của đơn vị, trong"
            " nhiệm kỳ và hằng năm.",
            to="Các đơn vị thuộc Bộ", report="Báo cáo sơ kết", citation="III.1.-5.s1",
        ),
        Concluded(
            "cap-cang", "proposal",
            "Đề nghị cho tàu tiếp tế của ngành đèn biển cập cảng ngoài giờ khi thời tiết thuận.",
            to="Cơ quan quản lý cảng biển khu vực (hư cấu)",
        ),
        Concluded(
            "ghi-nhan", "record",
            "Ghi nhận Ty Hải đăng Bạch Phong đã soi chiếu đủ sáu chương trình, kế hoạch đang thực hiện.",
            about=("ty-02",),
        ),
    ),
    notice=("61/TB-BHĐ", DAY(2025, 11, 20), DAY(2025, 11, 21)),
    floor=("ty-moi-08", "Ca trực đêm một người"),
    own_reviews=(("ty-02", "31/BC-THĐ"),),
    remedied=(("mau-bao-cao", DAY(2026, 3, 2), "Ty báo cáo tháng hai theo mẫu chung; số liệu đã cộng được."),),
    report="Báo cáo trung tâm: mười tháng thực hiện Kế hoạch số 15/KH-BHĐ",
    answers={
        "ban-khong-mang": (DAY(2025, 12, 5), "accepted", "Đưa vào phương án cho trạm không có mạng."),
        "them-tau": (DAY(2026, 1, 12), "refused", "Chưa có trong kế hoạch đầu tư; dùng chung tàu của vùng Thiên Hạc."),
        "tuyen-nguoi": (DAY(2026, 1, 20), "considering", "Chờ chỉ tiêu tuyển dụng của năm."),
        "cap-cang": (DAY(2026, 2, 9), "accepted", "Cơ quan quản lý cảng đồng ý, báo trước sáu giờ."),
    },
)  # fmt: skip

SECOND = Course(
    number=2,
    title="Hội nghị sơ kết đợt hai thực hiện Kế hoạch số 15/KH-BHĐ",
    planned=DAY(2026, 4, 6),
    held=DAY(2026, 5, 15),
    cut=DAY(2026, 5, 13),
    agenda=(
        ("opening", 10, 8), ("central_report", 20, 21), ("statement", 6, 0), ("break", 15, 16), ("statement", 5, 0),
        ("awards", 10, 9), ("discussion", 15, 14), ("directing_speech", 15, 17), ("reply", 5, 4),
        ("conclusion", 20, 19), ("closing", 5, 3),
    ),
    concluded=(
        Concluded(
            "con-lai", "task",
            "Ty Hải đăng vùng Thiên Yến thay xong nguồn sáng quá hạn còn lại, báo cáo kèm biên bản, xong trước ngày"
            " 30-6-2026.",
            ("ty-moi-19",), "Biên bản thay nguồn sáng", "Trưởng ty", "Bộ trưởng xác nhận",
            citation="III.2.-2.s1", drafted=True,
        ),
        Concluded(
            "doi-chieu", "task",
            "Cục An toàn đèn biển ban hành hướng dẫn đối chiếu sổ trực với nhật ký điện tử trước ngày 15-7-2026.",
            ("cuc-an-toan",), "Hướng dẫn đối chiếu sổ trực với nhật ký điện tử",
            "Cục trưởng Cục An toàn đèn biển", "Cục trưởng ban hành",
        ),
        Concluded(
            "vat-tu", "task",
            "Các ty hải đăng lập danh mục vật tư dự phòng tại trạm, gửi về Bộ trước ngày 30-9-2026.",
            (OFFICES,), "Danh mục vật tư dự phòng", "Trưởng ty", "Bộ trưởng xác nhận",
            report="Báo cáo quý III năm 2026",
        ),
        Concluded(
            "don-vi-tinh", "task",
            "Vụ Kế hoạch - Thống kê thống nhất đơn vị tính của vật tư trong mẫu báo cáo chung trước ngày 31-7-2026.",
            ("vu-ke-hoach-thong-ke",), "Mẫu báo cáo đã sửa", "Vụ trưởng Vụ Kế hoạch - Thống kê",
            "Bộ trưởng ban hành", left_out="Đã có trong kế hoạch công tác năm của Vụ",
        ),
        Concluded(
            "chu-ky", "standing",
            "Trưởng trạm dùng số liệu của nhật ký điện tử để đối chiếu giờ bật, tắt đèn, mỗi tuần một lần.",
            to="Các trạm đèn", report="Báo cáo tháng của ty",
        ),
        Concluded(
            "bai-thu", "proposal", "Đề nghị cho mượn bãi thử tín hiệu trong sương mù, mỗi năm hai đợt.",
            to="Cơ quan bảo đảm an toàn hàng hải khu vực (hư cấu)",
        ),
        Concluded(
            "ghi-nhan-tap-huan", "record", "Ghi nhận hai mươi ba trạm đã được tập huấn tại chỗ.",
            about=("vu-to-chuc",),
        ),
    ),
    notice=("29/TB-BHĐ", DAY(2026, 5, 21), DAY(2026, 5, 22)),
    floor=("ty-moi-06", "Chi phí vận chuyển vật tư ra đảo"),
    declined=("ty-moi-03", "Chế độ cho người giữ đèn xa bờ", "Hết giờ; đề nghị gửi bằng văn bản trong ngày."),
    seniors=("Trưởng Ban Chỉ đạo cấp trên (hư cấu)",),
    recorded=True,
    report="Báo cáo trung tâm: mười sáu tháng thực hiện Kế hoạch số 15/KH-BHĐ",
    corrections=(
        ("ty-11", "Biên bản lắp cảnh báo mất điện của ty gửi ngày 8-5-2026 chưa có trong số liệu.",
         "Văn bản đến sau giờ chốt; sẽ ghi trong kỳ sau, số liệu khi chốt giữ nguyên.", False),
    ),
    answers={
        "bai-thu": (DAY(2026, 8, 3), "considering", "Đang chờ lịch sử dụng bãi thử."),
        "du-phong": (DAY(2026, 6, 16), "accepted", "Cho giữ hai bộ, kiểm kê sáu tháng một lần."),
    },
)  # fmt: skip

THIRD_TITLE = "Hội nghị sơ kết theo chuyên đề: nhật ký điện tử và đèn sáng đúng giờ"
THIRD_HELD, THIRD_PLANNED = DAY(2026, 12, 15), DAY(2026, 11, 2)
# unit, subject, minutes, text registered, review
THIRD_STATEMENTS = (
    (
        "ty-01",
        "Nhật ký điện tử trong một đêm trực",
        7,
        "Ca trực ghi ba lần mỗi đêm: khi bật, lúc giao ca, khi tắt.",
        "accepted",
    ),
    (
        "cuc-cong-nghe",
        "Số liệu về ty và về Bộ: đường đi và độ trễ",
        10,
        "Số liệu của trạm có mạng về trong một giờ, của trạm không mạng trong mười hai ngày.",
        "accepted",
    ),
    (
        "cuc-an-toan",
        "Đèn sáng đúng giờ: số liệu tự ghi và số liệu kiểm tra",
        10,
        "Kiểm tra thực tế ba mươi trạm, chọn ngẫu nhiên.",
        "returned",
    ),
    ("ty-05", "Khi mất điện: ghi gì, ai ghi", 6, "Trưởng ca ghi giấy, nhập lại trong ngày hôm sau.", ""),
    ("ty-moi-01", "Một mẫu báo cáo, hai ty cũ", 7, "Các mục đã cộng được, trừ vật tư.", ""),
    ("ty-moi-19", "Sau khi thay hết nguồn sáng quá hạn", 7, "", ""),
    ("vu-to-chuc", "Người giữ đèn trẻ với nhật ký điện tử", 7, "", ""),
    ("ty-08", "Bảo dưỡng máy tính ở trạm ẩm và mặn", 6, "", ""),
)
RETURNED = "Ghi rõ cách chọn mẫu và số trạm không xác nhận được."
